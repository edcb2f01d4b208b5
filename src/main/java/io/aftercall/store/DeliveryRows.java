package io.aftercall.store;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.delivery.Receipt;
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

    /**
     * Events, for every outlet that wants to know; in the order in which they are handed over. Whom to erase is kept for
     * webhooks that are not enabled, too: they may have been told of him. A summary goes once; one that was not sent, as
     * nobody asked for it any more or nothing was in it, is due again.
     */
    static final String OCCUR =
            """
            WITH occurred AS MATERIALIZED (
                SELECT gen_random_uuid() AS event_id, events.*
                FROM unnest($4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::boolean[])
                    WITH ORDINALITY AS events
                    (event_type, agent_id, interaction_id, follow_up_id, customer_id, order_key, emailed, place)
            ), again AS (
                UPDATE delivery
                SET state = 'PENDING', attempts = 0, answered_attempt = 0, next_attempt_time = $2
                FROM occurred
                WHERE emailed AND tenant_id = $1 AND outlet = 'email' AND delivery.agent_id = occurred.agent_id
                    AND delivery.interaction_id = occurred.interaction_id AND state = 'DELIVERED'
                    AND last_result IN ('%s', '%s')
            )
            INSERT INTO delivery (tenant_id, outlet, event_id, event_type, event_time, agent_id, interaction_id,
                follow_up_id, customer_id, order_key, next_attempt_time)
            SELECT $1, outlet, event_id, event_type, $2, agent_id, interaction_id, follow_up_id, customer_id, order_key, $2
            FROM occurred CROSS JOIN LATERAL (
                SELECT 'webhooks/' || webhook_id AS outlet
                FROM webhook
                WHERE tenant_id = $1 AND (enabled OR event_type = 'CUSTOMER_ERASED')
                    AND (event_types = '{}' OR event_type = ANY (event_types))
                UNION ALL
                SELECT 'email' WHERE emailed
                UNION ALL
                SELECT unnest($3::text[])
            ) AS outlets
            ORDER BY place
            ON CONFLICT DO NOTHING
            """
                    .formatted(Receipt.NOBODY_ASKS, Receipt.NOTHING_TO_SAY);

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

    /** As if they had not been taken, save that it shows when they were. */
    static final String GIVE_BACK =
            """
            UPDATE delivery
            SET attempts = attempts - 1, next_attempt_time = clock_timestamp()
            FROM unnest($2::bigint[], $3::int[], $4::timestamptz[]) AS untouched (sequence, attempt, attempt_time)
            WHERE tenant_id = $1 AND delivery.sequence = untouched.sequence AND state = 'PENDING'
                AND attempts = attempt AND last_attempt_time = attempt_time
            """;

    /** An attempt is under way, or the replica that made it is gone, and its time is not over yet. */
    static final String UNDER_WAY =
            "(state = 'PENDING' AND attempts > answered_attempt AND next_attempt_time > clock_timestamp())";

    /** How many {@link #TAKE} and {@link #WAIT} look at. */
    static final int PORTION = 1_000;

    /**
     * Nothing is taken for a webhook that is not enabled, nor before what happened earlier to the same customer. Looks at
     * a portion, of those that have been due the longest; what of that has to wait, {@link #WAIT} puts out of the way. Times
     * are those of the statement, as an index can be searched for one that does not change; and the first with an order key
     * is asked for such that only the index of order keys can answer, however many others lie before it.
     */
    static final String TAKE =
            """
            WITH first AS MATERIALIZED (
                SELECT taken.sequence AS number
                FROM (
                    SELECT sequence, order_key, next_attempt_time
                    FROM delivery
                    WHERE tenant_id = $1 AND outlet = $2 AND state = 'PENDING'
                        AND next_attempt_time <= statement_timestamp()
                    ORDER BY next_attempt_time
                    LIMIT %1$d
                ) AS due
                CROSS JOIN LATERAL (
                    SELECT sequence
                    FROM delivery
                    WHERE tenant_id = $1 AND outlet = $2 AND state = 'PENDING'
                        AND (order_key, sequence) >= (due.order_key, 0)
                    ORDER BY order_key, sequence
                    LIMIT 1
                ) AS head
                JOIN delivery AS taken ON taken.tenant_id = $1 AND taken.sequence = due.sequence
                WHERE head.sequence = due.sequence
                    AND taken.state = 'PENDING' AND taken.next_attempt_time <= statement_timestamp()
                    AND ($5::text IS NULL OR EXISTS (
                        SELECT FROM webhook WHERE tenant_id = $1 AND webhook_id = $5 AND enabled))
                ORDER BY due.next_attempt_time
                LIMIT $3
                FOR UPDATE OF taken SKIP LOCKED
            )
            UPDATE delivery
            SET attempts = attempts + 1, last_attempt_time = clock_timestamp(),
                next_attempt_time = clock_timestamp() + $4::bigint * interval '1 ms'
            FROM first
            WHERE tenant_id = $1 AND sequence = number
            RETURNING %2$s
            """
                    .formatted(PORTION, COLUMNS);

    /**
     * Those that are due and have to wait for an earlier one are due right behind that, and are not looked at before. What
     * is due for less than a second may go any moment, and stays. The earlier one is locked, so that {@link #GO_ON} comes
     * before or afterwards; nothing is waited for.
     */
    static final String WAIT =
            """
            WITH waiting AS MATERIALIZED (
                SELECT due.sequence AS number, head.sequence AS head
                FROM (
                    SELECT sequence, order_key
                    FROM delivery
                    WHERE tenant_id = $1 AND outlet = $2 AND state = 'PENDING'
                        AND next_attempt_time <= statement_timestamp() - interval '1 s'
                    ORDER BY next_attempt_time
                    LIMIT %1$d
                ) AS due
                CROSS JOIN LATERAL (
                    SELECT sequence
                    FROM delivery
                    WHERE tenant_id = $1 AND outlet = $2 AND state = 'PENDING'
                        AND (order_key, sequence) >= (due.order_key, 0)
                    ORDER BY order_key, sequence
                    LIMIT 1
                ) AS head
                WHERE head.sequence < due.sequence
            ), heads AS MATERIALIZED (
                SELECT sequence AS head, next_attempt_time AS head_time
                FROM delivery
                WHERE tenant_id = $1 AND state = 'PENDING' AND sequence = ANY (ARRAY(SELECT DISTINCT head FROM waiting))
                FOR SHARE SKIP LOCKED
            ), late AS MATERIALIZED (
                SELECT number, head_time
                FROM waiting
                JOIN heads USING (head)
                JOIN delivery ON tenant_id = $1 AND sequence = number
                WHERE state = 'PENDING' AND attempts = answered_attempt AND next_attempt_time <= head_time
                FOR UPDATE OF delivery SKIP LOCKED
            )
            UPDATE delivery
            SET next_attempt_time = head_time + interval '1 microsecond'
            FROM late
            WHERE tenant_id = $1 AND sequence = number
            """
                    .formatted(PORTION);

    /** Whoever waited for one that is delivered or given up is due. */
    static final String GO_ON =
            """
            UPDATE delivery
            SET next_attempt_time = clock_timestamp()
            WHERE tenant_id = $1 AND state = 'PENDING' AND attempts = answered_attempt
                AND next_attempt_time > clock_timestamp()
                AND sequence = ANY (ARRAY(
                    SELECT next.sequence
                    FROM delivery AS done
                    CROSS JOIN LATERAL (
                        SELECT order_key, sequence
                        FROM delivery
                        WHERE tenant_id = $1 AND outlet = done.outlet AND state = 'PENDING'
                            AND (order_key, sequence) >= (done.order_key, 0)
                        ORDER BY order_key, sequence
                        LIMIT 1
                    ) AS next
                    WHERE done.tenant_id = $1 AND done.sequence = ANY ($2::bigint[]) AND done.state <> 'PENDING'
                        AND next.order_key = done.order_key))
            """;

    /**
     * What is parked has no place in the order any more; if its customer has been erased, that place must not go on naming
     * him. After {@link #GO_ON}, which finds by it who waited.
     */
    static final String NAME_NOBODY =
            """
            UPDATE delivery
            SET order_key = 'erased'
            WHERE tenant_id = $1 AND sequence = ANY ($2::bigint[]) AND state = 'PARKED' AND customer_id IS NULL
                AND starts_with(order_key, 'customers/')
            """;

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
        Tuple parameters =
                attempts(tenant, results.stream().map(Result::delivery).toList());
        new Columns<>(results, parameters)
                .text(Result::state)
                .add(Long.class, result -> result.delay().toMillis())
                .text(Result::words);
        return parameters;
    }

    /** The parameters of {@link #GIVE_BACK}. */
    static Tuple attempts(String tenant, List<Delivery> taken) {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(taken, parameters)
                .add(Long.class, Delivery::sequence)
                .add(Integer.class, Delivery::attempts)
                .time(Delivery::lastAttemptTime);
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
