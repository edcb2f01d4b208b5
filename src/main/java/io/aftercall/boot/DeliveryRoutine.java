package io.aftercall.boot;

import io.aftercall.engine.DeliveryLog;
import io.aftercall.handoff.HandOff;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Has what has happened delivered, over and over. */
@Singleton
public class DeliveryRoutine {

    private static final Logger LOG = Logger.getLogger(DeliveryRoutine.class);
    private static final int FORGOTTEN_AT_ONCE = 5_000;

    /** As long as a receiver may take for its answer, and still in time for whoever kills what does not stop in 30 s. */
    private static final Duration FINISHING = Duration.ofSeconds(15);

    private final HandOff handOff;
    private final DeliveryLog log;
    private final Vertx vertx;
    private final AftercallConfig config;
    private final AtomicBoolean looking = new AtomicBoolean();
    private long timer;
    private CompletableFuture<Void> finished;

    DeliveryRoutine(HandOff handOff, DeliveryLog log, Vertx vertx, AftercallConfig config) {
        this.handOff = handOff;
        this.log = log;
        this.vertx = vertx;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(config.delivery().pollInterval().toMillis(), tick -> look());
    }

    /** Before anything else ends: others deliver what happens from now on. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        finished = handOff.stop().toCompletableFuture().copy().orTimeout(FINISHING.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** After everything else that takes its time: what is under way goes on meanwhile. */
    void finish(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) {
        try {
            finished.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.warn("Of some deliveries it was not known yet what came of them when the server stopped: they are"
                    + " attempted again by another, and e-mails are parked");
        }
        vertx.cancelTimer(timer);
    }

    private void look() {
        if (looking.compareAndSet(false, true)) {
            handOff.look().whenComplete((looked, failure) -> {
                looking.set(false);
                if (failure != null) {
                    // A database that is away is reported once, by the poll of the feed.
                    LOG.debugf(failure, "What is due to be delivered is not known for now");
                }
            });
        }
    }

    private CompletionStage<Void> forgetAll() {
        return log.forget(config.retention().deliveries(), config.retention().parkedDeliveries(), FORGOTTEN_AT_ONCE)
                .thenCompose(more -> more ? forgetAll() : CompletableFuture.completedFuture(null));
    }

    @Scheduled(
            identity = "forget-deliveries",
            every = "10m",
            delayed = "2m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return Uni.createFrom()
                .completionStage(this::forgetAll)
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "Old deliveries are kept for now"))
                .onFailure()
                .recoverWithNull();
    }
}
