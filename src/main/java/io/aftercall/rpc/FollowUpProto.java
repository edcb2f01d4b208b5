package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.api.v1.FollowUp;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.NewFollowUp;
import io.aftercall.followup.Assignee;
import io.aftercall.followup.FollowUpKind;
import io.aftercall.followup.FollowUpState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Follow-ups in messages. */
final class FollowUpProto {

    private static final int MOST_WITH_AN_ACW = 20;

    private static final Function<FollowUpKind, io.aftercall.api.v1.FollowUpKind> KIND =
            ProtoEnums.writer(FollowUpKind.class, io.aftercall.api.v1.FollowUpKind.class);
    private static final Function<FollowUpState, io.aftercall.api.v1.FollowUpState> STATE =
            ProtoEnums.writer(FollowUpState.class, io.aftercall.api.v1.FollowUpState.class);

    private FollowUpProto() {}

    /** Those that come with the end of an ACW; unusable if anything is wrong with them. */
    static Map<UUID, io.aftercall.followup.FollowUpDetails> promises(
            FieldReader fields, AgentId agentId, List<NewFollowUp> protos) {
        Map<UUID, io.aftercall.followup.FollowUpDetails> promises = new LinkedHashMap<>();
        if (protos.size() > MOST_WITH_AN_ACW) {
            fields.violations().add("follow_ups", "may have " + MOST_WITH_AN_ACW + " entries at most");
            return promises;
        }
        for (int i = 0; i < protos.size(); i++) {
            String path = "follow_ups[" + i + "].";
            UUID id = fields.uuid(path + "follow_up_id", protos.get(i).getFollowUpId());
            io.aftercall.followup.FollowUpDetails details =
                    read(fields, path + "details.", agentId, protos.get(i).getDetails());
            if (details != null && details.assignee().agent() && !holds(agentId, details)) {
                fields.violations().add(path + "details.assignee", "must not be another agent");
            }
            if (promises.containsKey(id)) {
                fields.violations().add(path + "follow_up_id", "is there twice");
            }
            promises.put(id, details);
        }
        return promises;
    }

    private static boolean holds(AgentId agentId, io.aftercall.followup.FollowUpDetails details) {
        return agentId != null && details.assignee().id().equals(agentId.value());
    }

    /**
     * What was promised; null if anything that is required is wrong with it.
     *
     * @param promising the assignee if none is named
     */
    static io.aftercall.followup.FollowUpDetails read(
            FieldReader fields, String path, AgentId promising, FollowUpDetails proto) {
        FollowUpKind kind = fields.choice(path + "kind", proto.getKind(), FollowUpKind.class);
        if (!proto.hasDueTime()) {
            fields.violations().add(path + "due_time", "is required");
        }
        Instant due = fields.time(path + "due_time", proto.hasDueTime(), proto.getDueTime());
        String customerId = fields.optionalId(path + "customer_id", proto.getCustomerId());
        String note = note(fields, path, proto.getNote());
        Assignee assignee = proto.hasAssignee() ? assignee(fields, path, proto.getAssignee()) : to(promising);
        return kind == null || due == null || assignee == null
                ? null
                : new io.aftercall.followup.FollowUpDetails(kind, due, assignee, note, customerId);
    }

    private static Assignee to(AgentId agentId) {
        return agentId == null ? null : new Assignee(Assignee.Type.AGENT, agentId.value());
    }

    static String note(FieldReader fields, String path, String note) {
        WrapUpProto.text(fields, path + "note", note, io.aftercall.followup.FollowUpDetails.MAX_NOTE_BYTES);
        return note;
    }

    /** Null if anything is wrong with it. */
    static Assignee assignee(FieldReader fields, String path, io.aftercall.api.v1.Assignee proto) {
        return switch (proto.getAssigneeCase()) {
            case AGENT_ID -> assignee(fields, path + "assignee.agent_id", Assignee.Type.AGENT, proto.getAgentId());
            case TEAM_ID -> assignee(fields, path + "assignee.team_id", Assignee.Type.TEAM, proto.getTeamId());
            case DEPARTMENT_ID ->
                assignee(fields, path + "assignee.department_id", Assignee.Type.DEPARTMENT, proto.getDepartmentId());
            case ASSIGNEE_NOT_SET -> {
                fields.violations().add(path + "assignee", "must name an agent, a team or a department");
                yield null;
            }
        };
    }

    private static Assignee assignee(FieldReader fields, String path, Assignee.Type type, String id) {
        String valid = fields.id(path, id);
        return valid == null ? null : new Assignee(type, valid);
    }

    static FollowUp write(io.aftercall.followup.FollowUp followUp) {
        FollowUp.Builder proto = FollowUp.newBuilder()
                .setFollowUpId(followUp.id().toString())
                .setDetails(write(followUp.details()))
                .setState(STATE.apply(followUp.state()))
                .setHolderAgentId(followUp.holderId())
                .setEtag(followUp.etag())
                .setCreateTime(ProtoTimes.timestamp(followUp.created().time()))
                .setCreatedBy(followUp.created().by())
                .setUpdateTime(ProtoTimes.timestamp(followUp.updated().time()))
                .setUpdatedBy(followUp.updated().by());
        if (followUp.interactionId() != null) {
            proto.setInteractionId(followUp.interactionId());
        }
        if (followUp.remindTime() != null) {
            proto.setRemindTime(ProtoTimes.timestamp(followUp.remindTime()));
        }
        return proto.build();
    }

    private static FollowUpDetails write(io.aftercall.followup.FollowUpDetails details) {
        io.aftercall.api.v1.Assignee.Builder assignee = io.aftercall.api.v1.Assignee.newBuilder();
        String id = details.assignee().id();
        switch (details.assignee().type()) {
            case AGENT -> assignee.setAgentId(id);
            case TEAM -> assignee.setTeamId(id);
            case DEPARTMENT -> assignee.setDepartmentId(id);
        }
        FollowUpDetails.Builder proto = FollowUpDetails.newBuilder()
                .setKind(KIND.apply(details.kind()))
                .setDueTime(ProtoTimes.timestamp(details.dueTime()))
                .setAssignee(assignee)
                .setNote(details.note());
        if (details.customerId() != null) {
            proto.setCustomerId(details.customerId());
        }
        return proto.build();
    }
}
