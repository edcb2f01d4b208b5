package io.aftercall.boot;

import io.aftercall.engine.StoreUnavailable;
import io.aftercall.expiry.DeadlineTimers;
import io.aftercall.feed.FeedTail;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.TenantGone;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** What runs for one tenant. */
final class RunningTenant {

    private static final Logger LOG = Logger.getLogger(RunningTenant.class);

    private final ServedTenant served;
    private final FeedTail tail;
    private final DeadlineTimers timers;
    private final boolean awaited;
    private boolean polling;
    private volatile boolean broken;

    RunningTenant(ServedTenant served, FeedTail tail, DeadlineTimers timers, boolean awaited) {
        this.served = served;
        this.tail = tail;
        this.timers = timers;
        this.awaited = awaited;
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

    /** Whether what is stored of it cannot be read. */
    boolean broken() {
        return broken;
    }

    /** For how long it has not been known that memory has what the database has. */
    Duration lag() {
        return tail.lag();
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
