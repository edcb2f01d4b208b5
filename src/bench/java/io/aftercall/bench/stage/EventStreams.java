package io.aftercall.bench.stage;

import io.aftercall.bench.client.Failures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** As many streams of server-sent events as that many browsers have open, which read all that comes. */
final class EventStreams implements AutoCloseable {
    private final AtomicLong bytes = new AtomicLong();
    private final Failures failures;
    private volatile boolean closed;

    /**
     * Opens them.
     *
     * @param failures gets how many ended before this is closed
     */
    EventStreams(URI stream, int count, Failures failures) {
        this.failures = failures;
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(stream)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        IntStream.range(0, count).forEach(reader -> client.sendAsync(
                        request,
                        head -> BodySubscribers.ofByteArrayConsumer(part -> {
                            part.ifPresent(read -> bytes.addAndGet(read.length));
                            if (closed) {
                                throw new IllegalStateException("enough");
                            }
                        }))
                .whenComplete((ended, failure) -> this.failures.count("streams that ended", closed ? 0 : 1)));
    }

    /** Returns how much has come over all of them. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
