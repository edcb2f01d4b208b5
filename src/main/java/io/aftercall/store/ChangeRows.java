package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.EndReason;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.CommittedChange;
import io.aftercall.interaction.InteractionId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code change_log} and {@code agent}, which a change is written to at once. */
final class ChangeRows {

    /** Numbers the changes, logs them, and gives each agent the state of its last one. Returns the first's number - 1. */
    static final String WRITE =
            """
            WITH head AS (
                UPDATE tenant SET revision = revision + $2 WHERE tenant_id = $1 RETURNING revision - $2 AS base
            ), change AS MATERIALIZED (
                SELECT head.base + place AS revision, cause, actor, agent_id, version, previous_status,
                    interaction_id, acw_id, end_reason, due_time, state::json AS state, latest, follow_up_id
                FROM head, unnest($4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[],
                    $9::text[], $10::uuid[], $11::text[], $12::timestamptz[], $13::text[], $14::bool[], $15::uuid[])
                    WITH ORDINALITY AS stepped (cause, actor, agent_id, version, previous_status,
                    interaction_id, acw_id, end_reason, due_time, state, latest, follow_up_id, place)
            ), logged AS (
                INSERT INTO change_log (tenant_id, revision, change_time, cause, actor, agent_id, version,
                    previous_status, interaction_id, acw_id, end_reason, state, follow_up_id)
                SELECT $1, revision, $3, cause, actor, agent_id, version,
                    previous_status, interaction_id, acw_id, end_reason, state, follow_up_id
                FROM change
            ), moved AS (
                UPDATE agent SET version = change.version, revision = change.revision,
                    due_time = change.due_time, state = change.state
                FROM change
                WHERE latest AND agent.tenant_id = $1 AND agent.agent_id = change.agent_id
            )
            SELECT base FROM head
            """;

    /** By the time, partitions that need not be looked into are left out when the statement is planned. */
    static final String SELECT =
            """
            SELECT revision, change_time, cause, actor, agent_id, version, previous_status,
                interaction_id, acw_id, end_reason, state, follow_up_id
            FROM change_log
            WHERE tenant_id = $1 AND revision > $2 AND change_time >= $3
            ORDER BY revision
            LIMIT $4
            """;

    private ChangeRows() {}

    static Tuple parameters(String tenant, Instant now, List<StateChange> changes) {
        Map<AgentId, StateChange> latest = new HashMap<>();
        changes.forEach(change -> latest.put(change.state().agentId(), change));
        Tuple parameters = Tuple.of(tenant, (long) changes.size(), Columns.time(now));
        new Columns<>(changes, parameters)
                .text(StateChange::cause)
                .text(StateChange::actor)
                .text(change -> change.state().agentId())
                .add(Long.class, change -> change.state().version())
                .text(StateChange::previousStatus)
                .text(StateChange::interactionId)
                .add(UUID.class, StateChange::acwId)
                .text(StateChange::endReason)
                .time(change -> change.state().due().orElse(null))
                .text(change -> AgentStateJson.write(change.state()).encode())
                .add(Boolean.class, change -> latest.get(change.state().agentId()) == change)
                .add(UUID.class, StateChange::followUpId);
        return parameters;
    }

    static CommittedChange read(Row row) {
        Instant time = row.getOffsetDateTime("change_time").toInstant();
        return new CommittedChange(
                row.getLong("revision"),
                time,
                Optional.ofNullable(row.getString("agent_id")).map(agentId -> change(new AgentId(agentId), row)));
    }

    private static StateChange change(AgentId agentId, Row row) {
        AgentState state = AgentStateJson.read(agentId, row.getLong("version"), row.getJsonObject("state"));
        String interactionId = row.getString("interaction_id");
        String endReason = row.getString("end_reason");
        return new StateChange(
                ChangeCause.valueOf(row.getString("cause")),
                state,
                AgentStatus.valueOf(row.getString("previous_status")),
                row.getString("actor"),
                interactionId == null ? null : new InteractionId(interactionId),
                row.getUUID("acw_id"),
                endReason == null ? null : EndReason.valueOf(endReason),
                row.getUUID("follow_up_id"));
    }
}
