package io.aftercall.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.aftercall.disposition.Form;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormsTest {

    private static final String ORDER =
            """
            {"type": "object", "required": ["number"], "additionalProperties": false, "properties": {
                "number": {"type": "string", "pattern": "^ORD-[0-9]{6}$"},
                "count": {"type": "integer", "minimum": 1},
                "due": {"type": "string", "format": "date"},
                "lines": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}}
            }}
            """;

    @Test
    void whatTheSchemaTakesIsTaken() {
        assertThat(JsonForms.violation(ORDER)).isEmpty();
        assertThat(
                        JsonForms.of(ORDER)
                                .violations(
                                        "{\"number\":\"ORD-123456\",\"count\":2,\"due\":\"2026-12-01\",\"lines\":[{\"sku\":\"a\"}]}"))
                .isEmpty();
    }

    @Test
    void everythingElseIsNamedByItsField() {
        Form form = JsonForms.of(ORDER);

        assertThat(form.violations("")).containsOnlyKeys("number");
        assertThat(
                        form.violations(
                                "{\"number\":\"123\",\"count\":0.5,\"due\":\"tomorrow\",\"more\":1,\"lines\":[{},{\"sku\":7}]}"))
                .containsOnlyKeys("number", "count", "due", "more", "lines.1.sku");
    }

    @Test
    void withoutAFormNothingMayBeFilledIn() {
        assertThat(JsonForms.of("").violations("")).isEmpty();
        assertThat(JsonForms.of("").violations("{}")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\": \"string\"}",
                "{\"type\": \"object\", \"$schema\": \"http://json-schema.org/draft-04/schema#\"}",
                "{\"type\": \"object\", \"properties\": 7}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"minimum\": \"x\"}}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"pattern\": \"(\"}}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"pattern\": \"(?=x)\"}}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"$ref\": \"http://127.0.0.1/x\"}}}",
                "{\"type\": \"object\", \"allOf\": [{\"$ref\": \"#\"}]}",
                "{\"type\": \"object\", \"$id\": \"file:///etc/passwd\"}",
            })
    void whatIsNoSchemaOfAFormIsRefused(String schema) {
        assertThat(JsonForms.violation(schema)).isPresent();
    }

    @Test
    void aSchemaHas16KibAtMost() {
        String large = "{\"type\":\"object\",\"description\":\"" + "x".repeat(JsonForms.MAX_BYTES) + "\"}";

        assertThat(JsonForms.violation(large)).contains("may have 16 KiB at most");
    }

    @Test
    void whatPatternsMayBeIsCalledByItsName() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"pattern\":\"(?=a)\"}}}";

        assertThat(JsonForms.violation(schema))
                .hasValueSatisfying(what -> assertThat(what).contains("RE2").doesNotContain("ECMA"));
    }

    @Test
    void noPatternKeepsTheServerBusy() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}}}";

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(
                        JsonForms.of(schema).violations("{\"a\":\"" + "a".repeat(10_000) + "!\"}"))
                .containsOnlyKeys("a"));
    }
}
