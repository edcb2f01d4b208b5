package io.aftercall.boot;

import io.aftercall.engine.AcwHistory;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.ChangeHints;
import io.aftercall.engine.CommandLane;
import io.aftercall.engine.CommitListener;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.ForecastKeeper;
import io.aftercall.engine.PolicyBook;
import io.aftercall.engine.PolicyEditor;
import io.aftercall.engine.PolicyStore;
import io.aftercall.engine.QueuePressure;
import io.aftercall.engine.Replicas;
import io.aftercall.engine.StoreUnavailable;
import io.aftercall.engine.TenantId;
import io.aftercall.expiry.Alarm;
import io.aftercall.expiry.DeadlineTimers;
import io.aftercall.feed.FeedTail;
import io.aftercall.feed.HintSender;
import io.aftercall.feed.ReadBarrier;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.TenantFeed;
import io.aftercall.feed.TenantGone;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** What runs for one tenant, put together. */
final class RunningTenant {

    private static final Logger LOG = Logger.getLogger(RunningTenant.class);

    private final ServedTenant served;
    private final FeedTail tail;
    private final DeadlineTimers timers;
    private final boolean awaited;
    private boolean polling;
    private volatile boolean broken;

    private RunningTenant(ServedTenant served, FeedTail tail, DeadlineTimers timers, boolean awaited) {
        this.served = served;
        this.tail = tail;
        this.timers = timers;
        this.awaited = awaited;
    }

    /** Makes them, of what all tenants share. */
    @Singleton
    static final class Factory {

        private final AgentStore agents;
        private final PolicyStore policyStore;
        private final AcwHistory history;
        private final Replicas replicas;
        private final ChangeHints hints;
        private final Vertx vertx;
        private final DatabaseClock clock;
        private final FeedTail.Heads heads;
        private final AftercallConfig config;

        Factory(
                AgentStore agents,
                PolicyStore policyStore,
                AcwHistory history,
                Replicas replicas,
                ChangeHints hints,
                Vertx vertx,
                DatabaseClock clock,
                FeedTail.Heads heads,
                AftercallConfig config) {
            this.agents = agents;
            this.policyStore = policyStore;
            this.history = history;
            this.replicas = replicas;
            this.hints = hints;
            this.vertx = vertx;
            this.clock = clock;
            this.heads = heads;
            this.config = config;
        }

        /**
         * @param awaited whether the replica is not ready before this tenant is: those of its start are; for one that
         *     comes later, the others are not sent away
         */
        RunningTenant start(TenantId id, boolean awaited) {
            Context loop = ((VertxInternal) vertx).createEventLoopContext();
            Executor executor = task -> loop.runOnContext(ignored -> task.run());
            Alarm alarm = (delay, task) -> {
                long timer = vertx.setTimer(wholeMillis(delay), rung -> executor.execute(task));
                return () -> vertx.cancelTimer(timer);
            };

            PolicyBook policies = new PolicyBook(id, policyStore);
            TenantFeed feed = new TenantFeed(id, agents, config.feed().ringCapacity());
            CommitListener committed = config.feed().hints() ? new HintSender(feed, replicas, hints) : feed;
            CommandLane.Limits limits = new CommandLane.Limits(
                    config.lane().waiting(), config.lane().batch());
            CommandLane lane = new CommandLane(id, agents, policies, feed, committed, executor, limits);
            DeadlineTimers timers = new DeadlineTimers(feed, lane, clock, replicas, alarm);
            feed.listen(timers);

            ServedTenant served = new ServedTenant(
                    lane,
                    feed,
                    new ReadBarrier(feed, agents, clock),
                    policies,
                    new PolicyEditor(id, policyStore, policies),
                    new QueuePressure(id, policyStore, policies),
                    new ForecastKeeper(id, history, clock),
                    clock);
            FeedTail tail = new FeedTail(
                    feed,
                    heads,
                    clock,
                    new FeedTail.Pace(
                            config.feed().pollInterval(), config.feed().idlePollInterval()),
                    config.feed().patience());
            return new RunningTenant(served, tail, timers, awaited);
        }

        /** Rounded up: a timer that rings early would only have to ring again. */
        private static long wholeMillis(Duration delay) {
            return Math.max(1, delay.plusNanos(999_999).toMillis());
        }
    }

    ServedTenant served() {
        return served;
    }

    /**
     * Brings what is in memory up to the database if it is time: policies once, as deadlines are kept by them, agents
     * every time.
     *
     * @param done told of each turn whether the database answered: its failure, or null
     */
    synchronized void pollIfDue(Consumer<Throwable> done) {
        if (polling || !tail.due()) {
            return;
        }
        polling = true;
        served.policies().loaded().thenCompose(policies -> tail.poll()).whenComplete((polled, failure) -> {
            polled(failure);
            done.accept(away(failure) ? failure : null);
        });
    }

    private synchronized void polled(Throwable failure) {
        polling = false;
        boolean nowBroken = failure != null && !away(failure) && !(cause(failure) instanceof TenantGone);
        if (nowBroken && !broken) {
            LOG.errorf(
                    failure,
                    "The tenant %s cannot be served: what is stored of it cannot be read. The other tenants are.",
                    served.feed().tenant());
        }
        broken = nowBroken;
    }

    private static boolean away(Throwable failure) {
        return cause(failure) instanceof StoreUnavailable;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    /** Whether what is in memory is what the database has; of one that is broken nothing more is expected. */
    boolean current() {
        return broken || tail.current() || (!awaited && !tail.everCurrent());
    }

    /** Takes on no more commands, and completes when those that were taken on are done. */
    CompletionStage<Void> close() {
        return served.lane().close();
    }

    /** Has been deleted: nothing of it is due any more. */
    void abandon() {
        timers.stop();
        served.lane().close();
    }
}
