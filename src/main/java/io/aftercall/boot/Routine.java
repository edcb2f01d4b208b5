package io.aftercall.boot;

import io.aftercall.engine.AgentStore;
import io.aftercall.engine.AuditTrail;
import io.aftercall.engine.CustomerArchive;
import io.aftercall.engine.Replicas;
import io.aftercall.engine.StoreUnavailable;
import io.aftercall.rpc.AgentStateStreams;
import io.aftercall.rpc.GrpcHealth;
import io.aftercall.telemetry.SweepMeter;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** What the server does over and over without being asked. */
@Singleton
public class Routine {

    private static final Logger LOG = Logger.getLogger(Routine.class);

    /** What stopping may take, drain window and all, once HTTP has stopped. */
    public static final Duration DRAIN = Duration.ofSeconds(5);

    /** What routers say of a queue holds so long. */
    private static final Duration REPORTS_HOLD = Duration.ofMinutes(1);

    private static final Duration REPLIES_KEPT = Duration.ofHours(24);

    private final Tenancy tenancy;
    private final DatabaseCheck database;
    private final AgentStore agents;
    private final AuditTrail audit;
    private final CustomerArchive customers;
    private final Replicas replicas;
    private final AgentStateStreams streams;
    private final GrpcHealth health;
    private final SweepMeter sweeps;
    private final Vertx vertx;
    private final AftercallConfig config;
    private long pollTimer;
    private boolean away;

    Routine(
            Tenancy tenancy,
            DatabaseCheck database,
            AgentStore agents,
            AuditTrail audit,
            CustomerArchive customers,
            Replicas replicas,
            AgentStateStreams streams,
            GrpcHealth health,
            SweepMeter sweeps,
            Vertx vertx,
            AftercallConfig config) {
        this.tenancy = tenancy;
        this.database = database;
        this.agents = agents;
        this.audit = audit;
        this.customers = customers;
        this.replicas = replicas;
        this.streams = streams;
        this.health = health;
        this.sweeps = sweeps;
        this.vertx = vertx;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        // A database that is away is asked again in a second.
        tenancy.book().refresh().thenRun(this::poll);
        if (config.feed().hints()) {
            tenancy.listen();
        }
        pollTimer = vertx.setPeriodic(1, config.feed().pollInterval().toMillis(), timer -> poll());
    }

    /** In order: nobody is sent here any more, what was taken on is finished, and streams go elsewhere. */
    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(pollTimer);
        health.serving(false);
        streams.refuse();
        try {
            finishCommands()
                    .thenCompose(finished -> {
                        leave();
                        return streams.sendAway();
                    })
                    .thenCompose(gone -> refusing(config.shutdown().linger()))
                    .toCompletableFuture()
                    .get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Some streams were cut before their subscribers were told; they resume by token", e);
        }
    }

    /** Gives up in time for the streams to be sent away: a database that is away must not take that from them. */
    private CompletionStage<Void> finishCommands() {
        Duration patience =
                DRAIN.minus(streams.drain().length()).minus(config.shutdown().linger());
        return tenancy.close()
                .toCompletableFuture()
                .copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    LOG.warn(
                            "Some commands were not finished before the server stopped; their callers were not told OK",
                            failure);
                    return null;
                });
    }

    /** Nobody waits for it: the others would find out within seconds. */
    private void leave() {
        replicas.leave().whenComplete((left, failure) -> {
            if (failure != null) {
                LOG.debugf(failure, "The other replicas were not told that this one stops");
            }
        });
    }

    /** Calls that are on their way are still told UNAVAILABLE, instead of meeting a closed connection. */
    private static CompletionStage<Void> refusing(Duration linger) {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(linger.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void poll() {
        health.serving(database.passed() && tenancy.current());
        tenancy.poll(this::polled);
    }

    /**
     * @param failure why the database did not answer; null if it did
     */
    private synchronized void polled(Throwable failure) {
        health.serving(database.passed() && tenancy.current());
        if (failure != null && !away) {
            LOG.warnf(
                    "The database does not answer: calls are refused with UNAVAILABLE until it does. Check that it"
                            + " runs and can be reached. (%s)",
                    rootOf(failure).getMessage());
        } else if (failure == null && away) {
            LOG.info("The database answers again");
        }
        away = failure != null;
    }

    /** Other replicas and operators change them too. */
    @Scheduled(identity = "tenants", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refreshTenants() {
        return Uni.createFrom()
                .completionStage(() -> tenancy.book().refresh().thenCompose(read -> tenancy.finishDeletions()))
                // A database that is away is reported once, by the poll; before the first time, here.
                .onFailure()
                .invoke(failure -> {
                    if (!tenancy.book().read()) {
                        polled(failure);
                    }
                })
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(
            identity = "overdue-sweep",
            every = "${aftercall.expiry.sweep-interval:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return Uni.createFrom()
                .completionStage(() -> sweeps.measure(tenancy.sweep()::run))
                .invoke(found -> {
                    if (found > 0) {
                        LOG.infof("The sweep found %d agents overdue that no timer had seen to", found);
                    }
                })
                // A database that is away is reported once, by the poll.
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "The sweep failed"))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    @Scheduled(identity = "replica-beat", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> beat() {
        return Uni.createFrom()
                .completionStage(replicas::beat)
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "The other replicas are not known for now"))
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(identity = "silent-queues", every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> releaseSilentQueues() {
        return Uni.createFrom()
                .completionStage(() -> tenancy.releaseQueues(REPORTS_HOLD))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "Queues stay under pressure for now"))
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(
            identity = "forecast",
            every = "${aftercall.forecast.interval:1m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refreshForecast() {
        return Uni.createFrom()
                .completionStage(tenancy::refreshForecasts)
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "The forecast stays as it is for now"))
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(identity = "forget-replies", every = "10m", delayed = "1m")
    Uni<Void> forgetReplies() {
        return Uni.createFrom()
                .completionStage(() -> agents.forgetReplies(REPLIES_KEPT))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "Old replies are kept for now"))
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(
            identity = "forget-wrap-ups",
            every = "${aftercall.retention.interval:10m}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetWrapUps() {
        return Uni.createFrom()
                .completionStage(() ->
                        tenancy.forgetWrapUps(customers, config.retention().wrapUps()))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "What is to be forgotten is kept for now"))
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(
            identity = "forget-audit",
            every = "1h",
            delayed = "5m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetAudit() {
        return Uni.createFrom()
                .completionStage(() -> audit.forget(config.retention().audit()))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "Old entries of the audit trail are kept for now"))
                .onFailure()
                .recoverWithNull();
    }

    /** Also right at the start: after a long time off, there is no partition for today. */
    @Scheduled(identity = "keep-change-log", every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> keepChangeLog() {
        return Uni.createFrom()
                .completionStage(() -> agents.forgetChanges(config.retention().changeLog()))
                .onFailure(failure -> !(failure instanceof StoreUnavailable))
                .invoke(failure -> LOG.warnf(
                        "The log of changes keeps its old days and gets no new ones for now; that is tried again in ten"
                                + " minutes, and nothing is lost meanwhile. (%s)",
                        rootOf(failure).getMessage()))
                // A database that is away is reported once, by the poll.
                .onFailure()
                .recoverWithNull();
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }
}
