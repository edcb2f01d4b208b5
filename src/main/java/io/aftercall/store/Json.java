package io.aftercall.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Values in stored JSON: as text, in ISO 8601 where they are times, and left out where they are null. */
final class Json {

    private Json() {}

    static void put(JsonObject json, String key, Object value) {
        if (value != null) {
            json.put(key, value.toString());
        }
    }

    static <T> T value(JsonObject json, String key, Function<String, T> parse) {
        String text = json.getString(key);
        return text == null ? null : parse.apply(text);
    }

    static <E extends Enum<E>> E choice(JsonObject json, String key, Class<E> type) {
        return value(json, key, text -> Enum.valueOf(type, text));
    }

    static Instant instant(JsonObject json, String key) {
        return value(json, key, Instant::parse);
    }

    static <T> void put(JsonObject json, String key, List<T> values, Function<T, JsonObject> write) {
        if (!values.isEmpty()) {
            JsonArray array = new JsonArray();
            values.forEach(value -> array.add(write.apply(value)));
            json.put(key, array);
        }
    }

    static <T> List<T> list(JsonObject json, String key, Function<JsonObject, T> read) {
        JsonArray array = json.getJsonArray(key);
        return array == null
                ? List.of()
                : array.stream().map(JsonObject.class::cast).map(read).toList();
    }
}
