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
import io.aftercall.engine.TenantId;
import io.aftercall.expiry.Alarm;
import io.aftercall.expiry.DeadlineTimers;
import io.aftercall.expiry.OverdueSweep;
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
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** What runs for the installation's tenant, put together. */
@Singleton
public class Tenancy implements ServedTenant.Directory {

    private final ServedTenant tenant;
    private final FeedTail tail;
    private final ChangeHints hints;
    private final OverdueSweep sweep;

    Tenancy(
            AgentStore agents,
            PolicyStore policyStore,
            AcwHistory history,
            Replicas replicas,
            ChangeHints hints,
            Vertx vertx,
            InstantSource local,
            AftercallConfig config) {
        TenantId id = TenantId.DEFAULT;
        Context loop = ((VertxInternal) vertx).createEventLoopContext();
        Executor executor = task -> loop.runOnContext(ignored -> task.run());
        Alarm alarm = (delay, task) -> {
            long timer = vertx.setTimer(wholeMillis(delay), rung -> executor.execute(task));
            return () -> vertx.cancelTimer(timer);
        };

        DatabaseClock clock = new DatabaseClock(local);
        PolicyBook policies = new PolicyBook(id, policyStore);
        TenantFeed feed = new TenantFeed(id, agents, config.feed().ringCapacity());
        CommitListener committed = config.feed().hints() ? new HintSender(feed, replicas, hints) : feed;
        CommandLane.Limits limits =
                new CommandLane.Limits(config.lane().waiting(), config.lane().batch());
        CommandLane lane = new CommandLane(id, agents, policies, feed, committed, executor, limits);
        feed.listen(new DeadlineTimers(feed, lane, clock, replicas, alarm));

        this.tenant = new ServedTenant(
                lane,
                feed,
                new ReadBarrier(feed, agents, clock),
                policies,
                new PolicyEditor(id, policyStore, policies),
                new QueuePressure(id, policyStore, policies),
                new ForecastKeeper(id, history, clock),
                clock);
        this.hints = hints;
        this.tail = new FeedTail(
                feed,
                agents,
                clock,
                new FeedTail.Pace(config.feed().pollInterval(), config.feed().idlePollInterval()),
                config.feed().patience());
        this.sweep = new OverdueSweep(id, agents, lane);
    }

    @Override
    public ServedTenant of(TenantId id) {
        if (!id.equals(tenant.feed().tenant())) {
            throw new IllegalArgumentException("There is no such tenant");
        }
        return tenant;
    }

    /** Begins to hear of what other replicas commit. */
    void listen() {
        hints.listen(new ChangeHints.Listener() {
            @Override
            public void changed(TenantId changed, long revision) {
                if (changed.equals(tenant.feed().tenant())) {
                    tenant.feed().reach(revision);
                }
            }

            @Override
            public void perhapsMissed() {
                tenant.feed().catchUp();
            }
        });
    }

    /** Whether it is time for the next {@link #poll}. */
    boolean pollDue() {
        return tail.due();
    }

    /** Brings what is in memory up to the database: policies once, as deadlines are kept by them, agents every time. */
    CompletionStage<Void> poll() {
        return tenant.policies().loaded().thenCompose(policies -> tail.poll());
    }

    /** Whether what is in memory is what the database has. */
    boolean current() {
        return tail.current();
    }

    /** Takes on no more commands, and completes when those that were taken on are done. */
    CompletionStage<Void> close() {
        return tenant.lane().close();
    }

    ForecastKeeper forecast() {
        return tenant.forecast();
    }

    QueuePressure pressure() {
        return tenant.pressure();
    }

    OverdueSweep sweep() {
        return sweep;
    }

    /** Rounded up: a timer that rings early would only have to ring again. */
    private static long wholeMillis(Duration delay) {
        return Math.max(1, delay.plusNanos(999_999).toMillis());
    }
}
