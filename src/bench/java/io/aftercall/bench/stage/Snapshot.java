package io.aftercall.bench.stage;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Tells when all agents of a snapshot have come over a stream of server-sent events; looks at nothing behind them. */
final class Snapshot {
    private static final byte[] ENTRY = "\"snapshot_entry\"".getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch complete;
    private int missing;
    private int matched;

    Snapshot(int agents, CountDownLatch complete) {
        missing = agents;
        this.complete = complete;
    }

    /** Takes the next part of the stream; an entry may begin in one part and end in another. */
    void take(byte[] part) {
        for (int i = 0; i < part.length && missing > 0; i++) {
            if (part[i] == ENTRY[matched]) {
                matched++;
            } else {
                matched = part[i] == ENTRY[0] ? 1 : 0;
            }
            if (matched == ENTRY.length) {
                matched = 0;
                if (--missing == 0) {
                    complete.countDown();
                }
            }
        }
    }
}
