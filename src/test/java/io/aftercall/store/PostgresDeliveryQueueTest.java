package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.engine.Actor;
import io.aftercall.engine.AuditTrail;
import io.aftercall.engine.DeliveryLog;
import io.aftercall.engine.DeliveryQueue;
import io.aftercall.engine.DeliveryQueue.Health;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.DeliveryQueue.Result;
import io.aftercall.engine.DeliveryQueue.Taken;
import io.aftercall.engine.TenantId;
import io.aftercall.logs.LogRecords;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What replicas get of one queue, however they come together. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class PostgresDeliveryQueueTest {

    /** Nobody else looks for what is due there. */
    private static final String NAME = "ledger";

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(1);

    @Inject
    DeliveryQueue queue;

    @Inject
    DeliveryLog log;

    @Inject
    AuditTrail audit;

    @Inject
    Pool pool;

    @Inject
    OwnerPool owner;

    @RegisterExtension
    final LogRecords logged = new LogRecords();

    private TenantId tenant;
    private OutletKey outlet;

    @BeforeEach
    void start() {
        tenant = PostgresRows.freshTenant(owner.pool());
        outlet = new OutletKey(tenant, NAME);
    }

    private void execute(String sql, Object... parameters) {
        await(owner.pool().preparedQuery(sql).execute(Tuple.wrap(parameters)).toCompletionStage());
    }

    /** So many that have been due for ten seconds, one after the other. */
    private void due(String key, int count) {
        execute(
                """
                INSERT INTO delivery (tenant_id, outlet, event_id, event_type, event_time, order_key, next_attempt_time)
                SELECT $1, $2, gen_random_uuid(), 'WEBHOOK_TESTED', now(), $3,
                    now() - interval '10 s' + number * interval '1 us'
                FROM generate_series(1, $4::int) AS number
                """,
                tenant.value(),
                outlet.outlet(),
                key,
                count);
    }

    private CompletionStage<Taken> turn(int most, Duration lease, Result... results) {
        return queue.turn(outlet, List.of(results), Optional.empty(), most, lease);
    }

    private List<Delivery> take(int most, Result... results) {
        return deliveries(await(turn(most, LEASE, results)));
    }

    private Delivery takeOne(Result... results) {
        List<Delivery> taken = take(10, results);
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }

    /** Whoever has it does not say in time what came of it. */
    private Delivery takeAndLose() {
        return deliveries(await(turn(1, Duration.ZERO))).get(0);
    }

    private static List<Delivery> deliveries(Taken taken) {
        return taken.parcels().stream().map(Parcel::delivery).toList();
    }

    private static Result delivered(Delivery delivery) {
        return new Result(delivery, DeliveryState.DELIVERED, Duration.ZERO, "HTTP 200");
    }

    private static Result refused(Delivery delivery, Duration delay) {
        return new Result(delivery, DeliveryState.PENDING, delay, "HTTP 422");
    }

    private static Result parked(Delivery delivery) {
        return new Result(delivery, DeliveryState.PARKED, Duration.ZERO, "HTTP 422");
    }

    private Delivery find(Delivery delivery) {
        return await(log.find(tenant, delivery.sequence())).orElseThrow();
    }

    private int replay(Delivery delivery) {
        return await(log.replay(tenant, delivery.sequence(), Actor.SERVER));
    }

    private boolean isDue() {
        return await(queue.due(Set.of(NAME))).contains(outlet);
    }

    // ---- many takers

    @Test
    void manyTakersGetEachOnce() {
        IntStream.range(0, 100).forEach(i -> due("customers/" + i, 1));
        List<CompletionStage<Taken>> takers =
                IntStream.range(0, 16).mapToObj(i -> turn(10, LEASE)).toList();

        List<Long> taken = new ArrayList<>();
        takers.forEach(taker -> deliveries(await(taker)).forEach(delivery -> taken.add(delivery.sequence())));
        take(100).forEach(delivery -> taken.add(delivery.sequence()));

        assertThat(taken).hasSize(100).doesNotHaveDuplicates();
        assertThat(isDue()).isFalse();
    }

    @Test
    void oneCustomersComeOneAfterTheOtherWhoeverTakesThem() {
        due("customers/ann", 20);
        List<Long> taken = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Result[] told = results.toArray(Result[]::new);
            results.clear();
            List<CompletionStage<Taken>> takers = List.of(turn(5, LEASE), turn(5, LEASE, told), turn(5, LEASE));
            List<Delivery> found = new ArrayList<>();
            takers.forEach(taker -> found.addAll(deliveries(await(taker))));
            // One of them may have been too early.
            List<Delivery> one = found.isEmpty() ? take(5) : found;
            assertThat(one).hasSize(1);
            taken.add(one.get(0).sequence());
            results.add(delivered(one.get(0)));
        }

        assertThat(taken).isSorted().doesNotHaveDuplicates().hasSize(20);
    }

    @Test
    void whatSomebodyHasIsTakenAgainWhenItsTimeIsOver() {
        due("customers/ann", 1);
        Delivery lost = takeAndLose();

        Delivery again = takeOne();

        assertThat(again.sequence()).isEqualTo(lost.sequence());
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(again.inDoubt()).isTrue();
    }

    @Test
    void whatIsGivenBackIsAsIfItHadNotBeenTaken() {
        due("customers/ann", 1);
        Delivery untouched = takeOne();
        await(queue.giveBack(outlet, List.of(untouched)));

        Delivery again = takeOne();
        await(queue.giveBack(outlet, List.of(untouched)));

        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.inDoubt()).isFalse();
        assertThat(isDue()).isFalse();
    }

    // ---- late results

    @Test
    void whatAnEarlierAttemptFailedWithSaysNothing() {
        due("customers/ann", 1);
        Delivery lost = takeAndLose();
        Delivery again = takeOne();

        take(1, parked(lost));

        assertThat(find(again)).isEqualTo(again);
    }

    @Test
    void whatAnEarlierAttemptDeliveredIsDelivered() {
        due("customers/ann", 1);
        Delivery lost = takeAndLose();
        Delivery again = takeOne();

        take(1, delivered(lost));
        take(1, refused(again, Duration.ZERO));

        assertThat(find(again).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void whatWasParkedAndTurnsOutToBeDeliveredIsDelivered() {
        due("customers/ann", 1);
        Delivery lost = takeAndLose();
        take(1, parked(takeOne()));

        take(1, delivered(lost));

        assertThat(find(lost).state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(find(lost).lastResult()).isEqualTo("HTTP 200");
    }

    // ---- replays

    @Test
    void whatIsUnderWayIsNotReplayed() {
        due("customers/ann", 1);
        Delivery underWay = takeOne();

        int replayed = replay(underWay);

        assertThat(replayed).isZero();
        assertThat(find(underWay)).isEqualTo(underWay);
        assertThat(await(audit.after(tenant, 0, 10))).isEmpty();
        take(1, delivered(underWay));
        assertThat(replay(underWay)).isEqualTo(1);
        assertThat(takeOne().attempts()).isEqualTo(1);
    }

    @Test
    void whatAnAttemptFromBeforeAReplayFailedWithSaysNothing() {
        due("customers/ann", 1);
        Delivery lost = takeAndLose();
        int replayed = replay(lost);
        Delivery again = takeOne();

        take(1, parked(lost));

        assertThat(replayed).isEqualTo(1);
        assertThat(again.attempts()).isEqualTo(lost.attempts());
        assertThat(find(again)).isEqualTo(again);
    }

    // ---- those that wait

    @Test
    void whoeverWaitsForOneThatWaitsIsNotDue() {
        due("customers/ann", 5);
        Delivery first = takeOne();
        take(10, refused(first, LONG));
        boolean due = isDue();

        Delivery second = takeOne(delivered(first));
        Delivery third = takeOne(parked(second));

        assertThat(due).isFalse();
        assertThat(List.of(first.sequence(), second.sequence(), third.sequence()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void whoeverWaitsForOneThatIsDueAgainComesAfterIt() {
        due("customers/ann", 5);
        Delivery first = takeOne();

        Delivery again = takeOne(refused(first, Duration.ZERO));

        assertThat(again.sequence()).isEqualTo(first.sequence());
        assertThat(takeOne(delivered(again)).sequence()).isGreaterThan(first.sequence());
    }

    // ---- those that wait for one that is done just now, while another replica puts them behind it

    /** A replica keeps that the first was delivered, and wakes who waits: nobody does yet. */
    @Test
    void whoIsPutBehindOneThatIsDoneButNotCommittedIsNotForgotten() {
        Delivery first = firstOfTwoThatWaits();
        SqlConnection replica = begin();
        run(replica, DeliveryRows.RECORD, DeliveryRows.results(tenant.value(), List.of(delivered(first))));
        run(replica, DeliveryRows.GO_ON, Tuple.of(tenant.value()).addArrayOfLong(new Long[] {first.sequence()}));

        List<Delivery> tooEarly = take(10);
        commit(replica);

        assertThat(tooEarly).isEmpty();
        assertThat(takeOne().sequence()).isGreaterThan(first.sequence());
    }

    /** The other way round: who has been put behind it is found by the replica that keeps that it was delivered. */
    @Test
    void whoHasBeenPutBehindOneThatIsDoneMeanwhileIsNotForgotten() {
        Delivery first = firstOfTwoThatWaits();
        SqlConnection other = begin();
        int backend = run(other, "SELECT pg_backend_pid()", Tuple.tuple())
                .iterator()
                .next()
                .getInteger(0);
        int put = run(other, DeliveryRows.WAIT, Tuple.of(tenant.value(), outlet.outlet()))
                .rowCount();

        CompletableFuture<Taken> told =
                turn(0, LEASE, delivered(first)).toCompletableFuture().copy();
        Awaitility.await().until(() -> told.isDone() || blocksSomebody(backend));
        commit(other);
        told.join();

        assertThat(put).isEqualTo(1);
        assertThat(takeOne().sequence()).isGreaterThan(first.sequence());
    }

    private Delivery firstOfTwoThatWaits() {
        due("customers/ann", 2);
        Delivery first = take(1).get(0);
        take(0, refused(first, LONG));
        return first;
    }

    private SqlConnection begin() {
        SqlConnection connection = await(owner.pool().getConnection().toCompletionStage());
        await(connection.begin().toCompletionStage());
        return connection;
    }

    private static RowSet<Row> run(SqlConnection connection, String sql, Tuple parameters) {
        return await(connection.preparedQuery(sql).execute(parameters).toCompletionStage());
    }

    private static void commit(SqlConnection connection) {
        await(connection
                .transaction()
                .commit()
                .compose(done -> connection.close())
                .toCompletionStage());
    }

    private boolean blocksSomebody(int backend) {
        return await(owner.pool()
                .preparedQuery(
                        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE $1::int = ANY (pg_blocking_pids(pid)))")
                .execute(Tuple.of(backend))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .toCompletionStage());
    }

    @Test
    void whoComesAndGoesMeanwhileLeavesNobodyWaiting() {
        due("customers/ann", 60);
        List<Result> told = new ArrayList<>();
        List<Long> taken = new ArrayList<>();
        while (taken.size() < 60) {
            List<CompletionStage<Taken>> takers = new ArrayList<>();
            takers.add(turn(3, LEASE, told.toArray(Result[]::new)));
            // Each of them puts out of the way whatever waits, as far as it knows.
            IntStream.range(0, 4).forEach(i -> takers.add(turn(3, LEASE)));
            told.clear();
            List<Delivery> found = new ArrayList<>();
            takers.forEach(taker -> found.addAll(deliveries(await(taker))));
            if (found.isEmpty()) {
                found.addAll(take(3));
            }
            assertThat(found).as("after " + taken.size()).hasSize(1);
            taken.add(found.get(0).sequence());
            told.add(delivered(found.get(0)));
        }

        assertThat(taken).isSorted();
    }

    @Test
    void aHundredThousandThatWaitCostNothing() {
        due("customers/ann", 100_001);
        execute("ANALYZE delivery");
        Delivery first = takeOne();
        take(1, refused(first, LONG));
        due("customers/bob", 1);
        int turns = 0;
        List<Delivery> ofBob = List.of();
        boolean more = true;
        while (more) {
            Taken taken = await(turn(10, LEASE));
            more = taken.more();
            turns++;
            ofBob = ofBob.isEmpty() ? deliveries(taken) : ofBob;
        }

        assertThat(turns).isLessThan(110);
        assertThat(ofBob).hasSize(1);
        assertThat(isDue()).isFalse();
        // What they were before is still in the index, until the next vacuum.
        assertThat(pages(DeliveryRows.TAKE, tenant.value(), NAME, 10, LEASE.toMillis(), null))
                .isLessThan(2_000);
        assertThat(pages(DeliveryRows.WAIT, tenant.value(), NAME)).isLessThan(2_000);
        // Nor do those in whose place they come.
        assertThat(takeOne(delivered(first)).sequence()).isEqualTo(first.sequence() + 1);
    }

    /** How many pages a statement looks at. */
    private int pages(String sql, Object... parameters) {
        JsonObject plan = await(DatabaseRole.runFor(tenant.value(), pool, connection -> connection
                        .preparedQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql)
                        .execute(Tuple.wrap(parameters)))
                .map(rows -> rows.iterator().next().getJsonArray(0).getJsonObject(0))
                .toCompletionStage());
        JsonObject top = plan.getJsonObject("Plan");
        return top.getInteger("Shared Hit Blocks") + top.getInteger("Shared Read Blocks");
    }

    // ---- webhooks

    private boolean enabled() {
        return await(owner.pool()
                .preparedQuery("SELECT enabled FROM webhook WHERE tenant_id = $1")
                .execute(Tuple.of(tenant.value()))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .toCompletionStage());
    }

    private void gone(int revision) {
        await(queue.turn(
                outlet, List.of(), Optional.of(new Health(0, Duration.ZERO, Optional.of(revision))), 0, LEASE));
    }

    @Test
    void whoWantsNothingMoreIsDisabledUnlessItHasBeenChanged() {
        outlet = new OutletKey(tenant, "webhooks/crm");
        execute(
                """
                INSERT INTO webhook (tenant_id, webhook_id, url, description, event_types, enabled, webhook_revision,
                    create_time, update_time, secret)
                VALUES
                    ($1, 'crm', 'https://crm.example/s3cret', '', '{FOLLOW_UP_DUE}', true, 3, now(), now(), '')
                """,
                tenant.value());

        gone(2);
        boolean changed = enabled();
        gone(3);
        gone(3);

        assertThat(changed).isTrue();
        assertThat(enabled()).isFalse();
        assertThat(logged.all())
                .extracting(LogRecord::getMessage)
                .filteredOn(line -> line.contains("webhooks/crm of tenant " + tenant + " is disabled"))
                .hasSize(1);
        assertThat(await(audit.after(tenant, 0, 10)))
                .extracting(AuditTrail.Entry::content)
                .singleElement()
                .asString()
                .contains(
                        "WEBHOOK_UPDATED",
                        "webhooks/crm",
                        "\"before\":{\"enabled\":\"true\",\"event_types\":\"FOLLOW_UP_DUE\",\"host\":\"crm.example\"}",
                        "\"after\":{\"enabled\":\"false\"")
                .doesNotContain("s3cret");
    }
}
