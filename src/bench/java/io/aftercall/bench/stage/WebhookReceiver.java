package io.aftercall.bench.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Takes webhooks on loopback, and sees to it that each comes, and those of a customer in order. */
final class WebhookReceiver implements AutoCloseable {
    private static final int THREADS = 4;

    private final Latencies latencies;
    private final Failures failures;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Map<String, String> last = new ConcurrentHashMap<>();
    private final AtomicInteger again = new AtomicInteger();
    private final AtomicLong lastNanos = new AtomicLong();
    private final HttpServer server;

    /**
     * @param latencies gets how long after its event each came
     * @param failures gets what came out of order
     */
    WebhookReceiver(Latencies latencies, Failures failures) throws IOException {
        this.latencies = latencies;
        this.failures = failures;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** How many different ones have come. */
    int count() {
        return seen.size();
    }

    /** How many came that had come before. */
    int again() {
        return again.get();
    }

    /** When the last one came, as {@link System#nanoTime} has it. */
    long lastNanos() {
        return lastNanos.get();
    }

    private void receive(HttpExchange exchange) throws IOException {
        take(new JsonObject(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        // Only then the customer's next one may come.
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private void take(JsonObject event) {
        if (!seen.add(event.getString("id"))) {
            again.incrementAndGet();
            return;
        }
        lastNanos.set(System.nanoTime());
        latencies.record(Duration.between(Instant.parse(event.getString("time")), Instant.now())
                .toNanos());
        last.merge(event.getString("partitionkey"), event.getString("sequence"), (before, now) -> {
            failures.count("out of order", before.compareTo(now) < 0 ? 0 : 1);
            return now;
        });
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
