package io.aftercall.engine;

import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AgentStore.Committed;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Snapshot;
import io.aftercall.engine.AgentStore.Writes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of agents does when many write at once. */
public abstract class ConcurrentTransactionsContract extends StoreContract {

    private static final int TRANSACTIONS = 120;
    private static final AgentId[] AGENTS =
            Stream.of("a", "b", "c").map(AgentId::new).toArray(AgentId[]::new);

    private TenantId tenant;

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = freshTenant();
    }

    @Test
    void changesOfConcurrentTransactionsAreNumberedDenselyAndEachTransactionsStayTogether() {
        List<Committed> committed = await(all(startAll()));

        List<CommittedChange> log = await(store().changesAfter(tenant, 0, Instant.EPOCH, 1_000));
        assertThat(log).hasSize(TRANSACTIONS * AGENTS.length);
        for (int place = 0; place < log.size(); place++) {
            assertThat(log.get(place).revision()).isEqualTo(place + 1);
        }
        assertThat(committed).allSatisfy(one -> {
            int first = (int) one.changes().get(0).revision() - 1;
            assertThat(log.subList(first, first + AGENTS.length)).isEqualTo(one.changes());
        });
    }

    @Test
    void eachTransactionSeesWhatTheOneBeforeItWrote() {
        await(all(startAll()));

        List<CommittedChange> log = await(store().changesAfter(tenant, 0, Instant.EPOCH, 1_000));
        for (AgentId agent : AGENTS) {
            assertThat(log.stream().map(entry -> entry.change().orElseThrow().state()))
                    .filteredOn(state -> state.agentId().equals(agent))
                    .extracting(state -> state.version())
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .endsWith((long) TRANSACTIONS);
        }
    }

    @Test
    void whoReadsTheLogWhileOthersWriteNeverMissesAChange() {
        List<CompletableFuture<Committed>> writers = startAll();
        long seen = 0;

        while (seen < (long) TRANSACTIONS * AGENTS.length) {
            for (CommittedChange change : await(store().changesAfter(tenant, seen, Instant.EPOCH, 50))) {
                assertThat(change.revision()).isEqualTo(++seen);
            }
        }

        await(all(writers));
    }

    @Test
    void aSnapshotNeverShowsHalfATransaction() {
        List<CompletableFuture<Committed>> writers = startAll();
        long revision = 0;

        while (revision < (long) TRANSACTIONS * AGENTS.length) {
            Snapshot snapshot = await(store().snapshot(tenant));
            revision = snapshot.revision();
            assertThat(snapshot.agents())
                    .allSatisfy(agent ->
                            assertThat(agent.state().version()).isEqualTo(snapshot.revision() / AGENTS.length));
        }

        await(all(writers));
    }

    private List<CompletableFuture<Committed>> startAll() {
        List<CompletableFuture<Committed>> started = new ArrayList<>();
        for (int i = 0; i < TRANSACTIONS; i++) {
            started.add(CompletableFuture.supplyAsync(
                            () -> store().transact(tenant, needs(AGENTS), ConcurrentTransactionsContract::next))
                    .thenCompose(transaction -> transaction));
        }
        return started;
    }

    private static Writes next(Loaded loaded) {
        return changes(Stream.of(AGENTS)
                .map(agent -> loaded.agents().getOrDefault(agent, AgentStore.unseen(agent)))
                .map(agent -> step(idle(agent.state().agentId(), agent.state().version() + 1)))
                .toArray(StateChange[]::new));
    }

    private static CompletableFuture<List<Committed>> all(List<CompletableFuture<Committed>> writers) {
        return CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new))
                .thenApply(done -> writers.stream().map(CompletableFuture::join).toList());
    }
}
