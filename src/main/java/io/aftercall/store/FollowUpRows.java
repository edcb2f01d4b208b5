package io.aftercall.store;

import io.aftercall.followup.Assignee;
import io.aftercall.followup.FollowUp;
import io.aftercall.followup.FollowUpDetails;
import io.aftercall.followup.FollowUpKind;
import io.aftercall.followup.FollowUpState;
import io.aftercall.interaction.InteractionId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tables {@code follow_up}, one row for each as it stands, and {@code follow_up_revision}. */
final class FollowUpRows {

    static final String COLUMNS =
            """
            follow_up_id, follow_up_revision, kind, due_time, assignee_type, assignee_id, note, customer_id, state,
                holder_id, interaction_id, create_time, created_by, update_time, updated_by, remind_time
            """
                    .strip();

    private static final String INSERT =
            """
            INSERT INTO %%s (tenant_id, %s)
            SELECT $1, written.*
            FROM unnest($2::uuid[], $3::int[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[],
                $9::text[], $10::text[], $11::text[], $12::text[], $13::timestamptz[], $14::text[], $15::timestamptz[],
                $16::text[], $17::timestamptz[]) AS written
            """
                    .formatted(COLUMNS);

    static final String WRITE = INSERT.formatted("follow_up")
            + """
            ON CONFLICT (tenant_id, follow_up_id) DO UPDATE SET
                (follow_up_revision, kind, due_time, assignee_type, assignee_id, note, state, holder_id, update_time,
                    updated_by, remind_time)
                = ROW (excluded.follow_up_revision, excluded.kind, excluded.due_time, excluded.assignee_type,
                    excluded.assignee_id, excluded.note, excluded.state, excluded.holder_id, excluded.update_time,
                    excluded.updated_by, excluded.remind_time)
            """;

    static final String KEEP_REVISION = INSERT.formatted("follow_up_revision");

    /** Those that were promised in an interaction before it was known with whom. */
    static final String NAME_CUSTOMERS =
            """
            UPDATE follow_up SET customer_id = learned.customer_id
            FROM unnest($2::text[], $3::text[]) AS learned (interaction_id, customer_id)
            WHERE tenant_id = $1 AND follow_up.interaction_id = learned.interaction_id
                AND follow_up.customer_id IS NULL
            """;

    static final String SELECT =
            "SELECT " + COLUMNS + " FROM follow_up WHERE tenant_id = $1 AND follow_up_id = ANY ($2::uuid[])";

    /** Of each holder the first so many of which he has not been reminded. */
    static final String REMINDERS =
            """
            SELECT f.*
            FROM unnest($2::text[]) AS timer (holder_id)
            CROSS JOIN LATERAL (
                SELECT %s
                FROM follow_up
                WHERE tenant_id = $1 AND holder_id = timer.holder_id AND state = 'OPEN' AND remind_time IS NULL
                ORDER BY due_time
                LIMIT $3
            ) AS f
            """
                    .formatted(COLUMNS);

    private FollowUpRows() {}

    /** The parameters of {@link #WRITE} and {@link #KEEP_REVISION}. */
    static Tuple parameters(String tenant, List<FollowUp> rows) {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(rows, parameters)
                .add(UUID.class, FollowUp::id)
                .add(Integer.class, FollowUp::revision)
                .text(row -> row.details().kind())
                .time(row -> row.details().dueTime())
                .text(row -> row.details().assignee().type())
                .text(row -> row.details().assignee().id())
                .text(row -> row.details().note())
                .text(row -> row.details().customerId())
                .text(FollowUp::state)
                .text(FollowUp::holderId)
                .text(FollowUp::interactionId)
                .time(row -> row.created().time())
                .text(row -> row.created().by())
                .time(row -> row.updated().time())
                .text(row -> row.updated().by())
                .time(FollowUp::remindTime);
        return parameters;
    }

    /** The parameters of {@link #NAME_CUSTOMERS}. */
    static Tuple customers(String tenant, Map<InteractionId, String> learned) {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(List.copyOf(learned.entrySet()), parameters)
                .text(Map.Entry::getKey)
                .text(Map.Entry::getValue);
        return parameters;
    }

    static FollowUp read(Row row) {
        return new FollowUp(
                row.getUUID("follow_up_id"),
                new FollowUpDetails(
                        FollowUpKind.valueOf(row.getString("kind")),
                        SettledAcwRows.time(row, "due_time"),
                        new Assignee(
                                Assignee.Type.valueOf(row.getString("assignee_type")), row.getString("assignee_id")),
                        row.getString("note"),
                        row.getString("customer_id")),
                FollowUpState.valueOf(row.getString("state")),
                row.getString("holder_id"),
                row.getString("interaction_id"),
                row.getInteger("follow_up_revision"),
                new FollowUp.Stamp(SettledAcwRows.time(row, "create_time"), row.getString("created_by")),
                new FollowUp.Stamp(SettledAcwRows.time(row, "update_time"), row.getString("updated_by")),
                SettledAcwRows.time(row, "remind_time"));
    }
}
