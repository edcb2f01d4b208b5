package io.aftercall.store;

import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.agent.AgentId;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.engine.KnownAgents;
import io.aftercall.engine.TenantId;
import io.netty.channel.Channel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas that want the tenant's lock all the time, and some that are gone while they wait for it or hold it. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class TenantLockTest {

    private static final int BATCHES = 400;
    /** How often the other one is next: not always only because it may be late to ask. A row's lock comes to 0.6. */
    private static final double TURNS = 0.8;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Pool pool;

    @Inject
    OwnerPool owner;

    private TenantId tenant;

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = PostgresRows.freshTenant(owner.pool());
    }

    @Test
    void replicasThatWriteAsFastAsTheyCanTakeTurns() {
        Replica one = new Replica("one");
        Replica other = new Replica("other");
        one.next();
        other.next();

        await(one.done);
        await(other.done);

        List<AgentId> turns = await(one.store.changesAfter(tenant, 0, Instant.EPOCH, 2 * BATCHES)).stream()
                .map(entry -> entry.change().orElseThrow().state().agentId())
                .toList();
        List<AgentId> both = turns.subList(
                Math.max(turns.indexOf(one.agent), turns.indexOf(other.agent)),
                Math.min(turns.lastIndexOf(one.agent), turns.lastIndexOf(other.agent)));
        assertThat(both).hasSizeGreaterThan(BATCHES);
        assertThat(changesOfTurn(both)).isGreaterThan((long) (TURNS * both.size()));
    }

    @Test
    void whoIsGoneWhileItWaitsForTheLockNoLongerWaits() {
        SqlConnection holder = connection();
        SqlConnection waiter = connection();
        int waiting = pid(waiter);
        try {
            lock(holder);
            waiter.query("BEGIN").execute();
            waiter.preparedQuery(TenantLock.TAKE).execute(Tuple.of(tenant.value()));
            await().atMost(PATIENCE).until(() -> waitsForALock(waiting));
            vanish(waiter);

            // Whoever holds the lock in silence loses it: something is asked until the other is gone.
            await().atMost(PATIENCE).until(() -> pid(holder) > 0 && !lives(waiting));
        } finally {
            await(holder.query("ROLLBACK").execute().toCompletionStage());
            holder.close();
        }
    }

    @Test
    void whoIsGoneWhileAQueryRunsLetsOthersGoOn() {
        SqlConnection holder = connection();
        int holding = pid(holder);
        lock(holder);
        holder.query("SELECT pg_sleep(3600)").execute();
        vanish(holder);

        Replica other = new Replica("other");
        other.next();

        await(other.done);
        await().atMost(PATIENCE).until(() -> !lives(holding));
    }

    private static long changesOfTurn(List<AgentId> turns) {
        return IntStream.range(1, turns.size())
                .filter(turn -> !turns.get(turn).equals(turns.get(turn - 1)))
                .count();
    }

    private SqlConnection connection() {
        return await(pool.getConnection().toCompletionStage());
    }

    private void lock(SqlConnection connection) {
        await(connection.query("BEGIN").execute().toCompletionStage());
        await(connection
                .preparedQuery(TenantLock.TAKE)
                .execute(Tuple.of(tenant.value()))
                .toCompletionStage());
    }

    /** Its process is killed, say: nobody says goodbye to the database. */
    private static void vanish(SqlConnection connection) {
        SocketConnectionBase made = (SocketConnectionBase)
                ((SqlConnectionInternal) connection).unwrap().unwrap();
        Channel channel = made.socket().channelHandlerContext().channel();
        channel.eventLoop().execute(channel.unsafe()::closeForcibly);
    }

    private static int pid(SqlConnection connection) {
        RowSet<Row> rows =
                await(connection.query("SELECT pg_backend_pid()").execute().toCompletionStage());
        return rows.iterator().next().getInteger(0);
    }

    private boolean lives(int pid) {
        return there(pid, "");
    }

    private boolean waitsForALock(int pid) {
        return there(pid, " AND wait_event = 'advisory'");
    }

    private boolean there(int pid, String how) {
        return await(pool.preparedQuery("SELECT 1 FROM pg_stat_activity WHERE pid = $1" + how)
                                .execute(Tuple.of(pid))
                                .toCompletionStage())
                        .size()
                > 0;
    }

    /** Hands over its next batch as soon as the one before has been decided, as a lane does. */
    private final class Replica {

        private final AgentStore store = new PostgresAgentStore(pool);
        private final AgentId agent;
        private final AtomicInteger handedOver = new AtomicInteger();
        private final AtomicInteger committed = new AtomicInteger();
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Replica(String name) {
            agent = new AgentId(name);
        }

        void next() {
            if (handedOver.getAndIncrement() < BATCHES) {
                store.transact(tenant, new Needs(Set.of(agent), KnownAgents.NONE, Set.of(), Set.of()), this::decide)
                        .whenComplete((batch, failure) -> {
                            if (failure != null) {
                                done.completeExceptionally(failure);
                            } else if (committed.incrementAndGet() == BATCHES) {
                                done.complete(null);
                            }
                        });
            }
        }

        private Writes decide(Loaded loaded) {
            CompletableFuture.runAsync(this::next);
            long version = loaded.agents()
                    .getOrDefault(agent, AgentStore.unseen(agent))
                    .state()
                    .version();
            return new Writes(
                    List.of(step(idle(agent, version + 1))), List.of(), List.of(), List.of(), List.of(), List.of());
        }
    }
}
