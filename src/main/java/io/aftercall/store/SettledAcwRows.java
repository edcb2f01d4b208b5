package io.aftercall.store;

import io.aftercall.agent.AcwNotRequired;
import io.aftercall.agent.AgentId;
import io.aftercall.agent.EarlyCompletion;
import io.aftercall.agent.EndReason;
import io.aftercall.agent.EndedAcw;
import io.aftercall.agent.NotRequiredReason;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.SettledAcw;
import io.aftercall.engine.AcwKey;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionOutcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The table {@code acw}: one row for each settled ACW. */
final class SettledAcwRows {

    // A statement of more than 2,048 characters would not be kept prepared by the client.
    static final String INSERT =
            """
            INSERT INTO acw (tenant_id, agent_id, interaction_id, outcome,
                channel, direction, interaction_outcome, queue_id, customer_id,
                interaction_start_time, answer_time, interaction_end_time, hold_duration,
                acw_id, start_time, deadline_time, extensions_used, end_reason, policy,
                policy_revision, not_required_reason, editable_until, end_time, ended_by, acw_requested, force_reason,
                shortened_duration, team_id, pauses)
            SELECT $1, settled.*
            FROM unnest($2::text[], $3::text[], $4::text[],
                $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::interval[],
                $14::uuid[], $15::timestamptz[], $16::timestamptz[], $17::int[], $18::text[], $19::text[]::json[],
                $20::bigint[], $21::text[], $22::timestamptz[], $23::timestamptz[], $24::text[],
                $25::bool[], $26::text[], $27::interval[], $28::text[], $29::text[]::json[]) AS settled
            """;

    /** Makes room for what is settled anew: an early completion whose ACW has come. */
    static final String DELETE =
            """
            DELETE FROM acw USING unnest($2::text[], $3::text[]) AS again (agent_id, interaction_id)
            WHERE acw.tenant_id = $1
                AND acw.agent_id = again.agent_id AND acw.interaction_id = again.interaction_id
            """;

    /** With the wrap-up, if there is one. */
    static final String SELECT =
            """
            SELECT a.*, %s
            FROM unnest($2::text[], $3::text[]) AS wanted (agent_id, interaction_id)
            JOIN acw a ON a.tenant_id = $1
                AND a.agent_id = wanted.agent_id AND a.interaction_id = wanted.interaction_id
            LEFT JOIN wrap_up w ON w.tenant_id = a.tenant_id AND w.agent_id = a.agent_id
                AND w.interaction_id = a.interaction_id
            """
                    .formatted(WrapUpRows.STORED);

    private SettledAcwRows() {}

    /** The parameters of {@link #SELECT} and {@link #DELETE}. */
    static Tuple keys(String tenant, Collection<AcwKey> keys) {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(List.copyOf(keys), parameters).text(AcwKey::agentId).text(AcwKey::interactionId);
        return parameters;
    }

    static Tuple parameters(String tenant, List<SettledAcw> rows) {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(rows, parameters)
                .text(SettledAcw::agentId)
                .text(SettledAcw::interactionId)
                .text(SettledAcwRows::outcome)
                .text(interaction(Interaction::channel))
                .text(interaction(Interaction::direction))
                .text(interaction(Interaction::outcome))
                .text(interaction(Interaction::queueId))
                .text(interaction(Interaction::customerId))
                .time(interaction(Interaction::startTime))
                .time(interaction(Interaction::answerTime))
                .time(interaction(Interaction::endTime))
                .add(Interval.class, interaction(i -> interval(i.holdDuration())))
                .add(UUID.class, work(OpenAcw::acwId))
                .time(work(OpenAcw::startTime))
                .time(work(OpenAcw::deadline))
                .add(Integer.class, work(OpenAcw::extensionsUsed))
                .text(ended(EndedAcw::reason))
                .text(work(acw -> PolicyJson.write(acw.policy()).encode()))
                .add(Long.class, work(OpenAcw::policyRevision))
                .text(notRequired(AcwNotRequired::reason))
                .time(notRequired(AcwNotRequired::writableUntil))
                .time(SettledAcwRows::time)
                .text(SettledAcwRows::by)
                .add(Boolean.class, interaction(Interaction::acwRequested))
                .text(ended(EndedAcw::forceReason))
                .add(Interval.class, work(acw -> interval(acw.shortened())))
                .text(SettledAcw::teamId)
                .text(ended(SettledAcwRows::pauses));
        return parameters;
    }

