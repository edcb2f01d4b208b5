package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;

import io.aftercall.engine.AcwKey;
import io.aftercall.engine.TenantId;
import io.aftercall.wrapup.StoredWrapUp;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What tests do to the database past the stores. */
final class PostgresRows {

    private PostgresRows() {}

    static TenantId freshTenant(Pool pool) {
        TenantId tenant = new TenantId("t-" + UUID.randomUUID());
        await(pool.preparedQuery("INSERT INTO tenant (tenant_id) VALUES ($1)")
                .execute(Tuple.of(tenant.value()))
                .toCompletionStage());
        return tenant;
    }

    /** The tenant's log becomes so much older. */
    static void age(Pool pool, TenantId tenant, int days) {
        await(pool.preparedQuery(
                        "UPDATE change_log SET change_time = change_time - $2 * interval '24 hours' WHERE tenant_id = $1")
                .execute(Tuple.of(tenant.value(), days))
                .toCompletionStage());
    }

    /** Every revision. */
    static Map<Integer, StoredWrapUp> wrapUps(Pool pool, TenantId tenant, AcwKey acw) {
        Map<Integer, StoredWrapUp> found = new HashMap<>();
        for (Row row : await(pool.preparedQuery(
                        """
                        SELECT %s FROM wrap_up w
                        WHERE tenant_id = $1 AND agent_id = $2 AND interaction_id = $3
                        UNION ALL
                        SELECT %s FROM (SELECT *, NULL::timestamptz AS editable_until FROM wrap_up_revision) AS w
                        WHERE tenant_id = $1 AND agent_id = $2 AND interaction_id = $3
                        """
                                .formatted(WrapUpRows.STORED, WrapUpRows.STORED))
                .execute(Tuple.of(
                        tenant.value(),
                        acw.agentId().value(),
                        acw.interactionId().value()))
                .toCompletionStage())) {
            found.put(row.getInteger("wrap_up_revision"), WrapUpRows.stored(row).orElseThrow());
        }
        return found;
    }
}
