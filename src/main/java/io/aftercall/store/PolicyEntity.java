package io.aftercall.store;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import io.aftercall.policy.PolicyScope;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The table {@code policy}. */
@Entity
@Table(name = "policy")
@IdClass(PolicyEntity.Key.class)
public class PolicyEntity extends PanacheEntityBase {

    @Id
    @Column(name = "tenant_id")
    public String tenantId;

    @Id
    @Column(name = "scope")
    public String scope;

    @Id
    @Column(name = "scope_id")
    public String scopeId;

    /** Empty for any. */
    @Id
    @Column(name = "channel")
    public String channel;

    /** Empty for any. */
    @Id
    @Column(name = "direction")
    public String direction;

    @Column(name = "revision")
    public long revision;

    @Column(name = "update_time")
    public Instant updateTime;

    @Column(name = "rules")
    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> rules;

    /** What identifies a row. */
    public static class Key implements java.io.Serializable {

        public String tenantId;
        public String scope;
        public String scopeId;
        public String channel;
        public String direction;

        public Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && Objects.equals(tenantId, key.tenantId)
                    && Objects.equals(scope, key.scope)
                    && Objects.equals(scopeId, key.scopeId)
                    && Objects.equals(channel, key.channel)
                    && Objects.equals(direction, key.direction);
        }

        @Override
        public int hashCode() {
            return Objects.hash(tenantId, scope, scopeId, channel, direction);
        }
    }

    AcwPolicy policy() {
        return new AcwPolicy(key(scope, scopeId, channel, direction), PolicyRules.ofTexts(rules), revision, updateTime);
    }

    static PolicyKey key(String scope, String scopeId, String channel, String direction) {
        return new PolicyKey(
                PolicyScope.valueOf(scope),
                scopeId,
                valueOf(Channel.class, channel),
                valueOf(Direction.class, direction));
    }

    /** Of a condition; empty for none. */
    static String nameOf(Enum<?> value) {
        return value == null ? "" : value.name();
    }

    private static <E extends Enum<E>> E valueOf(Class<E> type, String name) {
        return name.isEmpty() ? null : Enum.valueOf(type, name);
    }
}
