package io.aftercall.simulation;

import io.aftercall.feed.FeedEvent;
import java.time.Instant;

/** What a subscriber has seen, compared with the ledger message by message. */
interface Seen {

    /** Everything starts over, with a snapshot of the agents as of a time. */
    void beginAgain(Instant now);

    void message(Stream.Message message);

    /** A stream ended: what came since the last token comes again. */
    void cut();

    /** Requires that nothing is missing. */
    void requireAll();

    /** The revision of the last change in a message; 0 if it has none. */
    static long lastChange(Stream.Message message) {
        long last = 0;
        for (FeedEvent event : message.events()) {
            if (event instanceof FeedEvent.Change change) {
                last = Math.max(last, change.change().revision());
            }
        }
        return last;
    }

    /** Requires that a message does not end within a command. */
    static void requireWholeCommands(World world, Ledger ledger, Stream.Message message) {
        long last = lastChange(message);
        if (last > 0 && last < ledger.head() && ledger.at(last).sameCommandAs(ledger.at(last + 1))) {
            world.violated(Promise.COMMANDS_WHOLE, "A message ends within a command, at revision " + last);
        }
    }
}
