package io.aftercall.simulation;

import io.aftercall.engine.CommittedChange;
import io.aftercall.feed.FeedEvent;
import java.time.Instant;

/** What a subscriber to every change has seen: exactly the log, from where he started. */
final class SeenChanges implements Seen {

    private final World world;
    private final Ledger ledger;
    /** Up to where everything has been seen; -1 before the snapshot is complete. */
    private long position = -1;
    /** The revision of his last token. */
    private long safe = -1;

    SeenChanges(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    @Override
    public void beginAgain(Instant now) {
        position = -1;
        safe = -1;
    }

    @Override
    public void message(Stream.Message message) {
        for (FeedEvent event : message.events()) {
            if (event instanceof FeedEvent.SnapshotEnd end) {
                position = end.revision();
            } else if (event instanceof FeedEvent.Change change) {
                next(change.change());
            }
        }
        Seen.requireWholeCommands(world, ledger, message);
        message.token().ifPresent(token -> {
            requireSeenUpTo(token.revision());
            position = token.revision();
            safe = position;
        });
    }

    @Override
    public void cut() {
        position = safe;
    }

    private void next(CommittedChange change) {
        long revision = change.revision();
        if (revision <= position) {
            world.violated(Promise.EVERY_CHANGE_SEEN, "Revision " + revision + " came again");
        } else if (revision > ledger.head() || !ledger.at(revision).equals(change)) {
            world.violated(Promise.EVERY_CHANGE_SEEN, "Revision " + revision + " is not what the log has");
        } else {
            requireSeenUpTo(revision - 1);
            position = revision;
        }
    }

    /** Between his place and this revision there is nothing but changes of policies. */
    private void requireSeenUpTo(long revision) {
        for (long missing = position + 1; missing <= Math.min(revision, ledger.head()); missing++) {
            if (missing > 0 && ledger.at(missing).change().isPresent()) {
                world.violated(Promise.EVERY_CHANGE_SEEN, "Revision " + missing + " never came");
            }
        }
    }

    @Override
    public void requireAll() {
        if (position < 0) {
            world.violated(Promise.NOBODY_WAITS_FOR_EVER, "A subscriber has no snapshot");
        } else {
            requireSeenUpTo(ledger.head());
        }
    }
}
