package io.aftercall.feed;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import io.aftercall.feed.TenantFeed.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** All agents at one revision of a history, and the latest changes that led there. Any thread reads. */
final class Projection {

    private final ChangeRing ring;
    private volatile Map<AgentId, StoredAgent> agents = Map.of();
    private volatile long revision = -1;
    private volatile String epoch;
    /** Of this revision; null if nobody has asked for it yet. */
    private View view;

    Projection(ChangeRing ring) {
        this.ring = ring;
    }

    /** -1 before the first {@link #replace}. */
    long revision() {
        return revision;
    }

    String epoch() {
        return epoch;
    }

    int size() {
        return agents.size();
    }

    Optional<StoredAgent> agent(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }

    /** The change of a revision, if it is still in memory. */
    Optional<CommittedChange> change(long ofRevision) {
        return ring.at(ofRevision);
    }

    /** All agents now. All who ask at one revision share one copy. */
    synchronized View view() {
        if (view == null) {
            view = new View(epoch, revision, List.copyOf(agents.values()));
        }
        return view;
    }

    /** All agents as they were; empty if that is longer ago than the changes, of another history or yet to come. */
    Optional<View> view(String ofEpoch, long earlier) {
        View now;
        Optional<Map<AgentId, Optional<StoredAgent>>> changed;
        synchronized (this) {
            now = view();
            changed = ofEpoch.equals(epoch) ? ring.changedSince(earlier, revision) : Optional.empty();
        }
        return changed.map(then -> new View(
                ofEpoch,
                earlier,
                Stream.concat(
                                now.agents().stream()
                                        .filter(agent ->
                                                !then.containsKey(agent.state().agentId())),
                                then.values().stream().flatMap(Optional::stream))
                        .toList()));
    }

    /** Becomes what the snapshot is, without the changes that led there. */
    synchronized void replace(AgentStore.Snapshot snapshot) {
        Map<AgentId, StoredAgent> read = new ConcurrentHashMap<>();
        snapshot.agents().forEach(agent -> read.put(agent.state().agentId(), agent));
        agents = read;
        ring.clear();
        epoch = snapshot.epoch();
        revision = snapshot.revision();
        view = null;
    }

    /** Goes on by changes, of which the first must be the next. */
    synchronized void apply(List<CommittedChange> next) {
        next.forEach(this::apply);
        // Only now, so that nobody sees a part of a command.
        revision = next.get(next.size() - 1).revision();
        view = null;
    }

    private void apply(CommittedChange change) {
        StoredAgent before = null;
        if (change.change().isPresent()) {
            StateChange step = change.change().get();
            AgentId agentId = step.state().agentId();
            before = step.deletes()
                    ? agents.remove(agentId)
                    : agents.put(agentId, new StoredAgent(step.state(), change.revision()));
        }
        ring.add(change, Optional.ofNullable(before));
    }
}
