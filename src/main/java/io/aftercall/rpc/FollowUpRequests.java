package io.aftercall.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.CreateFollowUp;
import io.aftercall.agent.UpdateFollowUp;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.EscalateFollowUpRequest;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.TakeFollowUpRequest;
import io.aftercall.api.v1.UpdateFollowUpRequest;
import io.aftercall.engine.TenantId;
import io.aftercall.followup.Assignee;
import io.aftercall.followup.FollowUpKind;
import io.aftercall.followup.FollowUpState;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** The commands that requests about follow-ups bring; unusable if anything is wrong with them. */
final class FollowUpRequests {

    private FollowUpRequests() {}

    static CreateFollowUp create(FieldReader fields, CreateFollowUpRequest request, TenantId tenant) {
        AgentId promising = fields.agentId(request.getAgentId());
        UUID id = request.getFollowUpId().isEmpty()
                ? made(tenant, request.getRequestId())
                : fields.uuid("follow_up_id", request.getFollowUpId());
        io.aftercall.followup.FollowUpDetails details =
                FollowUpProto.read(fields, "details.", promising, request.getDetails());
        String interactionId = fields.optionalId("interaction_id", request.getInteractionId());
        AgentId holder = details != null ? holder(promising, details.assignee()) : promising;
        return new CreateFollowUp(holder, id, details, interactionId);
    }

    /** Who repeats a request means the same one. */
    private static UUID made(TenantId tenant, String requestId) {
        String name = tenant.value() + " " + requestId.toLowerCase(Locale.ROOT);
        return requestId.isEmpty() ? UUID.randomUUID() : UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    static UpdateFollowUp update(FieldReader fields, UpdateFollowUpRequest request) {
        AgentId heldBy = fields.agentId(request.getAgentId());
        FollowUpDetails proto = request.getDetails();
        FollowUpKind kind = fields.optionalChoice("details.kind", proto.getKind(), FollowUpKind.class);
        Instant due = fields.time("details.due_time", proto.hasDueTime(), proto.getDueTime());
        Assignee assignee =
                proto.hasAssignee() ? FollowUpProto.assignee(fields, "details.", proto.getAssignee()) : null;
        if (!proto.getCustomerId().isEmpty()) {
            fields.violations().add("details.customer_id", "cannot be changed");
        }
        FollowUpState state = fields.optionalChoice("state", request.getState(), FollowUpState.class);
        String note = FollowUpProto.note(fields, "details.", proto.getNote());
        return new UpdateFollowUp(
                holder(heldBy, assignee),
                fields.uuid("follow_up_id", request.getFollowUpId()),
                kind,
                due,
                assignee,
                note.isEmpty() ? null : note,
                state,
                WrapUpProto.etag(fields, request.getEtag()),
                heldBy);
    }

    static UpdateFollowUp escalate(FieldReader fields, EscalateFollowUpRequest request) {
        AgentId heldBy = fields.agentId(request.getAgentId());
        String department = fields.id("department_id", request.getDepartmentId());
        String note = FollowUpProto.note(fields, "", request.getNote());
        return new UpdateFollowUp(
                heldBy,
                fields.uuid("follow_up_id", request.getFollowUpId()),
                null,
                null,
                department == null ? null : new Assignee(Assignee.Type.DEPARTMENT, department),
                note.isEmpty() ? null : note,
                null,
                WrapUpProto.etag(fields, request.getEtag()),
                heldBy);
    }

    static UpdateFollowUp take(FieldReader fields, TakeFollowUpRequest request) {
        AgentId taking = fields.agentId(request.getAgentId());
        return new UpdateFollowUp(
                taking,
                fields.uuid("follow_up_id", request.getFollowUpId()),
                null,
                null,
                taking == null ? null : new Assignee(Assignee.Type.AGENT, taking.value()),
                null,
                null,
                WrapUpProto.etag(fields, request.getEtag()),
                null);
    }

    /** Who holds it: the assignee if that is an agent. */
    private static AgentId holder(AgentId otherwise, Assignee assignee) {
        return assignee != null && assignee.agent() ? new AgentId(assignee.id()) : otherwise;
    }
}
