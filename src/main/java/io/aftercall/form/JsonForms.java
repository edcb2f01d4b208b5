package io.aftercall.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.aftercall.disposition.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Forms of dispositions as JSON Schema, draft 2020-12. A schema refers to nothing, not even to itself, so that checking
 * takes no longer than it and the values are large, and nothing is ever fetched.
 */
public final class JsonForms {

    /** Of a schema, in UTF-8. */
    public static final int MAX_BYTES = 16 * 1024;

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
    private static final Set<String> REFERENCES =
            Set.of("$ref", "$dynamicRef", "$recursiveRef", "$id", "$anchor", "$dynamicAnchor", "$vocabulary");
    private static final int REMEMBERED = 10_000;
    private static final int MOST_SAID = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .regularExpressionFactory(new LinearPattern())
                            .formatAssertionsEnabled(true)
                            .locale(Locale.ENGLISH)
                            .build()));

    private static final LoadingCache<String, Form> FORMS =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build(JsonForms::form);

    private JsonForms() {}

    /**
     * The form of a schema that has no {@link #violation}.
     *
     * @param schema empty for no form
     */
    public static Form of(String schema) {
        return schema.isEmpty() ? Form.NONE : FORMS.get(schema);
    }

    /** What is wrong with a schema. */
    public static Optional<String> violation(String schema) {
        if (schema.getBytes(UTF_8).length > MAX_BYTES) {
            return Optional.of("may have 16 KiB at most");
        }
        JsonNode tree = tree(schema);
        if (!tree.path("type").asText().equals("object")) {
            return Optional.of("must be of the type object");
        }
        if (!tree.path("$schema").asText(DRAFT).equals(DRAFT)) {
            return Optional.of("must be of draft 2020-12");
        }
        for (String reference : REFERENCES) {
            if (tree.findValue(reference) != null) {
                return Optional.of("must not have " + reference);
            }
        }
        List<Error> errors =
                SCHEMAS.getSchema(com.networknt.schema.SchemaLocation.of(DRAFT)).validate(tree);
        if (!errors.isEmpty()) {
            // What patterns may be, LinearPattern says.
            String first = errors.get(0).toString().replace("ECMA-262", "RE2");
            return Optional.of("is not a schema: " + first);
        }
        try {
            SCHEMAS.getSchema(tree).initializeValidators();
            return Optional.empty();
        } catch (RuntimeException unusable) {
            return Optional.of("is not a schema: " + unusable.getMessage());
        }
    }

    private static Form form(String schema) {
        Schema compiled = SCHEMAS.getSchema(tree(schema));
        compiled.initializeValidators();
        return values -> violations(compiled, tree(values.isEmpty() ? "{}" : values));
    }

    private static Map<String, String> violations(Schema schema, JsonNode values) {
        Map<String, String> violations = new LinkedHashMap<>();
        for (Error error : schema.validate(values)) {
            if (violations.size() < MOST_SAID) {
                violations.putIfAbsent(field(error), error.getMessage());
            }
        }
        return violations;
    }

    /** The field, as it is named in errors of requests. */
    private static String field(Error error) {
        String place = error.getInstanceLocation().toString();
        String within = error.getProperty() == null ? "" : "/" + error.getProperty();
        return (place + within).replaceFirst("^/", "").replace('/', '.');
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("Not JSON", impossible);
        }
    }
}
