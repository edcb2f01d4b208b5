package io.aftercall.simulation;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentLifecycle;
import io.aftercall.engine.StoredAgent;
import io.aftercall.feed.FeedEvent;
import io.aftercall.feed.StateFilter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What a conflated subscriber holds: at each token the agents that the ledger has there and his filter lets through. */
final class SeenStates implements Seen {

    private final World world;
    private final Ledger ledger;
    private final StateFilter filter;
    private Map<AgentId, StoredAgent> held = new HashMap<>();
    private Map<AgentId, StoredAgent> safe = Map.of();
    private Instant snapshotTime;
    private long snapshotRevision;
    private long position = -1;

    SeenStates(World world, Ledger ledger, StateFilter filter) {
        this.world = world;
        this.ledger = ledger;
        this.filter = filter;
    }

    @Override
    public void beginAgain(Instant now) {
        held.clear();
        safe = Map.of();
        snapshotTime = now;
    }

    @Override
    public void message(Stream.Message message) {
        for (FeedEvent event : message.events()) {
            if (event instanceof FeedEvent.SnapshotEntry entry) {
                held.put(entry.agent().state().agentId(), entry.agent());
            } else if (event instanceof FeedEvent.SnapshotEnd end) {
                snapshotRevision = end.revision();
            } else if (event instanceof FeedEvent.LeftFilter left) {
                held.remove(left.agentId());
            } else if (event instanceof FeedEvent.Change change) {
                change.change()
                        .change()
                        .ifPresent(step -> held.put(
                                step.state().agentId(),
                                new StoredAgent(step.state(), change.change().revision())));
            }
        }
        Seen.requireWholeCommands(world, ledger, message);
        message.token().ifPresent(token -> reached(token.revision()));
    }

    private void reached(long revision) {
        if (!held.equals(expected(revision))) {
            world.violated(Promise.STATE_SEEN, "At revision " + revision + " he holds " + held);
        }
        position = revision;
        safe = Map.copyOf(held);
    }

    @Override
    public void cut() {
        held = new HashMap<>(safe);
    }

    /** As logged, but for those who have not changed since the snapshot: they are as of its time. */
    private Map<AgentId, StoredAgent> expected(long revision) {
        Map<AgentId, StoredAgent> expected = new HashMap<>();
        ledger.agentsAt(Math.min(revision, ledger.head())).forEach((id, agent) -> {
            StoredAgent shown = agent.revision() > snapshotRevision
                    ? agent
                    : new StoredAgent(AgentLifecycle.asOf(agent.state(), snapshotTime), agent.revision());
            if (filter.matches(shown.state())) {
                expected.put(id, shown);
            }
        });
        return expected;
    }

    @Override
    public void requireAll() {
        if (position < 0) {
            world.violated(Promise.NOBODY_WAITS_FOR_EVER, "A subscriber has no snapshot");
        } else if (!held.equals(expected(ledger.head()))) {
            world.violated(Promise.STATE_SEEN, "In the end he holds " + held);
        }
    }
}
