package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingTest {

    private static final String COLLECTOR = "quarkus.otel.exporter.otlp.endpoint";

    private static Map<String, String> configured(Map<String, String> settings) {
        return Tracing.configuredIn(new SmallRyeConfigBuilder()
                .withDefaultValue(COLLECTOR, "http://localhost:4317/")
                .withSources(new PropertiesConfigSource(settings, "test", 300))
                .build());
    }

    @Test
    void isOffWhereNobodyNamesACollector() {
        assertThat(configured(Map.of())).isEmpty();
        assertThat(configured(Map.of(COLLECTOR, ""))).isEmpty();
    }

    @Test
    void isOnWhereSomebodyDoes() {
        assertThat(configured(Map.of(COLLECTOR, "http://collector:4317")))
                .containsExactly(Map.entry("quarkus.otel.sdk.disabled", "false"));
    }
}
