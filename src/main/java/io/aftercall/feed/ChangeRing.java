package io.aftercall.feed;

import io.aftercall.engine.CommittedChange;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The latest changes of a tenant, shared by all subscribers. One thread adds, any thread reads. */
final class ChangeRing {

    private final AtomicReferenceArray<CommittedChange> entries;

    ChangeRing(int capacity) {
        entries = new AtomicReferenceArray<>(capacity);
    }

    void add(CommittedChange change) {
        entries.set(slot(change.revision()), change);
    }

    void clear() {
        for (int i = 0; i < entries.length(); i++) {
            entries.set(i, null);
        }
    }

    /** The change of a revision; empty if it is not yet or no longer here. */
    Optional<CommittedChange> at(long revision) {
        return Optional.ofNullable(entries.get(slot(revision))).filter(change -> change.revision() == revision);
    }

    private int slot(long revision) {
        return (int) (revision % entries.length());
    }
}
