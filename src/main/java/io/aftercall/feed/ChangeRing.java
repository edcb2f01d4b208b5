package io.aftercall.feed;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The latest changes of a tenant, shared by all subscribers, and what they changed. One thread adds, any thread reads.
 */
final class ChangeRing {

    private final AtomicReferenceArray<Entry> entries;

    private record Entry(CommittedChange change, Optional<StoredAgent> before) {}

    ChangeRing(int capacity) {
        entries = new AtomicReferenceArray<>(capacity);
    }

    /**
     * @param before the agent that it changed; empty if there was none
     */
    void add(CommittedChange change, Optional<StoredAgent> before) {
        entries.set(slot(change.revision()), new Entry(change, before));
    }

    void clear() {
        for (int i = 0; i < entries.length(); i++) {
            entries.set(i, null);
        }
    }

    /** The change of a revision; empty if it is not yet or no longer here. */
    Optional<CommittedChange> at(long revision) {
        return entry(revision).map(Entry::change);
    }

    /**
     * The agents that have changed since a revision, as they were then: empty for one that there was not. Nothing is
     * to be added meanwhile.
     *
     * @param last the revision of the last change
     * @return empty if the revision is longer ago than the changes here, or after the last
     */
    Optional<Map<AgentId, Optional<StoredAgent>>> changedSince(long revision, long last) {
        if (revision > last || revision < last && entry(revision + 1).isEmpty()) {
            return Optional.empty();
        }
        Map<AgentId, Optional<StoredAgent>> changed = new HashMap<>();
        for (long next = revision + 1; next <= last; next++) {
            Entry entry = entry(next).orElseThrow();
            entry.change()
                    .change()
                    .ifPresent(step -> changed.putIfAbsent(step.state().agentId(), entry.before()));
        }
        return Optional.of(changed);
    }

    private Optional<Entry> entry(long revision) {
        return Optional.ofNullable(entries.get(slot(revision)))
                .filter(entry -> entry.change().revision() == revision);
    }

    private int slot(long revision) {
        return (int) (revision % entries.length());
    }
}
