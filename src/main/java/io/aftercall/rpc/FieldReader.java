package io.aftercall.rpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.Timestamp;
import io.aftercall.agent.AgentId;
import io.aftercall.agent.Presence;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.engine.RequestKey;
import io.aftercall.interaction.Identifier;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.ShortText;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads single fields of requests and notes what is wrong with them; a bad field reads as null. */
final class FieldReader {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    private static final int MAX_FORCE_REASON = 256;
    private static final int MAX_IDS = 100;
    private static final int NANOS = 1_000_000_000;
    private static final long MAX_SECONDS = 315_576_000_000L;

    private final Violations violations = new Violations();

    Violations violations() {
        return violations;
    }

    String id(String field, String value) {
        return violations.add(field, Identifier.violation(value)) ? null : value;
    }

    String optionalId(String field, String value) {
        return value.isEmpty() ? null : id(field, value);
    }

    /** Some ids of the same kind. */
    Set<String> ids(String field, List<String> ids) {
        if (ids.size() > MAX_IDS) {
            violations.add(field, "may have " + MAX_IDS + " entries at most");
        }
        ids.stream().limit(MAX_IDS).forEach(id -> id(field, id));
        return new HashSet<>(ids);
    }

    /** Null if it is not one. */
    UUID uuid(String field, String value) {
        try {
            UUID id = UUID.fromString(value);
            if (id.toString().equalsIgnoreCase(value)) {
                return id;
            }
        } catch (IllegalArgumentException notOne) {
            // Said below.
        }
        violations.add(field, "must be a UUID");
        return null;
    }

    AgentId agentId(String value) {
        String id = id("agent_id", value);
        return id == null ? null : new AgentId(id);
    }

    InteractionId interactionId(String field, String value) {
        String id = id(field, value);
        return id == null ? null : new InteractionId(id);
    }

    /** A value of an enum; unspecified reads as null. */
    <E extends Enum<E>> E optionalChoice(String field, ProtocolMessageEnum value, Class<E> type) {
        Optional<E> choice = ProtoEnums.read(value, type);
        if (choice.isEmpty() && !ProtoEnums.unspecified(value)) {
            violations.add(field, "is not a value of this version of the contract");
        }
        return choice.orElse(null);
    }

    <E extends Enum<E>> E choice(String field, ProtocolMessageEnum value, Class<E> type) {
        if (ProtoEnums.unspecified(value)) {
            violations.add(field, "is required");
        }
        return optionalChoice(field, value, type);
    }

    Instant time(String field, boolean present, Timestamp value) {
        if (!present) {
            return null;
        }
        boolean valid = value.getNanos() >= 0
                && value.getNanos() < NANOS
                && value.getSeconds() >= EARLIEST.getEpochSecond()
                && value.getSeconds() < LATEST.getEpochSecond();
        if (!valid) {
            violations.add(field, "must be a time from the year 2000 up to 2100");
            return null;
        }
        return Instant.ofEpochSecond(value.getSeconds(), value.getNanos() / 1_000 * 1_000);
    }

    java.time.Duration duration(String field, boolean present, Duration value) {
        if (!present) {
            return null;
        }
        boolean valid = Math.abs((long) value.getNanos()) < NANOS
                && value.getSeconds() >= -MAX_SECONDS
                && value.getSeconds() <= MAX_SECONDS
                && Long.signum(value.getSeconds()) * Integer.signum(value.getNanos()) >= 0;
        if (!valid) {
            violations.add(field, "is not a duration");
            return null;
        }
        // To the microsecond, which is what the database keeps.
        return java.time.Duration.ofSeconds(value.getSeconds(), value.getNanos() / 1_000 * 1_000);
    }

    PresenceSetting presence(
            String field, io.aftercall.api.v1.Presence value, String reasonField, String notReadyReason) {
        Presence presence = choice(field, value, Presence.class);
        boolean reasoned = !notReadyReason.isEmpty();
        if (reasoned && presence != null && presence != Presence.NOT_READY) {
            violations.add(reasonField, "is only allowed with presence NOT_READY");
            return null;
        }
        if (reasoned && violations.add(reasonField, ShortText.violation(notReadyReason))) {
            return null;
        }
        return presence == null ? null : new PresenceSetting(presence, reasoned ? notReadyReason : null);
    }

    /** Why a supervisor forces something; null without force. */
    String forceReason(boolean force, String reason) {
        int length = reason.codePointCount(0, reason.length());
        if (force && (reason.isBlank() || length > MAX_FORCE_REASON)) {
            violations.add("force_reason", "must have 1 to 256 characters with force");
        }
        if (reason.chars().anyMatch(Character::isISOControl)) {
            violations.add("force_reason", "must not have control characters");
        }
        if (!force && length > 0) {
            violations.add("force_reason", "is only allowed with force");
        }
        return force ? reason : null;
    }

    /**
     * @param content the request without its id
     */
    Optional<RequestKey> request(String requestId, Supplier<? extends Message> content) {
        if (requestId.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(uuid("request_id", requestId))
                .map(id -> new RequestKey(id, Fingerprint.of(content.get())));
    }
}
