package io.aftercall.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private final ExtLogRecord entry = new ExtLogRecord(Level.WARN, "It said \"no\"\nand left", "io.aftercall.Some");

    @Test
    void eachEntryIsOneLine() throws IOException {
        entry.setLoggerName("io.aftercall.Some");
        entry.setThrown(new IllegalStateException("broken\nin two"));

        String line = new JsonLines().format(entry);

        assertThat(line).endsWith("\n").containsOnlyOnce("\n");
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.path("message").asText()).isEqualTo("It said \"no\"\nand left");
        assertThat(read.path("log.level").asText()).isEqualTo("WARN");
        assertThat(read.path("log.logger").asText()).isEqualTo("io.aftercall.Some");
        assertThat(OffsetDateTime.parse(read.path("@timestamp").asText())).isNotNull();
        assertThat(read.path("error.stack_trace").asText()).contains("IllegalStateException: broken");
    }

    @Test
    void itNamesTheTraceThatItIsOf() throws IOException {
        entry.setMdc(Map.of("traceId", "4bf92f3577b34da6a3ce929d0e0e4736", "spanId", "00f067aa0ba902b7"));

        JsonNode read = new ObjectMapper().readTree(new JsonLines().format(entry));

        assertThat(read.path("trace.id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(read.path("span.id").asText()).isEqualTo("00f067aa0ba902b7");
    }
}
