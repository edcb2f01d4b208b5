package io.aftercall.rpc;

import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyConditions;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.RollbackPolicyRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.engine.PolicyRollback;
import io.aftercall.engine.PolicyUpdate;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what supervisors ask for. */
final class PolicyRequests {

    private PolicyRequests() {}

    static PolicyUpdate update(FieldReader fields, UpdatePolicyRequest request) {
        if (!request.hasPolicy()) {
            fields.violations().add("policy", "is required");
        }
        Policy policy = request.getPolicy();
        PolicyKey key =
                PolicyProto.readKey(fields, "policy.", policy.getScope(), policy.getScopeId(), policy.getConditions());
        PolicyRules rules = new RulesReader(fields).read(policy);
        Collection<PolicyField<?>> named = named(fields, request, rules);
        if (key != null) {
            PolicyProto.inRequest(AcwPolicy.violations(key, rules)).forEach(fields.violations()::add);
        }
        return new PolicyUpdate(key, rules, named, etag(policy.getEtag()), request.getResetNarrower());
    }

    static PolicyRollback rollback(FieldReader fields, RollbackPolicyRequest request) {
        PolicyKey key =
                PolicyProto.readKey(fields, "", request.getScope(), request.getScopeId(), request.getConditions());
        if (request.getRevision() < 0) {
            fields.violations().add("revision", "must not be negative");
        }
        return new PolicyRollback(key, request.getRevision(), etag(request.getEtag()), request.getRestoreNarrower());
    }

    /**
     * Which policy a request is about.
     *
     * @throws Violations.InvalidFields if anything is wrong with that
     */
    static PolicyKey key(PolicyScope scope, String scopeId, PolicyConditions conditions) {
        FieldReader fields = new FieldReader();
        PolicyKey key = PolicyProto.readKey(fields, "", scope, scopeId, conditions);
        fields.violations().throwIfAny();
        return key;
    }

    static Optional<String> etag(String etag) {
        return etag.isEmpty() ? Optional.empty() : Optional.of(etag);
    }

    private static Collection<PolicyField<?>> named(
            FieldReader fields, UpdatePolicyRequest request, PolicyRules rules) {
        if (!request.hasUpdateMask()) {
            List<PolicyField<?>> set = rules.fields().toList();
            if (set.isEmpty() && fields.violations().none()) {
                fields.violations().add("policy", "sets no rule, and no update_mask says which to clear");
            }
            return set;
        }
        Set<PolicyField<?>> named = new LinkedHashSet<>();
        List<String> paths = request.getUpdateMask().getPathsList();
        for (int i = 0; i < paths.size(); i++) {
            String violation = "paths[" + i + "] is no rule";
            PolicyField.named(paths.get(i))
                    .ifPresentOrElse(named::add, () -> fields.violations().add("update_mask", violation));
        }
        if (named.isEmpty()) {
            fields.violations().add("update_mask", "names no rule");
        }
        return named;
    }
}
