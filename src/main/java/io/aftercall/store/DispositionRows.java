package io.aftercall.store;

import io.aftercall.disposition.Disposition;
import io.aftercall.disposition.DispositionCatalogue;
import io.aftercall.disposition.DispositionChange;
import io.aftercall.disposition.DispositionScope;
import io.aftercall.engine.Actor;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.PolicyStore.Edition;
import io.aftercall.engine.TenantId;
import io.aftercall.form.JsonForms;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code disposition}, in the transaction of a session. */
final class DispositionRows {

    private static final String ALL =
            """
            SELECT code, label, parent_code, scope, scope_id, active, is_group, position, form_schema, revision,
                update_time
            FROM disposition WHERE tenant_id = ?1
            """;

    /** In one statement: commands wait for the tenant's lock meanwhile. */
    private static final String CHANGE =
            """
            WITH next AS (
                UPDATE tenant SET revision = revision + 1, policy_revision = revision + 1,
                    disposition_revision = revision + 1
                WHERE tenant_id = :tenant AND policy_revision = :edition AND epoch::text = :epoch
                RETURNING tenant_id, revision, clock_timestamp() AS change_time
            ), logged AS (
                INSERT INTO change_log (tenant_id, revision, change_time, cause, actor)
                SELECT tenant_id, revision, change_time, 'DISPOSITIONS_CHANGED', :actor FROM next
            ), removed AS (
                DELETE FROM disposition d USING next n
                WHERE d.tenant_id = n.tenant_id
                    AND d.code IN (SELECT json_array_elements_text(CAST(CAST(:removed AS text) AS json)))
            ), kept AS (
                INSERT INTO disposition (tenant_id, code, label, parent_code, scope, scope_id, active, is_group,
                    position, form_schema, revision, update_time)
                SELECT tenant_id, code, label, parent_code, scope, scope_id, active, is_group, position, form_schema,
                    revision, change_time
                FROM next, json_to_recordset(CAST(CAST(:put AS text) AS json)) AS put (code text, label text,
                    parent_code text, scope text, scope_id text, active boolean, is_group boolean, position integer,
                    form_schema text)
                ON CONFLICT (tenant_id, code) DO UPDATE
                SET label = excluded.label, parent_code = excluded.parent_code, scope = excluded.scope,
                    scope_id = excluded.scope_id, active = excluded.active, is_group = excluded.is_group,
                    position = excluded.position, form_schema = excluded.form_schema, revision = excluded.revision,
                    update_time = excluded.update_time
            )
            SELECT revision, append_audit_events(:tenant,
                ARRAY(SELECT json_array_elements_text(CAST(CAST(:audit AS text) AS json)))) FROM next
            """;

    private final Mutiny.Session session;
    private final TenantId tenant;

    DispositionRows(Mutiny.Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    Uni<DispositionCatalogue> all() {
        return session.createNativeQuery(ALL, Object[].class)
                .setParameter(1, tenant.value())
                .getResultList()
                .map(rows -> DispositionCatalogue.of(
                        rows.stream().map(DispositionRows::read).toList(), JsonForms::of));
    }

    /**
     * Makes a change; the tenant's lock has been taken.
     *
     * @return its revision; null if policies or dispositions are not those of the edition any more
     */
    Uni<Long> make(Edition edition, DispositionChange change, Actor actor) {
        JsonArray put = new JsonArray();
        change.put().forEach(disposition -> put.add(json(disposition)));
        JsonArray audit = new JsonArray();
        events(edition.dispositions(), change, actor).map(AuditRows::content).forEach(audit::add);
        return session.createNativeQuery(CHANGE, Object[].class)
                .setParameter("tenant", tenant.value())
                .setParameter("edition", edition.policies().revision())
                .setParameter("epoch", edition.epoch())
                .setParameter("actor", actor.name())
                .setParameter("removed", new JsonArray(List.copyOf(change.removed())).encode())
                .setParameter("put", put.encode())
                .setParameter("audit", audit.encode())
                .getSingleResultOrNull()
                .onItem()
                .ifNotNull()
                .transform(row -> (Long) row[0]);
    }

    private static Disposition read(Object[] row) {
        return new Disposition(
                (String) row[0],
                (String) row[1],
                Optional.ofNullable((String) row[2]),
                DispositionScope.valueOf((String) row[3]),
                (String) row[4],
                (Boolean) row[5],
                (Boolean) row[6],
                (Integer) row[7],
                (String) row[8],
                (Long) row[9],
                row[10] instanceof OffsetDateTime time ? time.toInstant() : (Instant) row[10]);
    }

    private static JsonObject json(Disposition disposition) {
        return new JsonObject()
                .put("code", disposition.code())
                .put("label", disposition.label())
                .put("parent_code", disposition.parentCode().orElse(null))
                .put("scope", disposition.scope().name())
                .put("scope_id", disposition.scopeId())
                .put("active", disposition.active())
                .put("is_group", disposition.group())
                .put("position", disposition.position())
                .put("form_schema", disposition.formSchema());
    }

    private static Stream<AuditEvent> events(DispositionCatalogue before, DispositionChange change, Actor actor) {
        return Stream.concat(
                change.put().stream()
                        .map(put -> event(actor, "DISPOSITION_CHANGED", put.code(), before, facts(Optional.of(put)))),
                change.removed().stream()
                        .sorted()
                        .map(code -> event(actor, "DISPOSITION_DELETED", code, before, Map.of())));
    }

    private static AuditEvent event(
            Actor actor, String action, String code, DispositionCatalogue before, Map<String, String> after) {
        return AuditEvent.done(
                actor, action, "dispositions/" + code, Optional.empty(), facts(before.find(code)), after);
    }

    private static Map<String, String> facts(Optional<Disposition> disposition) {
        Map<String, String> facts = new TreeMap<>();
        disposition.ifPresent(of -> json(of).forEach(field -> {
            if (field.getValue() != null) {
                facts.put(field.getKey(), field.getValue().toString());
            }
        }));
        return facts;
    }
}
