package io.aftercall.rpc;

import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyProvenance;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import io.aftercall.policy.PolicyScope;
import java.util.LinkedHashMap;
import java.util.Map;

/** Policies in messages. */
final class PolicyProto {

    private PolicyProto() {}

    /** Which policy a request is about; null if anything is wrong with that. */
    static PolicyKey readKey(FieldReader fields, String prefix, io.aftercall.api.v1.PolicyScope proto, String scopeId) {
        PolicyScope scope = fields.choice(prefix + "scope", proto, PolicyScope.class);
        if (scope == null) {
            return null;
        }
        if (!scope.supported()) {
            fields.violations().add(prefix + "scope", "must be TENANT or AGENT in this release");
            return null;
        }
        return fields.violations().add(prefix + "scope_id", PolicyKey.scopeIdViolation(scope, scopeId))
                ? null
                : new PolicyKey(scope, scopeId);
    }

    static Policy write(AcwPolicy policy) {
        return write(policy.rules())
                .setScope(ProtoEnums.write(policy.key().scope(), io.aftercall.api.v1.PolicyScope.class))
                .setScopeId(policy.key().scopeId())
                .setEtag(policy.etag())
                .setRevision(policy.revision())
                .setUpdateTime(ProtoTimes.timestamp(policy.updateTime()))
                .build();
    }

    static Policy write(EffectivePolicy policy) {
        return write(policy.rules()).setRevision(policy.revision()).build();
    }

    static PolicyProvenance writeProvenance(AcwPolicy source) {
        return PolicyProvenance.newBuilder()
                .setScope(ProtoEnums.write(source.key().scope(), io.aftercall.api.v1.PolicyScope.class))
                .setScopeId(source.key().scopeId())
                .setRevision(source.revision())
                .build();
    }

    /** Which policy, in an error. */
    static Map<String, String> metadata(PolicyKey key) {
        return Map.of("scope", key.scope().name(), "scope_id", key.scopeId());
    }

    /** Violations of a policy as they are named in a request. */
    static Map<String, String> inRequest(Map<String, String> violations) {
        Map<String, String> named = new LinkedHashMap<>();
        violations.forEach((field, what) -> named.put("policy." + field, what));
        return named;
    }

    private static Policy.Builder write(PolicyRules rules) {
        Policy.Builder proto = Policy.newBuilder();
        RulesWriter.write(rules, proto);
        return proto;
    }
}
