package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.engine.CallerGone;
import io.aftercall.engine.ReportStore;
import io.aftercall.engine.TenantId;
import io.aftercall.interaction.Channel;
import io.aftercall.report.AcwReport;
import io.aftercall.report.AcwReportQuery;
import io.aftercall.report.Dimension;
import io.aftercall.report.DoneInteraction;
import io.aftercall.report.ReportEntry;
import io.aftercall.report.ReportInterval;
import io.aftercall.report.ReportKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be read keeps nothing else from being added up and reported. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class PostgresReportStoreTest {

    private static final Instant HOUR = Instant.parse("2026-06-01T10:00:00Z");

    @Inject
    ReportStore reports;

    @Inject
    OwnerPool owner;

    private TenantId tenant;

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = PostgresRows.freshTenant(owner.pool());
    }

    @Test
    void anEntryThatCannotBeReadIsSetAsideAndTheOthersAreAddedUp() {
        enter("{\"agent_id\": \"anna\", \"available\": \"for long\"}", call("sales"), "[]", call("support"));

        AcwReport waiting = report(Dimension.QUEUE);
        untilAddedUp();

        assertThat(waiting.total().handled()).isEqualTo(2);
        assertThat(report(Dimension.QUEUE).total().handled()).isEqualTo(2);
        assertThat(column("SELECT entry::text FROM report_entry WHERE tenant_id = $1 AND set_aside ORDER BY sequence"))
                .containsExactly("{\"agent_id\": \"anna\", \"available\": \"for long\"}", "[]");
    }

    @Test
    void anEntryThatWasSetAsideCountsAsSoonAsItCanBeRead() {
        enter("{}");
        untilAddedUp();

        change("UPDATE report_entry SET entry = '%s' WHERE tenant_id = $1".formatted(call("sales")));

        assertThat(report(Dimension.QUEUE).total().handled()).isEqualTo(1);
        change("UPDATE report_entry SET set_aside = false WHERE tenant_id = $1");
        untilAddedUp();
        assertThat(report(Dimension.QUEUE).total().handled()).isEqualTo(1);
        assertThat(column("SELECT entry::text FROM report_entry WHERE tenant_id = $1"))
                .isEmpty();
    }

    @Test
    void anHourThatCannotBeReadIsLeftOutAndBegunAnew() {
        await(owner.pool()
                .preparedQuery("INSERT INTO report_hour VALUES ($1, 'QUEUES', $2, 'sales', $3)")
                .execute(Tuple.of(tenant.value(), Columns.time(HOUR), Buffer.buffer(new byte[] {1, 0, 1, -1, 3})))
                .toCompletionStage());
        enter(call("sales"), call("support"));

        AcwReport waiting = report(Dimension.QUEUE);
        untilAddedUp();
        enter(call("sales"));
        untilAddedUp();

        assertThat(waiting.total().handled()).isEqualTo(2);
        assertThat(report(Dimension.QUEUE).total().handled()).isEqualTo(3);
        assertThat(report(Dimension.AGENT).total().handled()).isEqualTo(3);
        assertThat(column("SELECT subject_id || encode(unreadable, 'hex') FROM report_hour WHERE tenant_id = $1"
                        + " AND unreadable IS NOT NULL"))
                .containsExactly("sales010001ff03");
    }

    @Test
    void aReportForWhichNobodyWaitsStopsAfterAPortion() {
        AtomicInteger asked = new AtomicInteger();
        await(owner.pool()
                .preparedQuery(PostgresReportStore.ENTER)
                .execute(Tuple.of(tenant.value())
                        .addArrayOfString(
                                Collections.nCopies(20_000, call("sales")).toArray(String[]::new)))
                .toCompletionStage());

        CompletionStage<AcwReport> report = report(Dimension.QUEUE, () -> asked.incrementAndGet() == 3);

        assertThatThrownBy(() -> await(report)).hasRootCauseInstanceOf(CallerGone.class);
        assertThat(asked).hasValue(3);
    }

    private static String call(String queueId) {
        ReportEntry call = new DoneInteraction(
                new ReportKey("anna", "blue", queueId, Channel.VOICE, ""),
                1,
                HOUR.plusSeconds(60),
                true,
                DoneInteraction.talk(HOUR, HOUR.plusSeconds(60)),
                0,
                Optional.empty());
        return ReportEntryJson.write(call);
    }

    private void enter(String... entries) {
        await(owner.pool()
                .preparedQuery(PostgresReportStore.ENTER)
                .execute(Tuple.of(tenant.value()).addArrayOfString(entries))
                .toCompletionStage());
    }

    private void change(String sql) {
        await(owner.pool().preparedQuery(sql).execute(Tuple.of(tenant.value())).toCompletionStage());
    }

    private List<String> column(String sql) {
        return await(owner.pool()
                .preparedQuery(sql)
                .execute(Tuple.of(tenant.value()))
                .map(rows -> PostgresAgentStore.all(rows, (Row row) -> row.getString(0)))
                .toCompletionStage());
    }

    /** The server's routine does it too, for one tenant after the other. */
    private void untilAddedUp() {
        Awaitility.await().until(() -> {
            await(reports.addUp(tenant, 1_000));
            return column("SELECT entry::text FROM report_entry WHERE tenant_id = $1 AND NOT set_aside")
                    .isEmpty();
        });
    }

    private AcwReport report(Dimension groupBy) {
        return await(report(groupBy, () -> false));
    }

    private CompletionStage<AcwReport> report(Dimension groupBy, BooleanSupplier abandoned) {
        AcwReportQuery query = new AcwReportQuery(
                HOUR, HOUR.plusSeconds(3_600), ZoneOffset.UTC, ReportInterval.WHOLE, EnumSet.of(groupBy), Map.of());
        return reports.report(tenant, query, 1_000, HOUR.plusSeconds(3_600), Set.of(), abandoned);
    }
}
