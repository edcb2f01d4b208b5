package io.aftercall.rpc;

import io.aftercall.api.v1.CustomerFollowUp;
import io.aftercall.api.v1.CustomerWrapUp;
import io.aftercall.api.v1.ExportCustomerResponse;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.CustomerArchive;
import io.aftercall.engine.FollowUpArchive;
import io.aftercall.engine.FollowUpArchive.Place;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpArchive;
import io.aftercall.engine.WrapUpRecord;
import io.aftercall.followup.FollowUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is known of a customer, part by part: first what was written, then what was promised. */
final class CustomerExport implements Supplier<CompletionStage<Optional<ExportCustomerResponse>>> {

    private static final int PART = 20;
    private static final int MOST_REVISIONS = 1_000;

    private final CustomerArchive customers;
    private final WrapUpArchive wrapUps;
    private final FollowUpArchive followUps;
    private final TenantId tenant;
    private final String customerId;
    private Optional<AcwKey> lastWrapUp = Optional.empty();
    private Optional<Place> lastFollowUp = Optional.empty();
    private boolean written;
    private boolean done;

    CustomerExport(
            CustomerArchive customers,
            WrapUpArchive wrapUps,
            FollowUpArchive followUps,
            TenantId tenant,
            String customerId) {
        this.customers = customers;
        this.wrapUps = wrapUps;
        this.followUps = followUps;
        this.tenant = tenant;
        this.customerId = customerId;
    }

    @Override
    public CompletionStage<Optional<ExportCustomerResponse>> get() {
        if (done) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return written ? someFollowUps() : someWrapUps();
    }

    private CompletionStage<Optional<ExportCustomerResponse>> someWrapUps() {
        return customers.wrapUps(tenant, customerId, lastWrapUp, PART).thenCompose(found -> {
            if (found.isEmpty()) {
                written = true;
                return get();
            }
            lastWrapUp = Optional.of(found.get(found.size() - 1).key());
            return each(found, this::whole)
                    .thenApply(whole -> Optional.of(ExportCustomerResponse.newBuilder()
                            .addAllWrapUps(whole)
                            .build()));
        });
    }

    private CompletionStage<CustomerWrapUp> whole(WrapUpRecord record) {
        return wrapUps.replaced(tenant, record.key(), MOST_REVISIONS).thenApply(replaced -> CustomerWrapUp.newBuilder()
                .setRecord(WrapUpRecordProto.write(record))
                .addAllRevisions(
                        replaced.stream().map(WrapUpRecordProto::revision).toList())
                .build());
    }

    private CompletionStage<Optional<ExportCustomerResponse>> someFollowUps() {
        return customers.followUps(tenant, customerId, lastFollowUp, PART).thenCompose(found -> {
            if (found.isEmpty()) {
                done = true;
                return get();
            }
            FollowUp last = found.get(found.size() - 1);
            lastFollowUp = Optional.of(new Place(last.details().dueTime(), last.id()));
            return each(found, this::whole)
                    .thenApply(whole -> Optional.of(ExportCustomerResponse.newBuilder()
                            .addAllFollowUps(whole)
                            .build()));
        });
    }

    private CompletionStage<CustomerFollowUp> whole(FollowUp followUp) {
        return followUps
                .replaced(tenant, followUp.id(), MOST_REVISIONS)
                .thenApply(replaced -> CustomerFollowUp.newBuilder()
                        .setFollowUp(FollowUpProto.write(followUp))
                        .addAllRevisions(
                                replaced.stream().map(FollowUpProto::write).toList())
                        .build());
    }

    /** One after the other. */
    private static <T, R> CompletionStage<List<R>> each(List<T> all, Function<T, CompletionStage<R>> work) {
        CompletionStage<List<R>> results = CompletableFuture.completedFuture(new ArrayList<>());
        for (T one : all) {
            results = results.thenCompose(before -> work.apply(one).thenApply(result -> {
                before.add(result);
                return before;
            }));
        }
        return results;
    }
}
