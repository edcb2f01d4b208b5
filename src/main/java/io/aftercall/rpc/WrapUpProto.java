package io.aftercall.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.CompleteAcw;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.agent.SaveWrapUp;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.EmailSummary;
import io.aftercall.wrapup.WrapUp;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Wrap-ups in messages, and the commands that bring them. */
final class WrapUpProto {

    private static final String FORM_VALUES = "wrap_up.form_values";
    private static final int MAX_ETAG_LENGTH = 64;

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
        if (!request.getEtag().isEmpty() && !request.hasWrapUp()) {
            fields.violations().add("etag", "is only allowed with wrap_up");
        }
        String forceReason = fields.forceReason(request.getForce(), request.getForceReason());
        return new CompleteAcw(
                agentId,
                interactionId,
                wrapUp,
                etag(fields, request.getEtag()),
                next,
                forceReason,
                FollowUpProto.promises(fields, agentId, request.getFollowUpsList()));
    }

    /** The command of a request; unusable if anything is wrong with it. */
    static SaveWrapUp read(FieldReader fields, SaveWrapUpRequest request) {
        AgentId agentId = fields.agentId(request.getAgentId());
        InteractionId interactionId = fields.interactionId("interaction_id", request.getInteractionId());
        if (!request.hasWrapUp()) {
            fields.violations().add("wrap_up", "is required");
        }
        return new SaveWrapUp(
                agentId, interactionId, read(fields, request.getWrapUp()), etag(fields, request.getEtag()));
    }

    static String etag(FieldReader fields, String etag) {
        if (etag.length() > MAX_ETAG_LENGTH) {
            fields.violations().add("etag", "is not one of this server's");
        }
        return etag;
    }

    static WrapUp read(FieldReader fields, io.aftercall.api.v1.WrapUp proto) {
        String disposition = fields.optionalId("wrap_up.disposition_code", proto.getDispositionCode());
        String subject = proto.getSubject();
        if (subject.codePointCount(0, subject.length()) > WrapUp.MAX_SUBJECT_LENGTH
                || subject.chars().anyMatch(Character::isISOControl)) {
            fields.violations().add("wrap_up.subject", "must be one line of 256 printable characters at most");
        }
        text(fields, "wrap_up.notes", proto.getNotes(), WrapUp.MAX_NOTES_BYTES);
        text(fields, "wrap_up.actions_taken", proto.getActionsTaken(), WrapUp.MAX_ACTIONS_BYTES);
        text(fields, "wrap_up.actions_recommended", proto.getActionsRecommended(), WrapUp.MAX_ACTIONS_BYTES);
        List<String> tags = proto.getTagsList();
        if (tags.size() > WrapUp.MAX_TAGS) {
            fields.violations().add("wrap_up.tags", "may have " + WrapUp.MAX_TAGS + " entries at most");
        }
        if (new HashSet<>(tags).size() < tags.size()) {
            fields.violations().add("wrap_up.tags", "has a tag twice");
        }
        for (int i = 0; i < Math.min(tags.size(), WrapUp.MAX_TAGS); i++) {
            newTag(fields, "wrap_up.tags[" + i + "]", tags.get(i));
        }
        return new WrapUp(
                disposition,
                formValues(fields, proto),
                subject,
                proto.getNotes(),
                proto.getActionsTaken(),
                proto.getActionsRecommended(),
                tags,
                proto.hasEmailSummary() ? emailSummary(fields, proto.getEmailSummary()) : null);
    }

    private static EmailSummary emailSummary(FieldReader fields, io.aftercall.api.v1.EmailSummary proto) {
        fields.violations().add("wrap_up.email_summary.address", EmailSummary.violation(proto.getAddress()));
        if (!EmailSummary.LANGUAGES.contains(proto.getLanguage())) {
            fields.violations().add("wrap_up.email_summary.language", "must be es or en");
        }
        return new EmailSummary(proto.getAddress(), proto.getLanguage());
    }

    static void text(FieldReader fields, String field, String text, int most) {
        if (text.getBytes(UTF_8).length > most) {
            fields.violations().add(field, "may have " + most / 1024 + " KiB in UTF-8 at most");
        }
        if (text.indexOf('\0') >= 0) {
            fields.violations().add(field, "must not have the character U+0000");
        }
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

    /** A tag that is given. */
    static void newTag(FieldReader fields, String field, String tag) {
        if (badTag(tag) || !tag.equals(tag.strip())) {
            fields.violations()
                    .add(
                            field,
                            "must be 1 to " + WrapUp.MAX_TAG_LENGTH
                                    + " printable characters, without spaces around them");
        }
    }

    /** Whether there can be none that is called so, or begins so. */
    static boolean badTag(String tag) {
        return tag.isBlank()
                || tag.codePointCount(0, tag.length()) > WrapUp.MAX_TAG_LENGTH
                || tag.chars().anyMatch(Character::isISOControl);
    }

    static io.aftercall.api.v1.WrapUp write(WrapUp wrapUp) {
        io.aftercall.api.v1.WrapUp.Builder proto = io.aftercall.api.v1.WrapUp.newBuilder()
                .setSubject(wrapUp.subject())
                .setNotes(wrapUp.notes())
                .setActionsTaken(wrapUp.actionsTaken())
                .setActionsRecommended(wrapUp.actionsRecommended())
                .addAllTags(wrapUp.tags());
        if (wrapUp.dispositionCode() != null) {
            proto.setDispositionCode(wrapUp.dispositionCode());
        }
        if (!wrapUp.formValues().isEmpty()) {
            proto.setFormValues(StructJson.write(wrapUp.formValues()));
        }
        if (wrapUp.emailSummary() != null) {
            proto.setEmailSummary(io.aftercall.api.v1.EmailSummary.newBuilder()
                    .setAddress(wrapUp.emailSummary().address())
                    .setLanguage(wrapUp.emailSummary().language()));
        }
        return proto.build();
    }
}
