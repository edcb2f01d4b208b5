package io.aftercall.rpc;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** JSON objects in messages, and as text. Equal ones have the same text: names are in order, whole numbers without a point. */
final class StructJson {

    /** Beyond it, not every whole number is one. */
    private static final double WHOLE = 1L << 53;

    private StructJson() {}

    /** Empty if it has something that JSON has not, or PostgreSQL does not keep. */
    static Optional<String> read(Struct struct) {
        try {
            return Optional.of(object(struct).encode());
        } catch (IllegalArgumentException notJson) {
            return Optional.empty();
        }
    }

    static Struct write(String json) {
        return struct(new JsonObject(json));
    }

    private static JsonObject object(Struct struct) {
        JsonObject object = new JsonObject();
        new TreeMap<>(struct.getFieldsMap()).forEach((name, value) -> object.put(text(name), value(value)));
        return object;
    }

    private static Object value(Value value) {
        return switch (value.getKindCase()) {
            case NULL_VALUE -> null;
            case NUMBER_VALUE -> number(value.getNumberValue());
            case STRING_VALUE -> text(value.getStringValue());
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> object(value.getStructValue());
            case LIST_VALUE -> {
                JsonArray array = new JsonArray();
                value.getListValue().getValuesList().forEach(entry -> array.add(value(entry)));
                yield array;
            }
            case KIND_NOT_SET -> throw new IllegalArgumentException("a value of no kind");
        };
    }

    private static Number number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("not a number of JSON");
        }
        return number == Math.rint(number) && Math.abs(number) < WHOLE ? (Number) (long) number : (Number) number;
    }

    private static String text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the character U+0000");
        }
        return text;
    }

    private static Struct struct(JsonObject object) {
        Struct.Builder struct = Struct.newBuilder();
        for (Map.Entry<String, Object> field : object) {
            struct.putFields(field.getKey(), value(field.getValue()));
        }
        return struct.build();
    }

    private static Value value(Object value) {
        Value.Builder written = Value.newBuilder();
        if (value == null) {
            return written.setNullValue(NullValue.NULL_VALUE).build();
        }
        if (value instanceof Number number) {
            return written.setNumberValue(number.doubleValue()).build();
        }
        if (value instanceof Boolean flag) {
            return written.setBoolValue(flag).build();
        }
        if (value instanceof JsonObject object) {
            return written.setStructValue(struct(object)).build();
        }
        if (value instanceof JsonArray array) {
            ListValue.Builder list = ListValue.newBuilder();
            array.forEach(entry -> list.addValues(value(entry)));
            return written.setListValue(list).build();
        }
        return written.setStringValue(value.toString()).build();
    }
}
