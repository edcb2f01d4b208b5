package io.aftercall.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.CompleteAcw;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.WrapUp;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Completions and wrap-ups in messages. */
final class WrapUpProto {

    private static final String FORM_VALUES = "wrap_up.form_values";

    private WrapUpProto() {}

    /** The command of a request; unusable if anything is wrong with it. */
    static CompleteAcw read(FieldReader fields, CompleteAcwRequest request) {
        AgentId agentId = fields.agentId(request.getAgentId());
        InteractionId interactionId = fields.interactionId("interaction_id", request.getInteractionId());
        Optional<WrapUp> wrapUp =
                request.hasWrapUp() ? Optional.of(read(fields, request.getWrapUp())) : Optional.empty();
        Optional<PresenceSetting> next = request.hasNextPresence()
                ? Optional.ofNullable(fields.presence(
                        "next_presence.presence",
                        request.getNextPresence().getPresence(),
                        "next_presence.not_ready_reason",
                        request.getNextPresence().getNotReadyReason()))
                : Optional.empty();
        String forceReason = fields.forceReason(request.getForce(), request.getForceReason());
        return new CompleteAcw(agentId, interactionId, wrapUp, next, forceReason);
    }

    private static WrapUp read(FieldReader fields, io.aftercall.api.v1.WrapUp proto) {
        String disposition = fields.optionalId("wrap_up.disposition_code", proto.getDispositionCode());
        if (proto.getNotes().getBytes(UTF_8).length > WrapUp.MAX_NOTES_BYTES) {
            fields.violations().add("wrap_up.notes", "may have 16 KiB in UTF-8 at most");
        }
        if (proto.getNotes().indexOf('\0') >= 0) {
            fields.violations().add("wrap_up.notes", "must not have the character U+0000");
        }
        List<String> tags = proto.getTagsList();
        if (tags.size() > WrapUp.MAX_TAGS) {
            fields.violations().add("wrap_up.tags", "may have " + WrapUp.MAX_TAGS + " entries at most");
        }
        if (new HashSet<>(tags).size() < tags.size()) {
            fields.violations().add("wrap_up.tags", "has a tag twice");
        }
        if (tags.stream().anyMatch(WrapUpProto::badTag)) {
            fields.violations().add("wrap_up.tags", "has a tag that is not 1 to 64 printable characters");
        }
        return new WrapUp(disposition, formValues(fields, proto), proto.getNotes(), tags);
    }

    private static String formValues(FieldReader fields, io.aftercall.api.v1.WrapUp proto) {
        if (proto.getFormValues().getFieldsCount() == 0) {
            return "";
        }
        if (proto.getFormValues().getSerializedSize() > WrapUp.MAX_FORM_VALUES_BYTES) {
            fields.violations().add(FORM_VALUES, "may have 16 KiB at most");
            return "";
        }
        Optional<String> values = StructJson.read(proto.getFormValues());
        if (values.isEmpty()) {
            fields.violations().add(FORM_VALUES, "is not JSON, or has the character U+0000");
        }
        return values.orElse("");
    }

    /** What is wrong with the values of a form, as named in a request. */
    static Map<String, String> inRequest(Map<String, String> violations) {
        Map<String, String> named = new LinkedHashMap<>();
        new TreeMap<>(violations)
                .forEach((field, what) -> named.put(field.isEmpty() ? FORM_VALUES : FORM_VALUES + "." + field, what));
        return named;
    }

    private static boolean badTag(String tag) {
        return tag.isBlank()
                || tag.codePointCount(0, tag.length()) > WrapUp.MAX_TAG_LENGTH
                || tag.chars().anyMatch(Character::isISOControl);
    }
}
