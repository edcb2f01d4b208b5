package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Consistency;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An ACW is over when its deadline has passed, although its row cannot be rewritten yet. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class LazyTruthTest {

    private static final Consistency ANY = Consistency.newBuilder().setAny(true).build();

    @RegisterExtension
    final Client client = new Client();

    @Inject
    OwnerPool owner;

    private final String agent = Client.fresh("agent");
    private final String call = Client.fresh("call");
    private RowLock lock;
    private StartAcwResponse started;

    @BeforeEach
    void anAcwIsOverdueAndItsRowIsLocked() throws SQLException {
        client.rules(agent, Policy.newBuilder().setDuration(Client.seconds(2)));
        started = client.startAcw(agent, call);
        lock = RowLock.on(owner.dataSource(), agent);
        long deadline = Timestamps.toMillis(started.getAcw().getDeadlineTime());
        await().until(() -> Instant.now().toEpochMilli() > deadline);
    }

    @AfterEach
    void unlock() throws SQLException {
        lock.close();
    }

    @Test
    void aReaderOfMemorySeesItOver() {
        AgentState any = read(ANY);

        assertThat(any.getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
        assertThat(any.getAcwsList()).isEmpty();
        assertThat(any.getStatusSinceTime()).isEqualTo(started.getAcw().getDeadlineTime());
    }

    @Test
    void aListFromMemoryFindsTheAgentUnderTheStatusThatHolds() {
        assertThat(available(ANY)).containsExactly(agent);
    }

    @Test
    void aLinearizableReaderSeesItOverWhenThatIsWrittenDown() throws SQLException {
        CompletableFuture<AgentState> read =
                CompletableFuture.supplyAsync(() -> read(Consistency.getDefaultInstance()));
        CompletableFuture<List<String>> listed =
                CompletableFuture.supplyAsync(() -> available(Consistency.getDefaultInstance()));

        lock.close();

        assertThat(read.join().getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
        assertThat(read.join().getVersion())
                .isGreaterThan(started.getAgentState().getVersion());
        assertThat(listed.join()).containsExactly(agent);
    }

    @Test
    void aSnapshotShowsItOverAndTheChangeFollows() throws SQLException {
        Subscriber subscriber = Subscriber.to(
                        client.channel(),
                        StreamAgentStatesRequest.newBuilder()
                                .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
                                .build())
                .untilSnapshotEnd();

        lock.close();
        subscriber.untilChanges(1);

        assertThat(subscriber.events().get(0).getSnapshotEntry().getState().getAcwsList())
                .isEmpty();
        assertThat(subscriber.changes().get(0).getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_TIMED_OUT);
    }

    @Test
    void itEndedAtItsDeadlineHoweverLateTheRowWasRewritten() throws SQLException {
        lock.close();

        StartAcwResponse again = client.startAcw(agent, call);

        assertThat(again.getAcw().getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_TIMED_OUT);
        assertThat(again.getAcw().getEndTime()).isEqualTo(started.getAcw().getDeadlineTime());
    }

    private List<String> available(Consistency consistency) {
        AgentStateFilter available = AgentStateFilter.newBuilder()
                .addAgentIds(agent)
                .addStatuses(AgentStatus.AGENT_STATUS_AVAILABLE)
                .build();
        return client
                .agents()
                .listAgentStates(ListAgentStatesRequest.newBuilder()
                        .setFilter(available)
                        .setConsistency(consistency)
                        .build())
                .getAgentStatesList()
                .stream()
                .map(AgentState::getAgentId)
                .toList();
    }

    private AgentState read(Consistency consistency) {
        return client.agents()
                .getAgentState(GetAgentStateRequest.newBuilder()
                        .setAgentId(agent)
                        .setConsistency(consistency)
                        .build())
                .getAgentState();
    }
}
