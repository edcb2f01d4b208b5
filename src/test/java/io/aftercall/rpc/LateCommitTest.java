package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.ExtendAcwResponse;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An extension that is decided before the deadline and committed after it. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class LateCommitTest {

    @RegisterExtension
    final Client client = new Client();

    @Inject
    OwnerPool owner;

    private final String agent = Client.fresh("agent");
    private final String call = Client.fresh("call");

    @Test
    void whoReadsInBetweenIsNotToldThatTheWorkIsOver() throws SQLException {
        client.rules(
                agent, Policy.newBuilder().setDuration(Client.seconds(2)).setExtensionDuration(Client.seconds(60)));
        StartAcwResponse started = client.startAcw(agent, call);
        try (RowLock lock = RowLock.on(owner.dataSource(), agent)) {
            CompletableFuture<ExtendAcwResponse> extended = CompletableFuture.supplyAsync(this::extend);
            await().until(lock::somebodyWaits);
            long deadline = Timestamps.toMillis(started.getAcw().getDeadlineTime());
            await().until(() -> Instant.now().toEpochMilli() > deadline);

            CompletableFuture<AgentState> read = CompletableFuture.supplyAsync(() -> read(agent));
            // Whoever asks after him shares his question to the database or a later one.
            assertThatThrownBy(() -> read(Client.fresh("nobody"))).hasMessageContaining("NOT_FOUND");
            lock.close();

            assertThat(extended.join().getAcw().getExtensionsUsed()).isEqualTo(1);
            assertThat(read.join().getAcwsList()).singleElement().satisfies(acw -> assertThat(acw.getExtensionsUsed())
                    .isEqualTo(1));
        }
    }

    private ExtendAcwResponse extend() {
        return client.acw()
                .extendAcw(ExtendAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .build());
    }

    private AgentState read(String agentId) {
        return client.agents()
                .getAgentState(
                        GetAgentStateRequest.newBuilder().setAgentId(agentId).build())
                .getAgentState();
    }
}
