package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.engine.AcwHistory;
import io.aftercall.engine.AcwHistory.Page;
import io.aftercall.engine.AcwHistory.Place;
import io.aftercall.engine.AcwHistory.Taken;
import io.aftercall.engine.TenantId;
import io.aftercall.forecast.AcwDurations.Count;
import io.aftercall.forecast.DurationHistogram;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class PostgresAcwHistoryTest {

    private static final Duration MONTH = Duration.ofDays(30);

    @Inject
    AcwHistory history;

    @Inject
    OwnerPool owner;

    private TenantId tenant;

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = PostgresRows.freshTenant(owner.pool());
    }

    @Test
    void acwsThatWereCompletedOrTimedOutAreCountedByAgentQueueAndDuration() {
        ended("ada", "sales", "COMPLETED", 20, "1 hour");
        ended("ada", "sales", "TIMED_OUT", 20, "2 hours");
        ended("ada", null, "COMPLETED", 20, "1 hour");
        ended("bob", "sales", "COMPLETED", 200, "1 hour");
        ended("ada", "sales", "FORCED", 20, "1 hour");

        Taken taken = await(history.durations(tenant, Optional.empty(), MONTH));

        assertThat(taken.counts())
                .containsExactlyInAnyOrder(
                        new Count("ada", "sales", bucket(20), 2),
                        new Count("ada", null, bucket(20), 1),
                        new Count("bob", "sales", bucket(200), 1));
    }

    @Test
    void theTimeForWhichAnAcwPausedDoesNotCount() {
        ended("ada", "sales", "COMPLETED", 606, "1 hour");
        await(owner.pool()
                .preparedQuery(
                        """
                        UPDATE acw SET pauses = json_build_array(
                            json_build_object('since_time', start_time + interval '5 s',
                                'until_time', start_time + interval '105 s'),
                            json_build_object('since_time', start_time + interval '106 s',
                                'until_time', start_time + interval '592 s'))
                        WHERE tenant_id = $1
                        """)
                .execute(Tuple.of(tenant.value()))
                .toCompletionStage());

        assertThat(await(history.durations(tenant, Optional.empty(), MONTH)).counts())
                .containsExactly(new Count("ada", "sales", bucket(20), 1));
    }

    @Test
    void onlyThoseThatEndedInThePeriodAreCounted() {
        ended("ada", "sales", "COMPLETED", 20, "31 days");
        ended("ada", "sales", "COMPLETED", 30, "1 second");
        Taken month = await(history.durations(tenant, Optional.empty(), MONTH));
        ended("ada", "sales", "COMPLETED", 20, "1 minute");

        Taken since = await(history.durations(tenant, Optional.of(month.until()), MONTH));

        assertThat(month.counts()).isEmpty();
        assertThat(since.counts()).isEmpty();
        assertThat(await(history.durations(tenant, Optional.of(month.until().minusSeconds(90)), MONTH))
                        .counts())
                .containsExactly(new Count("ada", "sales", bucket(20), 1));
    }

    @Test
    void theBucketsOfTheDatabaseAreOurs() {
        for (int seconds : new int[] {0, 1, 2, 7, 59, 61, 3_600, 86_399, 200_000}) {
            ended("a" + seconds, null, "COMPLETED", seconds, "1 hour");
        }

        assertThat(await(history.durations(tenant, Optional.empty(), MONTH)).counts())
                .hasSize(9)
                .allSatisfy(count -> assertThat(count.bucket())
                        .isEqualTo(bucket(Long.parseLong(count.agentId().substring(1)))));
    }

    @Test
    void pagesLeadThroughAPeriodAndMissNobody() {
        await(owner.pool()
                .preparedQuery(
                        """
                        INSERT INTO acw (tenant_id, agent_id, interaction_id, outcome, channel,
                            acw_id, policy, policy_revision, extensions_used, end_reason, start_time, end_time)
                        SELECT $1, 'ada', n::text, 'ENDED', 'VOICE', gen_random_uuid(), '{}', 0, 0, 'COMPLETED',
                            '2026-03-02T09:00:00Z', '2026-03-02T10:00:00Z'::timestamptz + interval '1 s' * (n / 2)
                        FROM generate_series(0, 2499) AS n
                        """)
                .execute(Tuple.of(tenant.value()))
                .toCompletionStage());
        Instant until = Instant.parse("2026-03-02T10:20:00Z");
        Set<String> seen = new HashSet<>();
        int rows = 0;

        Place place = new Place(Instant.parse("2026-03-02T09:55:00Z"), "", "");
        while (place.endTime().isBefore(until)) {
            Page page = await(history.page(tenant, place, until));
            page.settled().forEach(acw -> seen.add(acw.interactionId().value()));
            rows += page.settled().size();
            place = page.next();
        }

        assertThat(rows).isEqualTo(2_400);
        assertThat(seen).hasSize(2_400);
    }

    private void ended(String agent, String queue, String reason, long seconds, String ago) {
        await(owner.pool()
                .preparedQuery(
                        """
                        INSERT INTO acw (tenant_id, agent_id, interaction_id, outcome, queue_id,
                            end_reason, start_time, end_time)
                        SELECT $1, $2, gen_random_uuid()::text, 'ENDED', $3, $4,
                            ended - make_interval(secs => $5), ended
                        FROM (SELECT clock_timestamp() - $6::text::interval AS ended) AS now
                        """)
                .execute(Tuple.of(tenant.value(), agent, queue, reason, (double) seconds, ago))
                .toCompletionStage());
    }

    private static int bucket(long seconds) {
        return DurationHistogram.bucket(Duration.ofSeconds(seconds));
    }
}
