package io.aftercall.rpc;

import io.aftercall.ScrapedMetrics;

/** How many streams the server under test says that it has: what no subscriber can see. */
final class Streams {

    private Streams() {}

    static int open() {
        return metric("acw_stream_subscribers");
    }

    /** Of those that it may have at once; also of streams that are not open yet. */
    static int places() {
        return metric("acw_stream_places");
    }

    private static int metric(String name) {
        return ScrapedMetrics.sum(Integer.getInteger("quarkus.management.test-port"), name, "")
                .orElseThrow()
                .intValue();
    }
}
