package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.CommonOutlets;
import io.aftercall.engine.OccurredEvents.Occurred;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpArchive;
import io.aftercall.engine.WrapUpRecord;
import io.aftercall.engine.WrapUpSearch;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Wrap-ups in the tables {@code wrap_up}, {@code wrap_up_revision} and {@code wrap_up_tag}. */
@Singleton
public class PostgresWrapUpArchive implements WrapUpArchive {

    /** The columns that {@link #read} reads, of a table called {@code w}. */
    static final String RECORD =
            """
            w.agent_id, w.interaction_id, w.channel, w.direction, w.queue_id, w.customer_id, w.team_id,
                w.interaction_time, %s
            """
                    .strip()
                    .formatted(WrapUpRows.STORED);

    private static final String FIND =
            """
            SELECT %s
            FROM wrap_up w
            WHERE w.tenant_id = $1 AND w.agent_id = $2 AND w.interaction_id = $3
            """
                    .formatted(RECORD);

    private static final String REPLACED =
            """
            SELECT %s
            FROM (SELECT *, NULL::timestamptz AS editable_until FROM wrap_up_revision) AS w
            WHERE w.tenant_id = $1 AND w.agent_id = $2 AND w.interaction_id = $3 AND w.wrap_up_revision < $4
            ORDER BY w.wrap_up_revision DESC
            LIMIT $5
            """
                    .formatted(WrapUpRows.STORED);

    private static final String TO_COMPLETE =
            """
            SELECT %s
            FROM wrap_up w
            WHERE w.tenant_id = $1 AND w.status = 'INCOMPLETE' AND w.editable_until > clock_timestamp()
                AND ($2::text[] IS NULL OR w.agent_id = ANY ($2)) AND ($3::text[] IS NULL OR w.team_id = ANY ($3))
                AND ($4::timestamptz IS NULL OR (w.editable_until, w.agent_id, w.interaction_id) > ($4, $5, $6))
            ORDER BY w.editable_until, w.agent_id, w.interaction_id
            LIMIT $7
            """
                    .formatted(RECORD);

    private static final String SEARCH =
            """
            SELECT %s
            FROM find_wrap_ups($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) AS found
            JOIN wrap_up w ON w.tenant_id = $1
                AND w.agent_id = found.agent_id AND w.interaction_id = found.interaction_id
            ORDER BY found.interaction_time DESC, w.agent_id DESC, w.interaction_id DESC
            """
                    .formatted(RECORD);

    private static final String TAGS =
            """
            SELECT tag, wrap_up_count
            FROM wrap_up_tag
            WHERE tenant_id = $1 AND tag > $2 AND starts_with(tag, $3) AND wrap_up_count > 0
            ORDER BY tag
            LIMIT $4
            """;

    private static final String FIND_TAGGED =
            """
            SELECT agent_id, interaction_id
            FROM find_wrap_ups($1, NULL, ARRAY[$2], NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, $3)
            """;

    private static final String KEEP_TAGGED =
            """
            INSERT INTO wrap_up_revision (tenant_id, agent_id, interaction_id, wrap_up_revision, status, write_time,
                written_by, disposition_code, form_values, subject, notes, actions_taken, actions_recommended, tags,
                email_address, email_language)
            SELECT $1, w.agent_id, w.interaction_id, wrap_up_revision, status, write_time, written_by, disposition_code,
                form_values, subject, notes, actions_taken, actions_recommended, tags, email_address, email_language
            FROM unnest($3::text[], $4::text[]) AS tagged (agent_id, interaction_id)
            JOIN wrap_up w ON w.tenant_id = $1
                AND w.agent_id = tagged.agent_id AND w.interaction_id = tagged.interaction_id
            WHERE $2 = ANY (w.tags)
            """;

    private static final String RENAME_TAG =
            """
            WITH found AS (
                SELECT w.agent_id, w.interaction_id, $3 = ANY (w.tags) AS has_both
                FROM unnest($4::text[], $5::text[]) AS tagged (agent_id, interaction_id)
                JOIN wrap_up w ON w.tenant_id = $1
                    AND w.agent_id = tagged.agent_id AND w.interaction_id = tagged.interaction_id
                WHERE $2 = ANY (w.tags)
            ), renamed AS (
                UPDATE wrap_up w
                SET tags = CASE WHEN has_both THEN array_remove(tags, $2) ELSE array_replace(tags, $2, $3) END,
                    wrap_up_revision = wrap_up_revision + 1, write_time = statement_timestamp(), written_by = $6
                FROM found
                WHERE w.tenant_id = $1
                    AND w.agent_id = found.agent_id AND w.interaction_id = found.interaction_id
                RETURNING w.agent_id, w.interaction_id, w.customer_id, w.write_time
            ), counted AS (
                INSERT INTO wrap_up_tag AS known (tenant_id, tag, wrap_up_count)
                SELECT $1, $2, -count(*) FROM found
                UNION ALL
                SELECT $1, $3, count(*) FROM found WHERE NOT has_both
                ON CONFLICT (tenant_id, tag)
                    DO UPDATE SET wrap_up_count = known.wrap_up_count + excluded.wrap_up_count
            )
            SELECT * FROM renamed
            """;

    private final Pool pool;
    private final CommonOutlets outlets;

    public PostgresWrapUpArchive(Pool pool, CommonOutlets outlets) {
        this.pool = pool;
        this.outlets = outlets;
    }

    @Override
    public CompletionStage<Optional<WrapUpRecord>> find(TenantId tenant, AcwKey key) {
        return query(tenant, FIND, key(tenant, key), PostgresWrapUpArchive::read)
                .thenApply(found -> found.stream().findFirst());
    }

