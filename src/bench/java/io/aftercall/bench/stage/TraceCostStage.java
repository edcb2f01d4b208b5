package io.aftercall.bench.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What traces cost whoever writes: two servers, one without, one that sends its own, of every hundredth call as is the
 * default, and its log to a collector. The same load goes to them in turns, one of them at a time.
 */
public final class TraceCostStage implements Stage {
    /** Throughput with traces over throughput without. */
    public static final String RATIO = "of that without";

    private static final int CALLERS = 64;

    private final Path parent;

    /**
     * Measures.
     *
     * @param parent where the databases' directories are made
     */
    public TraceCostStage(Path parent) {
        this.parent = parent;
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        HttpServer collector = collector();
        Map<String, String> traced = Map.of(
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL",
                "http/protobuf");
        try (WorkDirectory plain = WorkDirectory.below(parent);
                WorkDirectory watched = WorkDirectory.below(parent);
                BenchDatabase databaseOfPlain = BenchDatabase.start(plain);
                BenchDatabase databaseOfWatched = BenchDatabase.start(watched);
                PackagedServer plainServer = PackagedServer.start(plain.log("server"), databaseOfPlain);
                PackagedServer watchedServer = PackagedServer.start(watched.log("server"), databaseOfWatched, traced);
                Connections callers = plainServer.connect(4);
                Connections watchedCallers = watchedServer.connect(4)) {
            Alternation found =
                    Alternation.of(new WriteStage(callers, CALLERS), new WriteStage(watchedCallers, CALLERS), duration);
            return List.of(
                    found.one().where("no traces"),
                    found.other().where("traces").with(RATIO, found.ratio()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            collector.stop(0);
        }
    }

    /** Takes everything and keeps nothing. */
    private static HttpServer collector() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", TraceCostStage::take);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
