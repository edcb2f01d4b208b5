package io.aftercall.store;

import io.aftercall.engine.Actor;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.PolicyStore.Edition;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.TenantId;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A change of a policy with the next revision of the tenant, in one statement: commands wait for the tenant's lock
 * meanwhile.
 */
final class PolicyChangeRows {

    private static final String MAKE =
            """
            WITH wanted AS (
                -- As text first: the client would make a JSON string of a parameter that is one.
                SELECT CAST(CAST(:before AS text) AS jsonb) AS rules_before, CAST(CAST(:after AS text) AS jsonb) AS rules,
                    CAST(nullif(CAST(:reset AS text), '') AS jsonb) AS reset
            ), next AS (
                UPDATE tenant SET revision = revision + 1, policy_revision = revision + 1
                WHERE tenant_id = :tenant AND policy_revision = :edition AND epoch::text = :epoch
                RETURNING tenant_id, revision, clock_timestamp() AS change_time
            ), logged AS (
                INSERT INTO change_log (tenant_id, revision, change_time, cause, actor)
                SELECT tenant_id, revision, change_time, 'POLICY_CHANGED', :actor FROM next
            ), kept AS (
                INSERT INTO policy (tenant_id, scope, scope_id, channel, direction, revision, update_time, rules)
                SELECT tenant_id, :scope, :scopeId, :channel, :direction, revision, change_time, rules
                FROM next, wanted WHERE rules <> '{}'
                ON CONFLICT (tenant_id, scope, scope_id, channel, direction) DO UPDATE
                SET revision = excluded.revision, update_time = excluded.update_time, rules = excluded.rules
            ), removed AS (
                DELETE FROM policy p USING next n, wanted w
                WHERE w.rules = '{}' AND p.tenant_id = n.tenant_id AND p.scope = :scope
                    AND p.scope_id = :scopeId AND p.channel = :channel AND p.direction = :direction
            ), revoked AS (
                UPDATE policy_history h SET reset_revoked = true FROM next n
                WHERE h.tenant_id = n.tenant_id
                    AND h.revision = ANY (CAST(string_to_array(:takenBack, ',') AS bigint[]))
            ), made AS (
                INSERT INTO policy_history (tenant_id, revision, change_time, actor,
                    scope, scope_id, channel, direction, rules_before, rules_after, reset, reset_count,
                    affected_agents, taken_back, rolled_back_to, request_id, fingerprint)
                SELECT tenant_id, revision, change_time, :actor,
                    :scope, :scopeId, :channel, :direction, rules_before, rules, reset, :resetCount,
                    :affectedAgents, :takenBack, CAST(nullif(:rolledBackTo, '') AS bigint),
                    CAST(nullif(:requestId, '') AS uuid), nullif(:fingerprint, '')
                FROM next, wanted
            )
            SELECT revision, change_time, append_audit_events(:tenant, ARRAY[CAST(:audit AS text)]) FROM next
            """;

    private final Mutiny.Session session;
    private final TenantId tenant;

    PolicyChangeRows(Mutiny.Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /**
     * Makes it; the tenant's lock has been taken.
     *
     * @return its revision and its time; null if the policies are not those of the edition any more
     */
    Uni<Object[]> make(Edition edition, PolicyChange change, Actor actor, Optional<RequestKey> request) {
        PolicyKey key = change.key();
        return session.createNativeQuery(MAKE, Object[].class)
                .setParameter("tenant", tenant.value())
                .setParameter("edition", edition.policies().revision())
                .setParameter("epoch", edition.epoch())
                .setParameter("actor", actor.name())
                .setParameter("audit", AuditRows.content(event(change, actor, request)))
                .setParameter("scope", key.scope().name())
                .setParameter("scopeId", key.scopeId())
                .setParameter("channel", PolicyEntity.nameOf(key.channel()))
                .setParameter("direction", PolicyEntity.nameOf(key.direction()))
                .setParameter("before", json(change.before()))
                .setParameter("after", json(change.after()))
                .setParameter("reset", orEmpty(change.reset().map(PolicyHistoryEntity::json), JsonObject::encode))
                .setParameter("resetCount", change.resetCount())
                .setParameter("affectedAgents", change.affectedAgents())
                .setParameter(
                        "takenBack",
                        change.takenBack().stream()
                                .sorted()
                                .map(Object::toString)
                                .collect(Collectors.joining(",")))
                .setParameter(
                        "rolledBackTo",
                        change.rolledBackTo().isPresent()
                                ? Long.toString(change.rolledBackTo().getAsLong())
                                : "")
                .setParameter("requestId", orEmpty(request.map(RequestKey::requestId), Object::toString))
                .setParameter("fingerprint", orEmpty(request, RequestKey::fingerprint))
                .getSingleResultOrNull();
    }

    private static AuditEvent event(PolicyChange change, Actor actor, Optional<RequestKey> request) {
        String action = change.rolledBackTo().isPresent()
                ? "POLICY_ROLLED_BACK"
                : change.after().isEmpty() ? "POLICY_DELETED" : "POLICY_CHANGED";
        Map<String, String> after = texts(change.after());
        change.reset().ifPresent(reset -> after.put("reset_in_policies", Integer.toString(change.resetCount())));
        return AuditEvent.done(
                actor,
                action,
                object(change.key()),
                request.map(key -> key.requestId().toString()),
                texts(change.before()),
                after);
    }

    private static String object(PolicyKey key) {
        return Stream.of(
                        key.scope().name(),
                        key.scopeId(),
                        PolicyEntity.nameOf(key.channel()),
                        PolicyEntity.nameOf(key.direction()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/", "policies/", ""));
    }

    private static Map<String, String> texts(PolicyRules rules) {
        Map<String, String> texts = new HashMap<>();
        rules.forEachText(texts::put);
        return texts;
    }

    private static String json(PolicyRules rules) {
        JsonObject json = new JsonObject();
        rules.forEachText(json::put);
        return json.encode();
    }

    private static <T> String orEmpty(Optional<T> value, Function<T, String> text) {
        return value.map(text).orElse("");
    }
}
