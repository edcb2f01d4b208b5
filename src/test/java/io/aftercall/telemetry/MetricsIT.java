package io.aftercall.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercall.ServerProcess;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.Subscriber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Prometheus gets of the packaged server. */
class MetricsIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String COMPLETED = Client.fresh("completed");
    private static final String TIMED_OUT = Client.fresh("timed-out");
    private static final String OPEN = Client.fresh("open");

    @Test
    void allThatAlertsAndDashboardAskForIsThere(@TempDir Path directory) throws Exception {
        try (Collector collector = new Collector();
                ServerProcess server = ServerProcess.onFreshData()
                        .with("AFTERCALL_LOG_JSON", "true")
                        .with("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
                        .with("QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                        .with("QUARKUS_OTEL_TRACES_SAMPLER_ARG", "1.0")
                        .start();
                Prometheus prometheus = new Prometheus(server.managementPort(), directory);
                Client client = server.client()) {
            Subscriber subscriber = Subscriber.to(client.channel(), StreamAgentStatesRequest.getDefaultInstance())
                    .untilSnapshotEnd();
            work(client);
            get(server.httpPort(), "/some/path/" + OPEN);

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(value(prometheus, "up")).isEqualTo(1);
                assertThat(value(prometheus, "acw_duration_seconds_count{reason=\"timed_out\"}"))
                        .isEqualTo(1);
            });

            assertThat(value(prometheus, "acw_duration_seconds_count{reason=\"completed\"}"))
                    .isEqualTo(1);
            assertThat(value(prometheus, "acw_deadline_lateness_seconds_bucket{le=\"1.0\"}"))
                    .isEqualTo(1);
            assertThat(value(prometheus, "acw_open")).isEqualTo(1);
            assertThat(value(prometheus, "acw_agents{status=\"after_call_work\"}"))
                    .isEqualTo(1);
            assertThat(value(prometheus, "acw_ready")).isEqualTo(1);
            assertThat(value(prometheus, "acw_stream_subscribers")).isEqualTo(1);
            assertThat(value(prometheus, "acw_batch_size_count")).isPositive();
            assertThat(value(prometheus, "acw_stream_lag_seconds_count")).isPositive();
            Set<String> asked = Monitoring.expressions().stream()
                    .flatMap(expression -> Monitoring.metrics(expression).stream())
                    .collect(Collectors.toSet());
            assertThat(prometheus.names()).containsAll(asked);
            assertThat(Monitoring.expressions()).allMatch(prometheus::understands);
            assertThat(Monitoring.alerts())
                    .noneMatch(alert ->
                            !prometheus.query(alert.path("expr").asText()).isEmpty());
            assertNobodyIsNamed(get(server.managementPort(), "/q/metrics"));
            assertThat(get(server.httpPort(), "/q/metrics")).doesNotContain("acw_");
            assertEachEntryIsJson(server.log());
            await().untilAsserted(() -> assertThat(collector.traces())
                    .contains("acw.v1.AcwService/StartAcw", "acw.batch", "INSERT INTO change_log"));
            assertThat(collector.traces()).doesNotContain(COMPLETED, TIMED_OUT);
            await().untilAsserted(() -> assertThat(collector.logs()).contains("Aftercall", "in profile dev"));
            assertThat(collector.logs()).doesNotContain(COMPLETED, TIMED_OUT);
            subscriber.cancel();
        }
    }

    private static void work(Client client) {
        client.rules(TIMED_OUT, Policy.newBuilder().setDuration(Client.seconds(1)));
        client.rules(OPEN, Policy.newBuilder().setDuration(Client.seconds(3_600)));
        List.of(COMPLETED, TIMED_OUT, OPEN).forEach(agent -> client.startAcw(agent, "call"));
        client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(COMPLETED)
                        .setInteractionId("call")
                        .build());
    }

    private static void assertNobodyIsNamed(String metrics) {
        assertThat(metrics)
                .contains("acw_open")
                .doesNotContain(COMPLETED, TIMED_OUT, OPEN, "\"default\"", "tenant=\"", "/some/path");
    }

    /** What libraries print past the log is not. */
    private static void assertEachEntryIsJson(List<String> log) {
        assertThat(log).noneMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\d .*"));
        assertThat(log.stream().filter(line -> line.startsWith("{")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(new ObjectMapper()
                                .readTree(line)
                                .path("@timestamp")
                                .asText())
                        .isNotEmpty());
    }

    private static double value(Prometheus prometheus, String expression) {
        return prometheus.query(expression).stream()
                .mapToDouble(result -> result.path("value").path(1).asDouble())
                .sum();
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
