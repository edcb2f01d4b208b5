package io.aftercall.simulation;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.StoredAgent;
import io.aftercall.feed.TenantFeed;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Somebody who reads all agents, anywhere. */
final class Reader {

    /** How many changes ago it looks as well. */
    private static final int BACK = 5;

    private final World world;
    private final Cluster cluster;
    private final Ledger ledger;
    private final History history;

    private record Answer(Instant time, TenantFeed.View view, Optional<TenantFeed.View> earlier) {}

    Reader(World world, Cluster cluster, Ledger ledger, History history) {
        this.world = world;
        this.cluster = cluster;
        this.ledger = ledger;
        this.history = history;
        world.after(world.upTo(100), this::next);
    }

    private void next() {
        Replica replica = cluster.any();
        long told = history.told();
        Instant asked = world.now();
        replica.machine
                .call(() -> replica.barrier.pass().thenApply(time -> answer(time, replica.feed)))
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        check(answer, told, asked);
                    }
                });
        world.after(world.upTo(250), this::next);
    }

    private static Answer answer(Instant time, TenantFeed feed) {
        TenantFeed.View view = feed.view();
        return new Answer(time, view, feed.view(view.epoch(), Math.max(0, view.revision() - BACK)));
    }

    private void check(Answer answer, long told, Instant asked) {
        long revision = answer.view().revision();
        if (revision < told) {
            world.violated(Promise.LINEARIZABLE_READS, "Read " + revision + " after somebody was told " + told);
        }
        if (answer.time().isBefore(asked) || answer.time().isAfter(world.now())) {
            world.violated(Promise.LINEARIZABLE_READS, "It was never " + answer.time() + " during the read");
        }
        requireLogged(world, ledger, answer.view());
        answer.earlier().ifPresent(earlier -> requireLogged(world, ledger, earlier));
        history.heard(revision);
    }

    /** Requires that memory is what the log says at its revision. */
    static void requireLogged(World world, Ledger ledger, TenantFeed.View view) {
        Map<AgentId, StoredAgent> agents = new HashMap<>();
        view.agents().forEach(agent -> agents.put(agent.state().agentId(), agent));
        if (view.revision() > ledger.head() || !ledger.agentsAt(view.revision()).equals(agents)) {
            world.violated(Promise.MEMORY_IS_THE_LOG, "At revision " + view.revision() + " memory has " + agents);
        }
    }
}
