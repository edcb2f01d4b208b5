package io.aftercall.bench.stage;

import io.aftercall.bench.client.Failures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** As many streams of server-sent events as that many browsers have open, which read all that comes. */
final class EventStreams implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final AtomicLong bytes = new AtomicLong();
    private final Failures failures;
    private volatile boolean closed;

    /**
     * Opens them, and waits until each has read who is there.
     *
     * @param agents who have to come over each of them first
     * @param failures gets how many ended before this is closed
     */
    EventStreams(URI stream, int count, int agents, Failures failures) throws InterruptedException {
        this.failures = failures;
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(stream)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        CountDownLatch complete = new CountDownLatch(count);
        IntStream.range(0, count)
                .forEach(reader -> client.sendAsync(request, head -> read(new Snapshot(agents, complete)))
                        .whenComplete((ended, failure) -> this.failures.count("streams that ended", closed ? 0 : 1)));
        if (!complete.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Streams without a whole snapshot: " + complete.getCount());
        }
        bytes.set(0);
    }

    private BodySubscriber<Void> read(Snapshot snapshot) {
        return BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(read -> {
            bytes.addAndGet(read.length);
            snapshot.take(read);
            if (closed) {
                throw new IllegalStateException("enough");
            }
        }));
    }

    /** Returns how much has come over all of them since then. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
