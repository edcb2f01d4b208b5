package io.aftercall.rpc;

import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyConditions;
import io.aftercall.api.v1.PolicyProvenance;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import io.aftercall.policy.PolicyScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Policies in messages. */
final class PolicyProto {

    private PolicyProto() {}

    /**
     * Which policy a request is about; null if anything is wrong with that.
     *
     * @param prefix what stands before the names of the fields
     */
    static PolicyKey readKey(
            FieldReader fields,
            String prefix,
            io.aftercall.api.v1.PolicyScope proto,
            String scopeId,
            PolicyConditions conditions) {
        PolicyScope scope = fields.choice(prefix + "scope", proto, PolicyScope.class);
        Channel channel = fields.optionalChoice(prefix + "conditions.channel", conditions.getChannel(), Channel.class);
        Direction direction =
                fields.optionalChoice(prefix + "conditions.direction", conditions.getDirection(), Direction.class);
        return scope == null || fields.violations().add(prefix + "scope_id", PolicyKey.scopeIdViolation(scope, scopeId))
                ? null
                : new PolicyKey(scope, scopeId, channel, direction);
    }

    private static Optional<PolicyConditions> conditions(PolicyKey key) {
        PolicyConditions.Builder conditions = PolicyConditions.newBuilder();
        if (key.channel() != null) {
            conditions.setChannel(InteractionProto.write(key.channel()));
        }
        if (key.direction() != null) {
            conditions.setDirection(ProtoEnums.write(key.direction(), io.aftercall.api.v1.Direction.class));
        }
        return key.channel() == null && key.direction() == null ? Optional.empty() : Optional.of(conditions.build());
    }

    static Policy write(AcwPolicy policy) {
        return write(policy.key(), policy.rules()).toBuilder()
                .setEtag(policy.etag())
                .setRevision(policy.revision())
                .setUpdateTime(ProtoTimes.timestamp(policy.updateTime()))
                .build();
    }

    static Policy write(PolicyKey key, PolicyRules rules) {
        Policy.Builder proto = write(rules).toBuilder()
                .setScope(ProtoEnums.write(key.scope(), io.aftercall.api.v1.PolicyScope.class))
                .setScopeId(key.scopeId());
        conditions(key).ifPresent(proto::setConditions);
        return proto.build();
    }

    static Policy write(EffectivePolicy policy) {
        return write(policy.rules()).toBuilder().setRevision(policy.revision()).build();
    }

    static PolicyProvenance writeProvenance(AcwPolicy source) {
        PolicyProvenance.Builder proto = PolicyProvenance.newBuilder()
                .setScope(ProtoEnums.write(source.key().scope(), io.aftercall.api.v1.PolicyScope.class))
                .setScopeId(source.key().scopeId())
                .setRevision(source.revision());
        conditions(source.key()).ifPresent(proto::setConditions);
        return proto.build();
    }

    /** A place in a list of policies. */
    static String writePlace(PolicyKey key) {
        return String.join(
                " ",
                key.scope().name(),
                key.channel() == null ? "-" : key.channel().name(),
                key.direction() == null ? "-" : key.direction().name(),
                key.scopeId());
    }

    /**
     * Reads what {@link #writePlace} wrote.
     *
     * @throws IllegalArgumentException if it did not write this
     */
    static PolicyKey readPlace(String text) {
        String[] parts = text.split(" ", 4);
        if (parts.length < 4) {
            throw new IllegalArgumentException("Not a place in a list of policies");
        }
        return new PolicyKey(
                PolicyScope.valueOf(parts[0]),
                parts[3],
                parts[1].equals("-") ? null : Channel.valueOf(parts[1]),
                parts[2].equals("-") ? null : Direction.valueOf(parts[2]));
    }

    /** Which policy, in an error. */
    static Map<String, String> metadata(PolicyKey key) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("scope", key.scope().name());
        metadata.put("scope_id", key.scopeId());
        if (key.channel() != null) {
            metadata.put("channel", key.channel().name());
        }
        if (key.direction() != null) {
            metadata.put("direction", key.direction().name());
        }
        return metadata;
    }

    /** Violations of a policy as they are named in a request. */
    static Map<String, String> inRequest(Map<String, String> violations) {
        Map<String, String> named = new LinkedHashMap<>();
        violations.forEach((field, what) -> named.put("policy." + field, what));
        return named;
    }

    static Policy write(PolicyRules rules) {
        Policy.Builder proto = Policy.newBuilder();
        RulesWriter.write(rules, proto);
        return proto.build();
    }
}
