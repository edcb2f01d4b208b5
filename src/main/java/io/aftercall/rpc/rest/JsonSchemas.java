package io.aftercall.rpc.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The messages of the contract as JSON Schema 2020-12, in the <a
 * href="https://protobuf.dev/programming-guides/json/">JSON form of protocol buffers</a>.
 */
final class JsonSchemas {

    private static final Map<String, JsonObject> WELL_KNOWN = Map.ofEntries(
            Map.entry("Timestamp", type("string").put("format", "date-time")),
            Map.entry("Duration", type("string").put("pattern", "^-?[0-9]+(\\.[0-9]{1,9})?s$")),
            Map.entry("FieldMask", type("string").put("description", "Names of fields, with commas between them.")),
            Map.entry("Struct", type("object").put("additionalProperties", true)),
            Map.entry("Value", new JsonObject().put("description", "Any JSON.")),
            Map.entry("ListValue", type("array").put("items", new JsonObject())),
            Map.entry("Empty", type("object")),
            Map.entry("StringValue", type("string", "null")),
            Map.entry("BoolValue", type("boolean", "null")),
            Map.entry("Int32Value", type("integer", "null")),
            Map.entry("Int64Value", type("string", "null").put("format", "int64")),
            Map.entry("DoubleValue", type("number", "null")));

    private final ContractComments comments;
    private final Map<String, JsonObject> schemas = new TreeMap<>();

    JsonSchemas(ContractComments comments) {
        this.comments = comments;
    }

    /** All that were referred to, by name. */
    JsonObject all() {
        JsonObject all = new JsonObject();
        schemas.forEach(all::put);
        return all;
    }

    JsonObject reference(Descriptor message) {
        if (message.getFile().getPackage().equals("google.protobuf")) {
            return WELL_KNOWN.get(message.getName()).copy();
        }
        String name = name(message.getFullName(), message.getFile().getPackage());
        if (!schemas.containsKey(name)) {
            // Before its fields: messages may contain themselves.
            schemas.put(name, new JsonObject());
            schemas.put(name, schema(message));
        }
        return reference(name);
    }

    private JsonObject schema(Descriptor message) {
        JsonObject properties = new JsonObject();
        message.getFields().forEach(field -> properties.put(field.getName(), property(field)));
        return described(type("object"), comments.of(message.getFullName())).put("properties", properties);
    }

    private JsonObject property(FieldDescriptor field) {
        JsonObject property;
        if (field.isMapField()) {
            FieldDescriptor value = field.getMessageType().findFieldByName("value");
            property = type("object").put("additionalProperties", value(value));
        } else {
            property = field.isRepeated() ? type("array").put("items", value(field)) : value(field);
        }
        OneofDescriptor choice = field.getRealContainingOneof();
        String others = choice == null
                ? ""
                : " One of these at the most: "
                        + choice.getFields().stream()
                                .map(FieldDescriptor::getName)
                                .collect(Collectors.joining(", "))
                        + ".";
        return described(property, (comments.of(field.getFullName()) + others).strip());
    }

    private JsonObject value(FieldDescriptor field) {
        return switch (field.getType()) {
            case DOUBLE, FLOAT -> type("number");
            case BOOL -> type("boolean");
            case STRING -> type("string");
            case BYTES -> type("string").put("contentEncoding", "base64");
            case INT32, SINT32, SFIXED32 -> type("integer").put("format", "int32");
            case UINT32, FIXED32 -> type("integer").put("format", "int64").put("minimum", 0);
            // As text: JavaScript's numbers are not so exact.
            case INT64, SINT64, SFIXED64, UINT64, FIXED64 -> type("string").put("format", "int64");
            case ENUM -> reference(field.getEnumType());
            case MESSAGE, GROUP -> reference(field.getMessageType());
        };
    }

    private JsonObject reference(EnumDescriptor kind) {
        String name = name(kind.getFullName(), kind.getFile().getPackage());
        schemas.computeIfAbsent(name, absent -> {
            JsonArray values = new JsonArray();
            StringBuilder words = new StringBuilder(comments.of(kind.getFullName()));
            kind.getValues().forEach(value -> {
                values.add(value.getName());
                words.append("\n\n- `").append(value.getName()).append("`: ");
                words.append(comments.of(kind.getFullName() + "." + value.getName()));
            });
            return described(type("string"), words.toString()).put("enum", values);
        });
        return reference(name);
    }

    static JsonObject reference(String name) {
        return new JsonObject().put("$ref", "#/components/schemas/" + name);
    }

    private static String name(String fullName, String within) {
        return fullName.substring(within.length() + 1);
    }

    private static JsonObject described(JsonObject schema, String words) {
        return words.isEmpty() ? schema : schema.put("description", words);
    }

    private static JsonObject type(String... names) {
        return new JsonObject().put("type", names.length == 1 ? names[0] : new JsonArray(java.util.List.of(names)));
    }
}
