package io.aftercall.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardTest {

    private final JsonNode dashboard = Monitoring.dashboard();
    private final List<JsonNode> panels =
            Monitoring.all(dashboard.path("panels")).toList();

    @Test
    void hasWhatGrafanaWantsOfOne() {
        assertThat(dashboard.path("uid").asText()).isEqualTo("aftercall");
        assertThat(dashboard.path("title").asText()).isNotBlank();
        assertThat(dashboard.path("schemaVersion").isInt()).isTrue();
        assertThat(panels)
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates()
                .doesNotContain(0);
        assertThat(panels)
                .extracting(panel -> panel.path("type").asText())
                .allMatch(List.of("row", "stat", "timeseries")::contains);
    }

    @Test
    void panelsAskTheChosenPrometheusAndSayWhatIsSeen() {
        assertThat(panels.stream().filter(panel -> !panel.path("type").asText().equals("row")))
                .isNotEmpty()
                .allSatisfy(panel -> {
                    assertThat(panel.path("title").asText()).isNotBlank();
                    assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
                    assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> {
                        assertThat(target.path("refId").asText()).isNotBlank();
                        assertThat(Monitoring.metrics(target.path("expr").asText()))
                                .isNotEmpty();
                    });
                });
    }

    @Test
    void panelsDoNotOverlap() {
        assertThat(panels).allSatisfy(one -> assertThat(panels)
                .allMatch(other -> one == other || !overlap(one.path("gridPos"), other.path("gridPos"))));
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return meet(one, other, "x", "w") && meet(one, other, "y", "h");
    }

    private static boolean meet(JsonNode one, JsonNode other, String from, String length) {
        int first = one.path(from).asInt();
        int second = other.path(from).asInt();
        return first < second + other.path(length).asInt()
                && second < first + one.path(length).asInt();
    }
}
