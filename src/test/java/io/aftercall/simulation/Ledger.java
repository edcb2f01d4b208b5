package io.aftercall.simulation;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.EndReason;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The truth: what was committed, in the order in which it was, and what the agents were at each revision. */
final class Ledger {

    /** What is due is done so long after it at the latest: a timer leaves 600 ms to others, the rest is the network. */
    static final Duration LATEST = Duration.ofMillis(750);

    private final World world;
    private final List<CommittedChange> log = new ArrayList<>();
    private final List<Map<AgentId, StoredAgent>> agents = new ArrayList<>();
    private final Set<UUID> started = new HashSet<>();
    private final Set<UUID> ended = new HashSet<>();
    /** Null while things may be late. */
    private Instant punctualSince;

    Ledger(World world) {
        this.world = world;
        agents.add(Map.of());
    }

    /** From now on nothing may be late. */
    void requirePunctuality() {
        punctualSince = world.now();
    }

    long head() {
        return log.size();
    }

    List<CommittedChange> log() {
        return log;
    }

    CommittedChange at(long revision) {
        return log.get((int) revision - 1);
    }

    /** All agents at a revision. */
    Map<AgentId, StoredAgent> agentsAt(long revision) {
        return agents.get((int) revision);
    }

    void committed(List<CommittedChange> changes) {
        for (CommittedChange change : changes) {
            if (change.revision() != head() + 1) {
                world.violated(Promise.DENSE_REVISIONS, "Revision " + change.revision() + " follows " + head());
                return;
            }
            Map<AgentId, StoredAgent> before = agentsAt(head());
            Map<AgentId, StoredAgent> after = before;
            if (change.change().isPresent()) {
                StateChange step = change.change().get();
                AgentId id = step.state().agentId();
                AgentState was = before.containsKey(id) ? before.get(id).state() : AgentState.unseen(id);
                follow(was, step);
                after = new HashMap<>(before);
                after.put(id, new StoredAgent(step.state(), change.revision()));
            }
            log.add(change);
            agents.add(after);
        }
    }

    private void follow(AgentState was, StateChange step) {
        if (step.state().version() != was.version() + 1) {
            world.violated(
                    Promise.DENSE_REVISIONS,
                    "%s of %s makes version %d of %d"
                            .formatted(step.cause(), was.agentId(), step.state().version(), was.version()));
        }
        if (step.cause() == ChangeCause.ACW_STARTED && !started.add(step.acwId())) {
            world.violated(Promise.ENDS_ONCE, "ACW started twice: " + step.interactionId());
        }
        if (step.cause() == ChangeCause.ACW_ENDED) {
            if (step.endReason() == null || !started.contains(step.acwId()) || !ended.add(step.acwId())) {
                world.violated(Promise.ENDS_ONCE, "ACW ended again, or for no reason: " + step.interactionId());
            }
            if (step.endReason() == EndReason.TIMED_OUT) {
                was.acw(step.interactionId()).map(OpenAcw::endsBy).ifPresent(this::endsNow);
            }
        }
        step.state().acws().stream()
                .map(OpenAcw::acwId)
                .filter(ended::contains)
                .forEach(open -> world.violated(Promise.ENDS_ONCE, "An ended ACW is open: " + open));
    }

    private void endsNow(Instant deadline) {
        if (world.now().isBefore(deadline)) {
            world.violated(Promise.NEVER_EARLY, "Timed out before " + deadline);
        }
        requirePunctual(deadline);
    }

    /** Nothing may be due that should have been done. */
    void requireNothingOverdue() {
        agentsAt(head()).values().forEach(agent -> agent.state().due().ifPresent(this::requirePunctual));
    }

    private void requirePunctual(Instant due) {
        if (punctualSince == null) {
            return;
        }
        Instant from = due.isAfter(punctualSince) ? due : punctualSince;
        if (from.plus(LATEST).isBefore(world.now())) {
            world.violated(Promise.NEVER_LATE, "Not done by now: what was due at " + due);
        }
    }
}
