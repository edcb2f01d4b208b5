package io.aftercall.rpc;

import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyImpact;
import io.aftercall.api.v1.RollbackPolicyResponse;
import io.aftercall.api.v1.UpdatePolicyResponse;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyContext;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyImpact.Change;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.PolicyRules;
import java.util.List;

/** What came of changes of policies, in messages. */
final class PolicyResults {

    private PolicyResults() {}

    static UpdatePolicyResponse updated(PolicyUpdates.Result result) {
        return UpdatePolicyResponse.newBuilder()
                .setPolicy(policy(result))
                .setRevision(result.revision())
                .setNarrowerResetCount(result.change().resetCount())
                .setAffectedAgentsCount(result.change().affectedAgents())
                .addAllChanges(write(result.changes()))
                .setOpenAcwsCount(result.openAcws())
                .build();
    }

    static RollbackPolicyResponse rolledBack(PolicyUpdates.Result result) {
        return RollbackPolicyResponse.newBuilder()
                .setPolicy(policy(result))
                .setRevision(result.revision())
                .setAffectedAgentsCount(result.change().affectedAgents())
                .addAllChanges(write(result.changes()))
                .setOpenAcwsCount(result.openAcws())
                .build();
    }

    static io.aftercall.api.v1.PolicyRevision write(PolicyRevision made) {
        PolicyChange change = made.change();
        Policy named = PolicyProto.write(change.key(), PolicyRules.NONE);
        io.aftercall.api.v1.PolicyRevision.Builder proto = io.aftercall.api.v1.PolicyRevision.newBuilder()
                .setRevision(made.revision())
                .setChangeTime(ProtoTimes.timestamp(made.time()))
                .setActor(made.actor())
                .setScope(named.getScope())
                .setScopeId(named.getScopeId())
                .setNarrowerResetCount(change.resetCount())
                .setResetTakenBack(made.takenBack())
                .setAffectedAgentsCount(change.affectedAgents());
        if (named.hasConditions()) {
            proto.setConditions(named.getConditions());
        }
        if (!change.before().isEmpty()) {
            proto.setBefore(PolicyProto.write(change.key(), change.before()));
        }
        if (!change.after().isEmpty()) {
            proto.setAfter(PolicyProto.write(change.key(), change.after()));
        }
        change.reset()
                .ifPresent(reset ->
                        reset.fields().stream().map(PolicyField::name).sorted().forEach(proto::addResetRules));
        change.rolledBackTo().ifPresent(proto::setRolledBackToRevision);
        return proto.build();
    }

    /** The policy afterwards; without an etag if it was not made. */
    private static Policy policy(PolicyUpdates.Result result) {
        PolicyChange change = result.change();
        return result.made()
                .filter(made -> !change.after().isEmpty())
                .map(made ->
                        PolicyProto.write(new AcwPolicy(change.key(), change.after(), made.revision(), made.time())))
                .orElseGet(() -> PolicyProto.write(change.key(), change.after()));
    }

    private static List<PolicyImpact> write(List<Change> changes) {
        return changes.stream().map(PolicyResults::write).toList();
    }

    private static PolicyImpact write(Change change) {
        PolicyContext context = change.context();
        PolicyImpact.Builder proto = PolicyImpact.newBuilder()
                .setAgentId(context.agentId())
                .setBefore(PolicyProto.write(change.before()))
                .setAfter(PolicyProto.write(change.after()));
        if (context.queueId() != null) {
            proto.setQueueId(context.queueId());
        }
        if (context.channel() != null) {
            proto.setChannel(InteractionProto.write(context.channel()));
        }
        if (context.direction() != null) {
            proto.setDirection(ProtoEnums.write(context.direction(), io.aftercall.api.v1.Direction.class));
        }
        return proto.build();
    }
}
