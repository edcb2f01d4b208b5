package io.aftercall.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.CompleteAcw;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.WrapUp;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Completions and wrap-ups in messages. */
final class WrapUpProto {

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
        return new WrapUp(disposition, proto.getNotes(), tags);
    }

    private static boolean badTag(String tag) {
        return tag.isBlank()
                || tag.codePointCount(0, tag.length()) > WrapUp.MAX_TAG_LENGTH
                || tag.chars().anyMatch(Character::isISOControl);
    }
}
