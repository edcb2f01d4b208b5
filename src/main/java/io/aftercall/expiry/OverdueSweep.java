package io.aftercall.expiry;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommandLane;
import io.aftercall.engine.Reply;
import io.aftercall.engine.Submission;
import io.aftercall.engine.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks into the database for what is overdue: the backstop for timers that were lost. */
public final class OverdueSweep {

    /** Timers are given this long, so that the sweep does not do their work a second time. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private static final int AT_ONCE = 1_000;

    private final AgentStore store;
    private final Function<TenantId, Optional<CommandLane>> lanes;

    /**
     * @param lanes where the commands of a tenant go; empty for one that is not served here
     */
    public OverdueSweep(AgentStore store, Function<TenantId, Optional<CommandLane>> lanes) {
        this.store = store;
        this.lanes = lanes;
    }

    /**
     * Ends what is overdue, at most {@value #AT_ONCE} agents' of each tenant.
     *
     * @return how many agents it found, when they are done
     */
    public CompletionStage<Integer> run() {
        return store.overdue(GRACE, AT_ONCE).thenCompose(overdue -> {
            List<CompletableFuture<Reply>> all = overdue.entrySet().stream()
                    .flatMap(of -> lanes.apply(of.getKey()).stream().flatMap(lane -> expire(lane, of.getValue())))
                    .toList();
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenApply(done -> all.size());
        });
    }

    private static Stream<CompletableFuture<Reply>> expire(CommandLane lane, List<AgentId> agents) {
        return agents.stream()
                .map(agent -> lane.submit(Submission.expireDue(agent)).toCompletableFuture());
    }
}
