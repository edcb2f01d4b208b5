package io.aftercall.store;

import io.aftercall.engine.PolicyStore.Recorded;
import io.aftercall.engine.RequestKey;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyReset;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.PolicyRules;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The table {@code policy_history}. */
@Entity
@Table(name = "policy_history")
@IdClass(PolicyHistoryEntity.Key.class)
public class PolicyHistoryEntity extends PanacheEntityBase {

    private static final String RULES = "rules";
    private static final String AGENTS = "agents";

    @Id
    @Column(name = "tenant_id")
    public String tenantId;

    @Id
    @Column(name = "revision")
    public long revision;

    @Column(name = "change_time")
    public Instant changeTime;

    @Column(name = "actor")
    public String actor;

    @Column(name = "scope")
    public String scope;

    @Column(name = "scope_id")
    public String scopeId;

    @Column(name = "channel")
    public String channel;

    @Column(name = "direction")
    public String direction;

    @Column(name = "rules_before")
    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> rulesBefore;

    @Column(name = "rules_after")
    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> rulesAfter;

    @Column(name = "reset")
    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, List<String>> reset;

    @Column(name = "reset_revoked")
    public boolean resetRevoked;

    @Column(name = "reset_count")
    public int resetCount;

    @Column(name = "affected_agents")
    public int affectedAgents;

    @Column(name = "taken_back")
    public String takenBack;

    @Column(name = "rolled_back_to")
    public Long rolledBackTo;

    @Column(name = "request_id")
    public UUID requestId;

    @Column(name = "fingerprint")
    public String fingerprint;

    /** What identifies a row. */
    public static class Key implements java.io.Serializable {

        public String tenantId;
        public long revision;

        public Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Objects.equals(tenantId, key.tenantId) && revision == key.revision;
        }

        @Override
        public int hashCode() {
            return Objects.hash(tenantId, revision);
        }
    }

    /** What the column {@code reset} has. */
    static JsonObject json(PolicyReset reset) {
        return new JsonObject()
                .put(
                        RULES,
                        reset.fields().stream().map(PolicyField::name).sorted().toList())
                .put(AGENTS, reset.agentIds().stream().sorted().toList());
    }

    PolicyRevision made() {
        var key = PolicyEntity.key(scope, scopeId, channel, direction);
        Optional<PolicyReset> narrower = Optional.ofNullable(reset)
                .map(cleared -> new PolicyReset(
                        key,
                        cleared.get(RULES).stream()
                                .map(name -> PolicyField.named(name).orElseThrow())
                                .collect(Collectors.toSet()),
                        Set.copyOf(cleared.get(AGENTS))));
        PolicyChange change = new PolicyChange(
                key,
                PolicyRules.ofTexts(rulesBefore),
                PolicyRules.ofTexts(rulesAfter),
                narrower,
                resetCount,
                affectedAgents,
                Stream.of(takenBack.split(","))
                        .filter(revision -> !revision.isEmpty())
                        .map(Long::valueOf)
                        .collect(Collectors.toSet()),
                rolledBackTo == null ? OptionalLong.empty() : OptionalLong.of(rolledBackTo));
        return new PolicyRevision(revision, changeTime, actor, change, resetRevoked);
    }

    Recorded recorded() {
        return new Recorded(new RequestKey(requestId, fingerprint), made());
    }
}
