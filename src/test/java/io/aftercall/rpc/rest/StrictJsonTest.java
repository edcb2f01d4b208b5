package io.aftercall.rpc.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.StartAcwRequest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private static Map<String, String> violations(String json) throws InvalidProtocolBufferException {
        return StrictJson.violations(json, StartAcwRequest.getDescriptor());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-01T00:00:00Z",
                "2027-02-30T00:00:00Z",
                "2026-01-01T25:61:61Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:00:00+99:99",
                "2026-01-01T00:00:00+02:00:30",
                "2026-01-01T00:00Z",
                "2026-01-01",
                "+2026-01-01T00:00:00Z",
                ""
            })
    void aTimeThatDoesNotExistIsNamedByItsField(String time) throws Exception {
        assertThat(violations("{\"interaction\": {\"end_time\": \"%s\"}}".formatted(time)))
                .containsOnlyKeys("interaction.end_time");
        assertThat(violations("{\"interaction\": {\"endTime\": \"%s\"}}".formatted(time)))
                .containsOnlyKeys("interaction.endTime");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-12-31T23:59:59Z",
                "2028-02-29T00:00:00.123456789Z",
                "2026-01-01T00:00:00+05:30",
                "2026-01-01T00:00:00-00:00"
            })
    void aTimeThatDoesExistIsTaken(String time) throws Exception {
        assertThat(violations("{\"interaction\": {\"end_time\": \"%s\"}}".formatted(time)))
                .isEmpty();
    }

    @Test
    void timesAreFoundInListsAndNowhereElse() throws Exception {
        String json =
                """
                {"follow_ups": [{}, {"details": {"due_time": "soon", "note": "2026-13-01T00:00:00Z"}}], "etag": "1",
                 "wrap_up": {"notes": "a", "form_values": {"end_time": "2026-13-01", "x": [{"due_time": 1}, null]}}}
                """;

        assertThat(StrictJson.violations(json, CompleteAcwRequest.getDescriptor())
                        .keySet())
                .isEqualTo(Set.of("follow_ups[1].details.due_time"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} garbage",
                "{}{}",
                "{},",
                "[]",
                "null",
                "1",
                "{\"agent_id\": \"a\", \"agent_id\": \"b\"}",
                "{\"interaction\": {\"labels\": {\"a\": \"1\", \"a\": \"2\"}}}",
                "{'agent_id': 'a'}",
                "{agent_id: \"a\"}",
                "{\"agent_id\": \"a\",}",
                "{\"agent_id\":",
                "{/* */}",
                "{\"a\":01}"
            })
    void whatIsNotOneJsonObjectIsRefusedInWords(String json) {
        assertThatThrownBy(() -> violations(json))
                .isInstanceOf(InvalidProtocolBufferException.class)
                .message()
                .doesNotContain("com.", "Exception", "java");
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        assertThatThrownBy(() -> violations("{\"a\":".repeat(200) + "1" + "}".repeat(200)))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    @Test
    void nothingIsAnEmptyRequest() throws Exception {
        assertThat(violations(" \n")).isEmpty();
    }
}
