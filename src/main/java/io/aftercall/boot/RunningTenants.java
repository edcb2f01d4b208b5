package io.aftercall.boot;

import io.aftercall.engine.AcwHistory;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.ChangeHints;
import io.aftercall.engine.CommandLane;
import io.aftercall.engine.CommitListener;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.DispositionEditor;
import io.aftercall.engine.ForecastKeeper;
import io.aftercall.engine.PolicyBook;
import io.aftercall.engine.PolicyEditor;
import io.aftercall.engine.PolicyStore;
import io.aftercall.engine.QueuePressure;
import io.aftercall.engine.Replicas;
import io.aftercall.engine.TenantId;
import io.aftercall.expiry.Alarm;
import io.aftercall.expiry.DeadlineTimers;
import io.aftercall.feed.FeedTail;
import io.aftercall.feed.HintSender;
import io.aftercall.feed.ReadBarrier;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.TenantFeed;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Puts together what runs for a tenant, of what all tenants share. */
@Singleton
final class RunningTenants {

    private final AgentStore agents;
    private final PolicyStore policyStore;
    private final AcwHistory history;
    private final Replicas replicas;
    private final ChangeHints hints;
    private final Vertx vertx;
    private final DatabaseClock clock;
    private final FeedTail.Heads heads;
    private final AftercallConfig config;

    RunningTenants(
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
        CommandLane.Limits limits =
                new CommandLane.Limits(config.lane().waiting(), config.lane().batch());
        CommandLane lane = new CommandLane(id, agents, policies, feed, committed, executor, limits);
        DeadlineTimers timers = new DeadlineTimers(feed, lane, clock, replicas, alarm);
        feed.listen(timers);

        ServedTenant served = new ServedTenant(
                lane,
                feed,
                new ReadBarrier(feed, agents, clock),
                policies,
                new PolicyEditor(id, policyStore, policies),
                new DispositionEditor(id, policyStore, policies),
                new QueuePressure(id, policyStore, policies),
                new ForecastKeeper(id, history, clock),
                clock);
        FeedTail tail = new FeedTail(
                feed,
                heads,
                clock,
                new FeedTail.Pace(config.feed().pollInterval(), config.feed().idlePollInterval()),
                config.feed().patience());
        return new RunningTenant(served, tail, timers, awaited);
    }

    /** Rounded up: a timer that rings early would only have to ring again. */
    private static long wholeMillis(Duration delay) {
        return Math.max(1, delay.plusNanos(999_999).toMillis());
    }
}
