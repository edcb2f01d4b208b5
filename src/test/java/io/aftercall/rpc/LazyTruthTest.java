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
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An ACW is over when its deadline has passed, for everybody, although its row cannot be rewritten yet. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class LazyTruthTest {

    @RegisterExtension
    final Client client = new Client();

    @Inject
    DataSource database;

    private final String agent = Client.fresh("agent");
    private final String call = Client.fresh("call");
    private Connection locker;
    private StartAcwResponse started;

    @BeforeEach
    void anAcwIsOverdueAndItsRowIsLocked() throws SQLException {
        client.rules(agent, Policy.newBuilder().setDuration(Client.seconds(2)));
        started = client.startAcw(agent, call);
        locker = lockRow();
        long deadline = Timestamps.toMillis(started.getAcw().getDeadlineTime());
        await().until(() -> Instant.now().toEpochMilli() > deadline);
    }

    @AfterEach
    void unlock() throws SQLException {
        locker.close();
    }

    @Test
    void aReaderSeesItOverAtEveryConsistency() {
        AgentState linearizable = read(Consistency.getDefaultInstance());
        AgentState any = read(Consistency.newBuilder().setAny(true).build());

        assertThat(linearizable.getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
        assertThat(linearizable.getAcwsList()).isEmpty();
        assertThat(linearizable.getStatusSinceTime()).isEqualTo(started.getAcw().getDeadlineTime());
        assertThat(any).isEqualTo(linearizable);
    }

    @Test
    void aListFindsTheAgentUnderTheStatusThatHolds() {
        AgentStateFilter available = AgentStateFilter.newBuilder()
                .addAgentIds(agent)
                .addStatuses(AgentStatus.AGENT_STATUS_AVAILABLE)
                .build();

        var found = client.agents()
                .listAgentStates(
                        ListAgentStatesRequest.newBuilder().setFilter(available).build());

        assertThat(found.getAgentStatesList())
                .extracting(AgentState::getAgentId)
                .containsExactly(agent);
    }

    @Test
    void aSnapshotShowsItOverAndTheChangeFollows() throws SQLException {
        Subscriber subscriber = Subscriber.to(
                        client.channel(),
                        StreamAgentStatesRequest.newBuilder()
                                .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
                                .build())
                .untilSnapshotEnd();

        locker.close();
        subscriber.untilChanges(1);

        assertThat(subscriber.events().get(0).getSnapshotEntry().getState().getAcwsList())
                .isEmpty();
        assertThat(subscriber.changes().get(0).getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_TIMED_OUT);
    }

    @Test
    void itEndedAtItsDeadlineHoweverLateTheRowWasRewritten() throws SQLException {
        locker.close();

        StartAcwResponse again = client.startAcw(agent, call);

        assertThat(again.getAcw().getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_TIMED_OUT);
        assertThat(again.getAcw().getEndTime()).isEqualTo(started.getAcw().getDeadlineTime());
    }

    private AgentState read(Consistency consistency) {
        return client.agents()
                .getAgentState(GetAgentStateRequest.newBuilder()
                        .setAgentId(agent)
                        .setConsistency(consistency)
                        .build())
                .getAgentState();
    }

    private Connection lockRow() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT 1 FROM agent WHERE agent_id = ? FOR UPDATE")) {
            lock.setString(1, agent);
            lock.executeQuery();
        }
        return connection;
    }
}
