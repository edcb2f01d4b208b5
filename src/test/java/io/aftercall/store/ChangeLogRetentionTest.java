package io.aftercall.store;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.KnownAgents;
import io.aftercall.engine.TenantId;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The days of the log: those to come, those that are old, and those that nobody added in time. */
class ChangeLogRetentionTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final String NAMES =
            """
            SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
            WHERE inhparent = 'change_log'::regclass
            """;

    private static OwnDatabase database;

    private PostgresAgentStore store;
    private PostgresAgentStore otherReplica;
    private long version;

    @BeforeAll
    static void start() throws IOException {
        database = new OwnDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void migrated() {
        database.startOver();
        database.migrate("latest");
        store = new PostgresAgentStore(database.pool());
        otherReplica = new PostgresAgentStore(database.pool());
    }

    @Test
    void thereIsADayForTodayAndForEachOfTheNextThree() {
        await(store.forgetChanges(WEEK));

        log("hour", 1, "clock_timestamp() + i * interval '24 hours' FROM generate_series(0, 3) i");
        assertThat(rowsIn("change_log_default")).isZero();
        assertThat(partitions()).contains(name(day(2)), name(day(3)), "change_log_default");
    }

    @Test
    void addingDaysTwiceIsAddingThemOnce() {
        await(store.forgetChanges(WEEK));
        List<String> before = partitions();

        await(otherReplica.forgetChanges(WEEK));

        assertThat(partitions()).isEqualTo(before);
    }

    @Test
    void aDayGoesWhenAllOfItIsOlderAndNotBefore() {
        addDay(-9);
        addDay(-8);
        addDay(-7);
        log("old", 1, "clock_timestamp() - i * interval '24 hours' FROM generate_series(7, 9) i");

        await(store.forgetChanges(WEEK));

        assertThat(partitions()).doesNotContain(name(day(-9)), name(day(-8))).contains(name(day(-7)));
        assertThat(database.column("SELECT count(*) FROM change_log WHERE tenant_id = 'old'"))
                .containsExactly("1");
    }

    @Test
    void whileAnotherReplicaIsAtItNothingIsDone() {
        addDay(-9);
        SqlConnection other = await(database.pool().getConnection().toCompletionStage());
        execute(other, "BEGIN");
        execute(other, "SELECT pg_advisory_xact_lock('change_log'::regclass::oid::int, 0)");

        await(store.forgetChanges(WEEK));

        assertThat(partitions()).contains(name(day(-9)));
        execute(other, "ROLLBACK");
        await(other.close().toCompletionStage());
        await(store.forgetChanges(WEEK));
        assertThat(partitions()).doesNotContain(name(day(-9)));
    }

    @Test
    void ofManyReplicasAtOnceNoneFails() {
        addDay(-9);
        addDay(-8);

        CompletableFuture<?>[] all = new CompletableFuture<?>[5];
        for (int i = 0; i < all.length; i++) {
            all[i] = new PostgresAgentStore(database.pool()).forgetChanges(WEEK).toCompletableFuture();
        }

        await(CompletableFuture.allOf(all));
        assertThat(partitions()).doesNotContain(name(day(-9)), name(day(-8))).contains(name(day(2)), name(day(3)));
    }

    @Test
    void writesGoOnWhileADayCannotGoAndTheNextRunDropsIt() {
        addDay(-9);
        SqlConnection reader = await(database.pool().getConnection().toCompletionStage());
        execute(reader, "BEGIN");
        execute(reader, "SELECT count(*) FROM change_log");

        CompletableFuture<Void> dropping = store.forgetChanges(WEEK).toCompletableFuture();
        write();
        write();

        assertThatThrownBy(() -> await(dropping)).hasMessageContaining("lock timeout");
        write();
        assertThat(partitions()).contains(name(day(-9)));
        execute(reader, "ROLLBACK");
        await(reader.close().toCompletionStage());
        await(store.forgetChanges(WEEK));
        assertThat(partitions()).doesNotContain(name(day(-9)));
        assertThat(revisions()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoeverHoldsAnOldDayDoesNotKeepTheNextFromBeingAdded() {
        addDay(-9);
        SqlConnection reader = await(database.pool().getConnection().toCompletionStage());
        execute(reader, "BEGIN");
        execute(reader, "SELECT count(*) FROM " + name(day(-9)));

        assertThatThrownBy(() -> await(store.forgetChanges(WEEK))).hasMessageContaining("lock timeout");

        assertThat(partitions()).contains(name(day(3)));
        execute(reader, "ROLLBACK");
        await(reader.close().toCompletionStage());
    }

    @Test
    void whenNobodyHasAddedDaysWritesGoOnAndWhatTheyWroteBecomesADayOfItsOwn() {
        nobodyHasAddedDays();
        write();
        write();
        assertThat(rowsIn("change_log_default")).isEqualTo(2);

        await(store.forgetChanges(WEEK));

        assertThat(rowsIn("change_log_default")).isZero();
        write();
        assertThat(revisions()).containsExactly(1L, 2L, 3L);
        assertThat(rowsIn("change_log_default")).isZero();
        assertThat(partitions()).contains(name(day(-4)), name(day(3)));
    }

    @Test
    void whatIsInNoDayIsForgottenByItsTime() {
        log("old", 1, "clock_timestamp() - interval '169 hours'");
        log("old", 2, "clock_timestamp() - interval '167 hours'");
        assertThat(rowsIn("change_log_default")).isEqualTo(2);

        await(store.forgetChanges(WEEK));

        assertThat(database.column("SELECT revision FROM change_log WHERE tenant_id = 'old'"))
                .containsExactly("2");
    }

    @Test
    void whatIsThereBeforeTheLogHasDaysIsKept() {
        database.startOver();
        database.migrate("4");
        log("old", 1, "clock_timestamp() - i * interval '24 hours' FROM generate_series(0, 30) i");

        database.migrate("latest");

        store = new PostgresAgentStore(database.pool());
        write();
        assertThat(database.column("SELECT DISTINCT tableoid::regclass FROM change_log"))
                .containsExactly(name(day(-30)));
        assertThat(rowsIn("change_log")).isEqualTo(32);
        await(store.forgetChanges(WEEK));
        assertThat(rowsIn("change_log")).isEqualTo(32);
    }

    @Test
    void whatIsNewIsNotSoughtInDaysGoneBy() {
        addDay(-2);
        addDay(-1);
        String now = database.column("SELECT clock_timestamp()").get(0);
        String select = ChangeRows.SELECT
                .replace("$1", "'default'")
                .replace("$2", "7")
                .replace("$3", "'" + now + "'")
                .replace("$4", "1000");

        String plan = String.join("\n", database.column("EXPLAIN " + select));

        assertThat(plan).contains(name(day(0))).doesNotContain(name(day(-1)), name(day(-2)));
    }

    /** The last day that anybody added was five days ago. */
    private static void nobodyHasAddedDays() {
        database.execute("DROP TABLE " + name(day(0)));
        addDay(-5);
    }

    private static void addDay(int fromToday) {
        ChangeLogPartition old = ChangeLogPartition.of(day(fromToday), day(fromToday + 1));
        database.execute(old.create());
        database.execute("ALTER TABLE " + old.name() + " OWNER TO aftercall_retention");
        database.execute(old.attach());
    }

    /** By the database's clock, which here is the same as ours but for midnight. */
    private static Instant day(int fromToday) {
        return Instant.parse(database.column(
                                "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T00:00:00Z\"')")
                        .get(0))
                .plus(fromToday, ChronoUnit.DAYS);
    }

    private static String name(Instant day) {
        return ChangeLogPartition.of(day, day).name();
    }

    private static List<String> partitions() {
        return database.column(NAMES);
    }

    private static long rowsIn(String table) {
        return Long.parseLong(database.column("SELECT count(*) FROM " + table).get(0));
    }

    /** One row for each time, numbered from a revision on. */
    private static void log(String tenant, int revision, String times) {
        database.execute(
                """
                INSERT INTO change_log (tenant_id, revision, change_time, cause, actor)
                SELECT '%s', %d + row_number() OVER () - 1, time, 'POLICY_CHANGED', 'router'
                FROM (SELECT %s) AS times (time)
                """
                        .formatted(tenant, revision, times));
    }

    private void write() {
        Needs needs = new Needs(Set.of(ADA), KnownAgents.NONE, Set.of(), Set.of());
        await(store.transact(
                TenantId.DEFAULT,
                needs,
                loaded -> new Writes(
                        List.of(step(idle(ADA, ++version))), List.of(), List.of(), List.of(), List.of(), List.of())));
    }

    private List<Long> revisions() {
        return await(store.changesAfter(TenantId.DEFAULT, 0, Instant.EPOCH, 100)).stream()
                .map(CommittedChange::revision)
                .toList();
    }

    private static void execute(SqlConnection connection, String sql) {
        await(connection.query(sql).execute().toCompletionStage());
    }
}
