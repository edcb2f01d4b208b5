package io.aftercall.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Takes what a server exports by OTLP over HTTP. */
final class Collector implements AutoCloseable {

    private final ByteArrayOutputStream traces = new ByteArrayOutputStream();
    private final ByteArrayOutputStream logs = new ByteArrayOutputStream();
    private final HttpServer server;

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> take(exchange, traces));
        server.createContext("/v1/logs", exchange -> take(exchange, logs));
        server.start();
    }

    private static void take(HttpExchange exchange, ByteArrayOutputStream to) throws IOException {
        try (exchange) {
            synchronized (to) {
                exchange.getRequestBody().transferTo(to);
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All traces as they came: protobuf, in which names stand as they are. */
    String traces() {
        return text(traces);
    }

    /** All entries of the log, likewise. */
    String logs() {
        return text(logs);
    }

    private static String text(ByteArrayOutputStream taken) {
        synchronized (taken) {
            return taken.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
