package io.aftercall.store;

import io.aftercall.engine.TenantId;
import io.aftercall.policy.PressureChange;
import io.aftercall.policy.QueueLoad;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code queue_pressure}, in the transaction of a session. */
final class QueuePressureRows {

    private static final String CHANGES =
            "SELECT queue_id, pressed, revision FROM queue_pressure WHERE tenant_id = ?1 AND revision > ?2";

    private static final String REPORT =
            """
            INSERT INTO queue_pressure (tenant_id, queue_id, waiting_count, longest_wait, report_time)
            VALUES (?1, ?2, ?3, make_interval(secs => ?4), clock_timestamp())
            ON CONFLICT (tenant_id, queue_id) DO UPDATE SET waiting_count = excluded.waiting_count,
                longest_wait = excluded.longest_wait, report_time = excluded.report_time
            """;

    private static final String PRESS =
            "UPDATE queue_pressure SET pressed = ?3, revision = ?4 WHERE tenant_id = ?1 AND queue_id = ?2";

    private static final String SILENT =
            """
            SELECT queue_id FROM queue_pressure
            WHERE tenant_id = ?1 AND pressed AND report_time < clock_timestamp() - make_interval(secs => ?2)
            """;

    private final Mutiny.Session session;
    private final TenantId tenant;

    QueuePressureRows(Mutiny.Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** The last coming or going of each queue's pressure, where that was after a revision. */
    Uni<List<PressureChange>> changesAfter(long revision) {
        return session.createNativeQuery(CHANGES, Object[].class)
                .setParameter(1, tenant.value())
                .setParameter(2, revision)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new PressureChange((String) row[0], (Boolean) row[1], (Long) row[2]))
                        .toList());
    }

    Uni<Integer> report(String queueId, QueueLoad load) {
        return session.createNativeQuery(REPORT)
                .setParameter(1, tenant.value())
                .setParameter(2, queueId)
                .setParameter(3, load.waiting())
                .setParameter(4, seconds(load.longestWait()))
                .executeUpdate();
    }

    Uni<Integer> change(PressureChange change) {
        return session.createNativeQuery(PRESS)
                .setParameter(1, tenant.value())
                .setParameter(2, change.queueId())
                .setParameter(3, change.pressed())
                .setParameter(4, change.revision())
                .executeUpdate();
    }

    /** The queues under pressure of which nobody has reported for so long. */
    Uni<List<String>> silent(Duration silence) {
        return session.createNativeQuery(SILENT, String.class)
                .setParameter(1, tenant.value())
                .setParameter(2, seconds(silence))
                .getResultList();
    }

    private static double seconds(Duration span) {
        return span.toMillis() / 1_000.0;
    }
}