    @Override
    public CompletionStage<List<StoredWrapUp>> replaced(TenantId tenant, AcwKey key, int before, int limit) {
        return query(
                tenant, REPLACED, key(tenant, key).addInteger(before).addInteger(limit), row -> WrapUpRows.stored(row)
                        .orElseThrow());
    }

    @Override
    public CompletionStage<List<WrapUpRecord>> toComplete(
            TenantId tenant, WrapUpSearch search, Optional<Place> after, int limit) {
        Tuple parameters = Tuple.of(tenant.value(), any(search.agentIds()), any(search.teamIds()));
        return query(tenant, TO_COMPLETE, place(parameters, after).addInteger(limit), PostgresWrapUpArchive::read);
    }

    @Override
    public CompletionStage<List<WrapUpRecord>> search(
            TenantId tenant, WrapUpSearch search, Optional<Place> before, int limit) {
        Tuple parameters = Tuple.tuple()
                .addString(tenant.value())
                .addString(search.query())
                .addValue(any(search.tags()))
                .addValue(any(search.agentIds()))
                .addValue(any(search.teamIds()))
                .addValue(any(search.queueIds()))
                .addValue(any(search.dispositionCodes()))
                .addString(search.customerId())
                .addValue(Columns.time(search.start()))
                .addValue(Columns.time(search.end()));
        return query(tenant, SEARCH, place(parameters, before).addInteger(limit), PostgresWrapUpArchive::read);
    }

    @Override
    public CompletionStage<List<Tag>> tags(TenantId tenant, String prefix, String after, int limit) {
        return query(
                tenant,
                TAGS,
                Tuple.of(tenant.value(), after, prefix, limit),
                row -> new Tag(row.getString("tag"), row.getLong("wrap_up_count")));
    }

    @Override
    public CompletionStage<Integer> renameTag(
            TenantId tenant, String tag, String newTag, String by, int limit, List<AuditEvent> audit) {
        return DatabaseFailures.stage(DatabaseRole.runFor(tenant.value(), pool, connection -> connection
                // What has to be looked for is found before the tenant's commands have to wait.
                .preparedQuery(FIND_TAGGED)
                .execute(Tuple.of(tenant.value(), tag, limit))
                .compose(tagged -> connection
                        .preparedQuery(TenantLock.TAKE)
                        .execute(Tuple.of(tenant.value()))
                        .compose(alone -> append(connection, tenant, audit))
                        .compose(audited -> connection
                                .preparedQuery(KEEP_TAGGED)
                                .execute(keys(Tuple.of(tenant.value(), tag), tagged)))
                        .compose(kept -> connection
                                .preparedQuery(RENAME_TAG)
                                .execute(keys(Tuple.of(tenant.value(), tag, newTag), tagged)
                                        .addString(by))))
                .compose(renamed -> tell(connection, tenant, renamed).map(told -> renamed.size()))));
    }

    /** What was written has been changed, in each of them. */
    private Future<?> tell(SqlConnection connection, TenantId tenant, RowSet<Row> renamed) {
        List<Occurred> revised = PostgresAgentStore.all(
                renamed,
                row -> new Occurred(
                        new Event(
                                EventType.WRAP_UP_REVISED,
                                row.getString("agent_id"),
                                row.getString("interaction_id"),
                                null,
                                row.getString("customer_id")),
                        false));
        return revised.isEmpty()
                ? Future.succeededFuture()
                : connection
                        .preparedQuery(DeliveryRows.OCCUR)
                        .execute(DeliveryRows.occurred(
                                tenant.value(),
                                SettledAcwRows.time(renamed.iterator().next(), "write_time"),
                                outlets,
                                revised));
    }

    private static Future<?> append(SqlConnection connection, TenantId tenant, List<AuditEvent> audit) {
        return audit.isEmpty()
                ? Future.succeededFuture()
                : connection.preparedQuery(AuditRows.APPEND).execute(AuditRows.parameters(tenant.value(), audit));
    }

    private static Tuple keys(Tuple parameters, RowSet<Row> tagged) {
        new Columns<>(PostgresAgentStore.all(tagged, row -> row), parameters)
                .text(row -> row.getString("agent_id"))
                .text(row -> row.getString("interaction_id"));
        return parameters;
    }

    private <T> CompletionStage<List<T>> query(TenantId tenant, String sql, Tuple parameters, Function<Row, T> read) {
        Future<RowSet<Row>> rows = DatabaseRole.queryFor(tenant.value(), pool, sql, parameters);
        return DatabaseFailures.stage(rows.map(found -> PostgresAgentStore.all(found, read)));
    }

    private static Tuple key(TenantId tenant, AcwKey key) {
        return Tuple.of(
                tenant.value(), key.agentId().value(), key.interactionId().value());
    }

    private static String[] any(Set<String> values) {
        return values.isEmpty() ? null : values.toArray(String[]::new);
    }

    private static Tuple place(Tuple parameters, Optional<Place> place) {
        return parameters
                .addValue(place.map(Place::time).map(Columns::time).orElse(null))
                .addString(place.map(Place::agentId).orElse(null))
                .addString(place.map(Place::interactionId).orElse(null));
    }

    static WrapUpRecord read(Row row) {
        return new WrapUpRecord(
                new AcwKey(new AgentId(row.getString("agent_id")), new InteractionId(row.getString("interaction_id"))),
                SettledAcwRows.choice(Channel.class, row.getString("channel")),
                SettledAcwRows.choice(Direction.class, row.getString("direction")),
                row.getString("queue_id"),
                row.getString("customer_id"),
                row.getString("team_id"),
                SettledAcwRows.time(row, "interaction_time"),
                WrapUpRows.stored(row).orElseThrow());
    }
}
