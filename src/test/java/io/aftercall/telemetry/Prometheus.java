package io.aftercall.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercall.rpc.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Prometheus of the operating system's that asks one server every half second. */
final class Prometheus implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePorts.free();
    private final Process process;

    Prometheus(int target, Path directory) throws IOException {
        Path configuration = directory.resolve("prometheus.yaml");
        Files.writeString(
                configuration,
                """
                scrape_configs:
                  - job_name: aftercall
                    scrape_interval: 500ms
                    scrape_timeout: 500ms
                    metrics_path: /q/metrics
                    static_configs:
                      - targets: ["127.0.0.1:%d"]
                """
                        .formatted(target));
        process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
    }

    /** What an expression comes to at this moment; empty too while it does not answer yet. */
    List<JsonNode> query(String expression) {
        String asked = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        return Monitoring.all(get("query?query=" + asked).path("data").path("result"))
                .toList();
    }

    /** The names of all metrics that it has. */
    List<String> names() {
        return Monitoring.all(get("label/__name__/values").path("data"))
                .map(JsonNode::asText)
                .toList();
    }

    /** Whether it understands an expression. */
    boolean understands(String expression) {
        String asked = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        return get("query?query=" + asked).path("status").asText().equals("success");
    }

    private JsonNode get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                .build();
        try {
            return new ObjectMapper()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException notYet) {
            return new ObjectMapper().createObjectNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
