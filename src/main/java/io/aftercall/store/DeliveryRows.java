package io.aftercall.store;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.engine.CommonOutlets;
import io.aftercall.engine.DeliveryQueue.Result;
import io.aftercall.engine.OccurredEvents.Occurred;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The table {@code delivery}: one row for each event and outlet. */
final class DeliveryRows {

    static final String COLUMNS =
            """
            sequence, outlet, event_id, event_type, event_time, agent_id, interaction_id, follow_up_id, customer_id,
                state, attempts, answered_attempt, next_attempt_time, last_attempt_time, last_result
            """
                    .strip();

    /** Events, for every outlet that wants to know; in the order in which they are handed over. */
    static final String OCCUR =
            """
            WITH occurred AS MATERIALIZED (
                SELECT gen_random_uuid() AS event_id, events.*
                FROM unnest($4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::boolean[])
                    WITH ORDINALITY AS events
                    (event_type, agent_id, interaction_id, follow_up_id, customer_id, order_key, emailed, place)
            )
            INSERT INTO delivery (tenant_id, outlet, event_id, event_type, event_time, agent_id, interaction_id,
                follow_up_id, customer_id, order_key, next_attempt_time)
            SELECT $1, outlet, event_id, event_type, $2, agent_id, interaction_id, follow_up_id, customer_id, order_key, $2
            FROM occurred CROSS JOIN LATERAL (
                SELECT 'webhooks/' || webhook_id AS outlet
                FROM webhook
                WHERE tenant_id = $1 AND enabled AND (event_types = '{}' OR event_type = ANY (event_types))
                UNION ALL
                SELECT 'email' WHERE emailed
                UNION ALL
                SELECT unnest($3::text[])
            ) AS outlets
            ORDER BY place
            ON CONFLICT DO NOTHING
            """;

    static final String SEND =
            """
            INSERT INTO delivery (tenant_id, outlet, event_id, event_type, event_time, order_key, next_attempt_time)
            VALUES ($1, $2, gen_random_uuid(), $3, clock_timestamp(), $4, clock_timestamp())
            RETURNING sequence
            """;

    /** An attempt that nobody waits for any more says nothing, save that it was accepted. */
    static final String RECORD =
            """
            UPDATE delivery
            SET state = came.state, next_attempt_time = clock_timestamp() + came.delay * interval '1 ms',
                last_result = came.last_result, answered_attempt = attempt
            FROM unnest($2::bigint[], $3::int[], $4::timestamptz[], $5::text[], $6::bigint[], $7::text[])
                AS came (sequence, attempt, attempt_time, state, delay, last_result)
            WHERE tenant_id = $1 AND delivery.sequence = came.sequence
                AND (delivery.state = 'PENDING' AND attempts = attempt AND last_attempt_time = attempt_time
                    OR delivery.state <> 'DELIVERED' AND came.state = 'DELIVERED')
            """;

    /** An attempt is under way, or the replica that made it is gone, and its time is not over yet. */
    static final String UNDER_WAY =
            "(state = 'PENDING' AND attempts > answered_attempt AND next_attempt_time > clock_timestamp())";

    /** Nothing is taken for a webhook that is not enabled, nor before what happened earlier to the same customer. */
    static final String TAKE =
            """
            WITH first AS MATERIALIZED (
                SELECT due.sequence AS number
                FROM delivery AS due
                WHERE due.tenant_id = $1 AND due.outlet = $2 AND due.state = 'PENDING'
                    AND due.next_attempt_time <= clock_timestamp()
                    AND NOT EXISTS (
                        SELECT FROM delivery AS earlier
                        WHERE earlier.tenant_id = $1 AND earlier.outlet = $2 AND earlier.state = 'PENDING'
                            AND earlier.order_key = due.order_key AND earlier.sequence < due.sequence)
                    AND ($5::text IS NULL OR EXISTS (
                        SELECT FROM webhook WHERE tenant_id = $1 AND webhook_id = $5 AND enabled))
                ORDER BY due.next_attempt_time
                LIMIT $3
                FOR UPDATE SKIP LOCKED
            )
            UPDATE delivery
            SET attempts = attempts + 1, last_attempt_time = clock_timestamp(),
                next_attempt_time = clock_timestamp() + $4::bigint * interval '1 ms'
            FROM first
            WHERE tenant_id = $1 AND sequence = number
            RETURNING %s
            """
                    .formatted(COLUMNS);

    private DeliveryRows() {}

    /** The parameters of {@link #OCCUR}. */
    static Tuple occurred(String tenant, Instant now, CommonOutlets outlets, List<Occurred> events) {
        Tuple parameters = Tuple.of(tenant, Columns.time(now))
                .addArrayOfString(outlets.names().toArray(String[]::new));
        new Columns<>(events, parameters)
                .text(occurred -> occurred.event().type())
                .text(occurred -> occurred.event().agentId())
                .text(occurred -> occurred.event().interactionId())
                .add(UUID.class, occurred -> occurred.event().followUpId())
                .text(occurred -> occurred.event().customerId())
                .text(occurred -> occurred.event().orderKey())
                .add(Boolean.class, Occurred::emailed);
        return parameters;
    }

    /** The parameters of {@link #RECORD}. */
    static Tuple results(String tenant, List<Result> results) {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(results, parameters)
                .add(Long.class, result -> result.delivery().sequence())
                .add(Integer.class, result -> result.delivery().attempts())
                .time(result -> result.delivery().lastAttemptTime())
                .text(Result::state)
                .add(Long.class, result -> result.delay().toMillis())
                .text(Result::words);
        return parameters;
    }

    static Delivery read(Row row) {
        DeliveryState state = DeliveryState.valueOf(row.getString("state"));
        return new Delivery(
                row.getLong("sequence"),
                row.getString("outlet"),
                row.getUUID("event_id"),
                SettledAcwRows.time(row, "event_time"),
                new Event(
                        EventType.valueOf(row.getString("event_type")),
                        row.getString("agent_id"),
                        row.getString("interaction_id"),
                        row.getUUID("follow_up_id"),
                        row.getString("customer_id")),
                state,
                row.getInteger("attempts"),
                row.getInteger("answered_attempt"),
                state == DeliveryState.PENDING ? SettledAcwRows.time(row, "next_attempt_time") : null,
                SettledAcwRows.time(row, "last_attempt_time"),
                row.getString("last_result"));
    }
}
