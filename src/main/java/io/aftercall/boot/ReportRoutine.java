package io.aftercall.boot;

import io.aftercall.engine.ReportStore;
import io.aftercall.engine.StoreUnavailable;
import io.aftercall.engine.TenantId;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Adds up what transactions leave for reports, behind them. */
@Singleton
public class ReportRoutine {

    private static final Logger LOG = Logger.getLogger(ReportRoutine.class);
    private static final int AT_ONCE = 2_000;

    private final ReportStore reports;

    ReportRoutine(ReportStore reports) {
        this.reports = reports;
    }

    @Scheduled(identity = "add-up-reports", every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> addUp() {
        return Uni.createFrom()
                .completionStage(() -> reports.waiting().thenCompose(tenants -> each(tenants.iterator())))
                // A database that is away is reported once, by the poll of the feed.
                .onFailure(failure -> !(failure instanceof StoreUnavailable))
                .invoke(failure -> LOG.warnf(
                        "The figures of reports are not added up; that is tried again in two seconds, and reports count"
                                + " what waits. (%s)",
                        failure))
                .onFailure()
                .recoverWithNull();
    }

    private CompletionStage<Void> each(Iterator<TenantId> tenants) {
        if (!tenants.hasNext()) {
            return CompletableFuture.completedFuture(null);
        }
        return addUp(tenants.next()).handle((done, failure) -> failure).thenCompose(failure -> each(tenants)
                .thenCompose(done -> failure == null
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.failedFuture(failure)));
    }

    private CompletionStage<Void> addUp(TenantId tenant) {
        return reports.addUp(tenant, AT_ONCE)
                .thenCompose(more -> more ? addUp(tenant) : CompletableFuture.completedFuture(null));
    }
}
