package io.aftercall.rpc.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks through a request before Protobuf reads it, which takes more than JSON (RFC 8259): what stands behind the object,
 * a name that is there twice, and times that do not exist, which it moves to some that do.
 */
final class StrictJson {

    /** As deep as Protobuf reads. */
    private static final int DEPTH = 100;

    /** Named at once. */
    private static final int MOST = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
            .build();

    /** The form of times in RFC 3339; which of them there are, the calendar says. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

    /** Those whose JSON does not look like their fields begin so. */
    private static final String WELL_KNOWN = "google.protobuf.";

    /**
     * An object or an array that has begun.
     *
     * @param type of the object, or of the array's elements; null if anything may be there
     * @param names the object's so far; null of an array
     */
    private record Begun(Descriptor type, Set<String> names) {}

    private final JsonParser parser;
    private final Deque<Begun> open = new ArrayDeque<>();
    private final Map<String, String> violations = new LinkedHashMap<>();
    private Descriptor expected;

    private StrictJson(JsonParser parser, Descriptor type) {
        this.parser = parser;
        this.expected = type;
    }

    /**
     * What is wrong with which field.
     *
     * @param json empty for a request without fields
     * @throws InvalidProtocolBufferException with words for the caller, if it is no JSON object
     */
    static Map<String, String> violations(String json, Descriptor type) throws InvalidProtocolBufferException {
        if (json.isBlank()) {
            return Map.of();
        }
        try (JsonParser parser = JSON.createParser(json)) {
            return new StrictJson(parser, type).read();
        } catch (StreamConstraintsException beyond) {
            throw malformed("This is nested more than %d deep, or a name or number in it is too long", DEPTH);
        } catch (JsonProcessingException bad) {
            throw malformed(
                    "This is not JSON, at line %d, column %d",
                    bad.getLocation().getLineNr(), bad.getLocation().getColumnNr());
        } catch (InvalidProtocolBufferException bad) {
            throw bad;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Map<String, String> read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw malformed("A request is one JSON object");
        }
        do {
            take(parser.currentToken());
        } while (!open.isEmpty() && parser.nextToken() != null);
        if (parser.nextToken() != null) {
            throw malformed("A request is one JSON object, and something stands behind it");
        }
        return violations;
    }

    private void take(JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT -> open.push(new Begun(type(), new HashSet<>()));
            case START_ARRAY -> open.push(new Begun(type(), null));
            case END_OBJECT, END_ARRAY -> open.pop();
            case FIELD_NAME -> expect(parser.currentName());
            case VALUE_STRING -> checkTime(parser.getText());
            default -> {
                // Protobuf says whether it is the right one.
            }
        }
    }

    /** Of the value that comes. */
    private Descriptor type() {
        return open.isEmpty() || open.peek().names() != null
                ? expected
                : open.peek().type();
    }

    private void expect(String name) throws InvalidProtocolBufferException {
        Begun object = open.peek();
        if (!object.names().add(name)) {
            throw malformed("The field %s is there twice", place(parser.getParsingContext()));
        }
        FieldDescriptor field = object.type() == null ? null : field(object.type(), name);
        expected = field == null || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                ? null
                : field.getMessageType();
    }

    private static FieldDescriptor field(Descriptor type, String name) {
        if (type.getOptions().getMapEntry()) {
            return type.findFieldByName("value");
        }
        if (type.getFullName().startsWith(WELL_KNOWN)) {
            return null;
        }
        FieldDescriptor field = type.findFieldByName(name);
        return field != null
                ? field
                : type.getFields().stream()
                        .filter(one -> one.getJsonName().equals(name))
                        .findAny()
                        .orElse(null);
    }

    private void checkTime(String text) {
        if (type() == Timestamp.getDescriptor() && !isTime(text) && violations.size() < MOST) {
            violations.put(place(parser.getParsingContext()), "must be a time of RFC 3339, as 2026-03-31T14:00:00Z");
        }
    }

    private static boolean isTime(String text) {
        if (!TIME.matcher(text).matches()) {
            return false;
        }
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }

    /** As {@code details.due_time} or {@code agents[2].agent_id}. */
    private static String place(JsonStreamContext context) {
        if (context.inRoot()) {
            return "";
        }
        String before = place(context.getParent());
        if (context.inArray()) {
            return before + "[" + context.getCurrentIndex() + "]";
        }
        return before.isEmpty() ? context.getCurrentName() : before + "." + context.getCurrentName();
    }

    private static InvalidProtocolBufferException malformed(String message, Object... values) {
        return new InvalidProtocolBufferException(String.format(message, values));
    }
}