    static SettledAcw read(Row row) {
        AgentId agentId = new AgentId(row.getString("agent_id"));
        InteractionId interactionId = new InteractionId(row.getString("interaction_id"));
        Instant time = time(row, "end_time");
        String by = row.getString("ended_by");
        return switch (row.getString("outcome")) {
            case "ENDED" ->
                new EndedAcw(
                        agentId,
                        row.getString("team_id"),
                        acw(row),
                        time,
                        EndReason.valueOf(row.getString("end_reason")),
                        by,
                        row.getString("force_reason"));
            case "NOT_REQUIRED" ->
                new AcwNotRequired(
                        agentId,
                        row.getString("team_id"),
                        interaction(row),
                        NotRequiredReason.valueOf(row.getString("not_required_reason")),
                        time,
                        time(row, "editable_until"));
            case "COMPLETED_EARLY" -> new EarlyCompletion(agentId, interactionId, time, by);
            default -> throw new IllegalStateException("An ACW with the outcome " + row.getString("outcome"));
        };
    }

    private static OpenAcw acw(Row row) {
        return new OpenAcw(
                row.getUUID("acw_id"),
                interaction(row),
                PolicyJson.read(row.getJsonObject("policy")),
                row.getLong("policy_revision"),
                time(row, "start_time"),
                time(row, "deadline_time"),
                row.getInteger("extensions_used"),
                true,
                null,
                duration(row, "shortened_duration"),
                pauses(row));
    }

    /** Null for none, as nearly every ACW has. */
    private static JsonArray pauses(EndedAcw acw) {
        List<JsonObject> pauses = acw.pauses().stream().map(OpenAcwJson::write).toList();
        return pauses.isEmpty() ? null : new JsonArray(pauses);
    }

    private static List<OpenAcw.Paused> pauses(Row row) {
        JsonArray pauses = row.getJsonArray("pauses");
        return pauses == null
                ? List.of()
                : pauses.stream()
                        .map(JsonObject.class::cast)
                        .map(OpenAcwJson::readPaused)
                        .toList();
    }

    private static Interval interval(Duration span) {
        return span == null ? null : Interval.of(span);
    }

    private static Duration duration(Row row, String column) {
        Interval span = row.get(Interval.class, column);
        return span == null ? null : span.toDuration();
    }

    private static Interaction interaction(Row row) {
        return new Interaction(
                new InteractionId(row.getString("interaction_id")),
                choice(Channel.class, row.getString("channel")),
                choice(Direction.class, row.getString("direction")),
                choice(InteractionOutcome.class, row.getString("interaction_outcome")),
                row.getString("queue_id"),
                row.getString("customer_id"),
                time(row, "interaction_start_time"),
                time(row, "answer_time"),
                time(row, "interaction_end_time"),
                duration(row, "hold_duration"),
                Boolean.TRUE.equals(row.getBoolean("acw_requested")),
                false);
    }

    private static String outcome(SettledAcw acw) {
        if (acw instanceof EndedAcw) {
            return "ENDED";
        }
        return acw instanceof AcwNotRequired ? "NOT_REQUIRED" : "COMPLETED_EARLY";
    }

    private static Instant time(SettledAcw acw) {
        if (acw instanceof EndedAcw ended) {
            return ended.endTime();
        }
        return acw instanceof AcwNotRequired none ? none.time() : ((EarlyCompletion) acw).time();
    }

    private static String by(SettledAcw acw) {
        if (acw instanceof EndedAcw ended) {
            return ended.endedBy();
        }
        return acw instanceof EarlyCompletion early ? early.completedBy() : null;
    }

    private static <C> Function<SettledAcw, C> ended(Function<EndedAcw, C> column) {
        return acw -> acw instanceof EndedAcw ended ? column.apply(ended) : null;
    }

    private static <C> Function<SettledAcw, C> work(Function<OpenAcw, C> column) {
        return ended(acw -> column.apply(acw.work()));
    }

    private static <C> Function<SettledAcw, C> notRequired(Function<AcwNotRequired, C> column) {
        return acw -> acw instanceof AcwNotRequired none ? column.apply(none) : null;
    }

    private static <C> Function<SettledAcw, C> interaction(Function<Interaction, C> column) {
        return acw -> {
            if (acw instanceof EndedAcw ended) {
                return column.apply(ended.work().interaction());
            }
            return acw instanceof AcwNotRequired none ? column.apply(none.interaction()) : null;
        };
    }

    static <E extends Enum<E>> E choice(Class<E> type, String name) {
        return name == null ? null : Enum.valueOf(type, name);
    }

    static Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
