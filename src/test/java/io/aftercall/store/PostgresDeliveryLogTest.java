package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.engine.DeliveryLog;
import io.aftercall.engine.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class PostgresDeliveryLogTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    @Inject
    DeliveryLog log;

    @Inject
    OwnerPool owner;

    private void delivery(TenantId tenant, String outlet, String state, int daysOld) {
        await(owner.pool()
                .preparedQuery(
                        """
                        INSERT INTO delivery (tenant_id, outlet, event_id, event_type, event_time, interaction_id,
                            order_key, state, next_attempt_time)
                        SELECT $1, $2, gen_random_uuid(), 'WRAP_UP_FINISHED', long_ago.at, $3, '', $4, long_ago.at
                        FROM (SELECT now() - $5::int * interval '24 hours' AS at) AS long_ago
                        """)
                .execute(Tuple.of(tenant.value(), outlet, state + daysOld, state, daysOld))
                .toCompletionStage());
    }

    private List<String> left(TenantId tenant) {
        return await(owner.pool()
                .preparedQuery("SELECT outlet || ' ' || interaction_id FROM delivery WHERE tenant_id = $1 ORDER BY 1")
                .execute(Tuple.of(tenant.value()))
                .map(rows -> PostgresAgentStore.all(rows, (Row row) -> row.getString(0)))
                .toCompletionStage());
    }

    @Test
    void whatWasDeliveredLongAgoIsForgottenAndNothingElse() {
        TenantId tenant = PostgresRows.freshTenant(owner.pool());
        for (int days : List.of(6, 8, 32)) {
            for (String state : List.of("DELIVERED", "PARKED", "PENDING")) {
                delivery(tenant, "webhooks/gone", state, days);
            }
            delivery(tenant, "email", "DELIVERED", days);
            delivery(tenant, "email", "PARKED", days - 2);
        }

        boolean more = await(log.forget(WEEK, MONTH, 1));
        while (await(log.forget(WEEK, MONTH, 1))) {
            // Portion by portion.
        }

        assertThat(more).isTrue();
        assertThat(left(tenant))
                .containsExactly(
                        "email DELIVERED6",
                        "email DELIVERED8",
                        "email PARKED30",
                        "email PARKED4",
                        "email PARKED6",
                        "webhooks/gone DELIVERED6",
                        "webhooks/gone PARKED6",
                        "webhooks/gone PARKED8",
                        "webhooks/gone PENDING32",
                        "webhooks/gone PENDING6",
                        "webhooks/gone PENDING8");
    }
}
