package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Consistency;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class BadReadTest {

    @RegisterExtension
    final Client client = new Client();

    static Stream<Consistency> badConsistencies() {
        return Stream.of(
                Consistency.newBuilder().setAny(false).build(),
                Consistency.newBuilder().setLinearizable(false).build(),
                Consistency.newBuilder().setAtLeastRevision(-1).build());
    }

    @ParameterizedTest
    @MethodSource("badConsistencies")
    void aConsistencyThatSaysNothingIsRefused(Consistency bad) {
        GrpcError get = GrpcError.of(() -> client.agents()
                .getAgentState(GetAgentStateRequest.newBuilder()
                        .setAgentId("a")
                        .setConsistency(bad)
                        .build()));
        GrpcError list = GrpcError.of(() -> client.agents()
                .listAgentStates(
                        ListAgentStatesRequest.newBuilder().setConsistency(bad).build()));

        String field = "consistency." + bad.getLevelCase().name().toLowerCase(java.util.Locale.ROOT);
        assertThat(get.fields()).containsExactly(field);
        assertThat(list.fields()).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_001})
    void aPageSizeBeyondTheLimitsIsRefused(int size) {
        GrpcError error = GrpcError.of(() -> client.agents()
                .listAgentStates(
                        ListAgentStatesRequest.newBuilder().setPageSize(size).build()));

        assertThat(error.fields()).containsExactly("page_size");
    }

    @Test
    void aFilterMayNotBeLongerThanItsLimits() {
        AgentStateFilter filter = AgentStateFilter.newBuilder()
                .addAllAgentIds(Collections.nCopies(10_001, "a"))
                .addAllQueueIds(Collections.nCopies(1_001, "q"))
                .addStatuses(AgentStatus.AGENT_STATUS_UNSPECIFIED)
                .build();

        GrpcError error = GrpcError.of(() -> client.agents()
                .listAgentStates(
                        ListAgentStatesRequest.newBuilder().setFilter(filter).build()));

        assertThat(error.fields()).containsExactlyInAnyOrder("filter.agent_ids", "filter.queue_ids", "filter.statuses");
    }

    @Test
    void aFilterAtItsLimitsIsTaken() {
        AgentStateFilter filter = AgentStateFilter.newBuilder()
                .addAllAgentIds(Collections.nCopies(10_000, "a".repeat(128)))
                .addAllQueueIds(Collections.nCopies(1_000, "q".repeat(128)))
                .build();

        var page = client.agents()
                .listAgentStates(
                        ListAgentStatesRequest.newBuilder().setFilter(filter).build());

        assertThat(page.getAgentStatesList()).isEmpty();
    }

    static Stream<StreamAgentStatesRequest> badStreams() {
        return Stream.of(
                StreamAgentStatesRequest.newBuilder()
                        .setBookmarkIntervalDuration(Client.seconds(61))
                        .build(),
                StreamAgentStatesRequest.newBuilder()
                        .setBookmarkIntervalDuration(
                                com.google.protobuf.Duration.newBuilder().setNanos(99_999_999))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("badStreams")
    void aBookmarkIntervalBeyondTheLimitsIsRefused(StreamAgentStatesRequest request) {
        GrpcError error = ended(request);

        assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(error.fields()).containsExactly("bookmark_interval_duration");
    }

    @Test
    void allThatIsWrongWithAStreamIsSaidAtOnce() {
        GrpcError error = ended(StreamAgentStatesRequest.newBuilder()
                .setFilter(AgentStateFilter.newBuilder().addAgentIds("no id"))
                .setDeliveryValue(99)
                .setBookmarkIntervalDuration(Client.seconds(0))
                .build());

        assertThat(error.fields()).isEqualTo(List.of("filter.agent_ids", "delivery", "bookmark_interval_duration"));
    }

    private GrpcError ended(StreamAgentStatesRequest request) {
        return GrpcError.of(Subscriber.to(client.channel(), request).ended().join());
    }
}
