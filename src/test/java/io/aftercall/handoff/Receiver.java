package io.aftercall.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A CRM that takes webhooks over HTTP, and answers as it is told to. */
public final class Receiver implements AutoCloseable {

    /** For an answer that never comes. */
    public static final Answer HANG = new Answer(0, null, null);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile Function<Message, Answer> behaviour = message -> Answer.of(204);
    private final HttpServer server;

    /** What was received. */
    public record Message(String path, HttpHeaders headers, String body) {

        public String id() {
            return headers.firstValue("webhook-id").orElse("");
        }

        public JsonObject event() {
            return new JsonObject(body);
        }

        public String type() {
            return event().getString("type");
        }

        public String customer() {
            return event().getString("partitionkey");
        }

        public JsonObject wrapUp() {
            return event().getJsonObject("data").getJsonObject("wrap_up");
        }

        public JsonObject followUp() {
            return event().getJsonObject("data").getJsonObject("follow_up");
        }
    }

    /** What is answered. */
    public record Answer(int status, String header, String value) {

        public static Answer of(int status) {
            return new Answer(status, null, null);
        }

        public static Answer with(int status, String header, String value) {
            return new Answer(status, header, value);
        }
    }

    public Receiver() {
        this(0);
    }

    /** At a port where one may have been before. */
    public Receiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hook?of=aftercall";
    }

    public Receiver answering(Function<Message, Answer> how) {
        behaviour = how;
        return this;
    }

    /** In the order in which they came; also those that were not accepted. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    public List<String> types() {
        return messages.stream().map(Message::type).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Message message = new Message(
                exchange.getRequestURI().toString(),
                HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true),
                body);
        messages.add(message);
        Answer answer = behaviour.apply(message);
        if (answer == HANG) {
            untilClosed();
        } else {
            if (answer.header() != null) {
                exchange.getResponseHeaders().set(answer.header(), answer.value());
            }
            exchange.sendResponseHeaders(answer.status(), -1);
        }
        exchange.close();
    }

    private void untilClosed() {
        try {
            closing.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
