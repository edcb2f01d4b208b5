package io.aftercall.expiry;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommandLane;
import io.aftercall.engine.Reply;
import io.aftercall.engine.Submission;
import io.aftercall.engine.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks into the database for what is overdue: the backstop for timers that were lost. */
public final class OverdueSweep {

    /** Timers are given this long, so that the sweep does not do their work a second time. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private static final int AT_ONCE = 1_000;

    private final TenantId tenant;
    private final AgentStore store;
    private final CommandLane lane;

    public OverdueSweep(TenantId tenant, AgentStore store, CommandLane lane) {
        this.tenant = tenant;
        this.store = store;
        this.lane = lane;
    }

    /**
     * Ends what is overdue, at most {@value #AT_ONCE} agents'.
     *
     * @return how many agents it found, when they are done
     */
    public CompletionStage<Integer> run() {
        return store.overdue(tenant, GRACE, AT_ONCE).thenCompose(agents -> {
            List<CompletableFuture<Reply>> all =
                    agents.stream().map(this::expire).toList();
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenApply(done -> all.size());
        });
    }

    private CompletableFuture<Reply> expire(AgentId agentId) {
        return lane.submit(Submission.expireDue(agentId)).toCompletableFuture();
    }
}
