package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ResumeToken;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class ResumeTest {

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private final StreamAgentStatesRequest request = StreamAgentStatesRequest.newBuilder()
            .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
            .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
            .build();

    @Test
    void whoResumesGetsExactlyWhatWasMissedAndThenTheRest() {
        String token = token();
        toggle(10);
        Subscriber resumed = Subscriber.to(client.channel(), resume(token)).untilChanges(10);

        toggle(1);

        assertThat(resumed.untilChanges(11).changes())
                .extracting(change -> change.getState().getVersion())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 11).boxed().toList());
        assertThat(resumed.events()).noneMatch(AgentStateEvent::hasSnapshotEntry);
    }

    @Test
    void aTokenInTheMiddleResumesBehindIt() {
        Subscriber first = Subscriber.to(client.channel(), request).untilSnapshotEnd();
        toggle(1);
        String token = first.untilChanges(1).lastToken();
        first.cancel();
        toggle(2);

        List<AgentStateChange> changes =
                Subscriber.to(client.channel(), resume(token)).untilChanges(2).changes();

        assertThat(changes).extracting(change -> change.getState().getVersion()).containsExactly(2L, 3L);
    }

    @Test
    void oneTokenMayBeUsedTwice() {
        String token = token();
        toggle(3);
        List<AgentStateChange> first =
                Subscriber.to(client.channel(), resume(token)).untilChanges(3).changes();

        List<AgentStateChange> second =
                Subscriber.to(client.channel(), resume(token)).untilChanges(3).changes();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void conflatedDeliveryResumesWithOneChangeForAll() {
        String token = token();
        toggle(5);

        Subscriber resumed = Subscriber.to(
                        client.channel(),
                        resume(token).toBuilder()
                                .setDelivery(StreamDelivery.STREAM_DELIVERY_CONFLATED)
                                .build())
                .untilChanges(1);

        assertThat(resumed.changes()).hasSize(1);
        assertThat(resumed.changes().get(0).getCoalescedCount()).isEqualTo(5);
    }

    @Test
    void aBookmarkMovesTheTokenPastChangesOfOthers() {
        StreamAgentStatesRequest bookmarked = request.toBuilder()
                .setBookmarkIntervalDuration(
                        com.google.protobuf.Duration.newBuilder().setNanos(100_000_000))
                .build();
        Subscriber subscriber = Subscriber.to(client.channel(), bookmarked).untilSnapshotEnd();
        String before = subscriber.lastToken();
        long revision = client.startAcw(Client.fresh("agent"), "call").getRevision();

        org.awaitility.Awaitility.await()
                .until(() ->
                        ResumeToken.decode(subscriber.lastToken()).orElseThrow().revision() >= revision);

        assertThat(subscriber.lastToken()).isNotEqualTo(before);
    }

    @Test
    void aTokenOfAnotherFilterTenantOrOfNobodyIsForeign() {
        String token = token();
        String otherTenant =
                forged(token, t -> new ResumeToken(t.epoch(), new TenantId("b"), t.revision(), t.filter()));
        StreamAgentStatesRequest otherFilter = resume(token).toBuilder()
                .setFilter(AgentStateFilter.newBuilder().addAgentIds("b"))
                .build();

        List<GrpcError> errors =
                List.of(refusal(otherFilter), refusal(resume(otherTenant)), refusal(resume("made up")));

        assertThat(errors).allSatisfy(error -> {
            assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(error.reason()).isEqualTo("FOREIGN_TOKEN");
            assertThat(error.metadata()).containsEntry("field", "resume_token");
        });
    }

    @Test
    void aTokenFromTheFutureIsOutOfRange() {
        String token =
                forged(token(), t -> new ResumeToken(t.epoch(), t.tenant(), t.revision() + 1_000_000, t.filter()));

        GrpcError error = refusal(resume(token));

        assertThat(error.code()).isEqualTo(Code.OUT_OF_RANGE);
        assertThat(error.reason()).isEqualTo("REVISION_FROM_FUTURE");
        assertThat(error.metadata()).containsKey("revision");
    }

    @Test
    void aTokenOfAnotherEpochIsOutOfRange() {
        String token = forged(
                token(), t -> new ResumeToken(UUID.randomUUID().toString(), t.tenant(), t.revision(), t.filter()));

        GrpcError error = refusal(resume(token));

        assertThat(error.code()).isEqualTo(Code.OUT_OF_RANGE);
        assertThat(error.reason()).isEqualTo("OTHER_EPOCH");
    }

    private String token() {
        Subscriber subscriber = Subscriber.to(client.channel(), request).untilSnapshotEnd();
        subscriber.cancel();
        return subscriber.lastToken();
    }

    private StreamAgentStatesRequest resume(String token) {
        return request.toBuilder().setResumeToken(token).build();
    }

    private GrpcError refusal(StreamAgentStatesRequest refused) {
        return GrpcError.of(Subscriber.to(client.channel(), refused).ended().join());
    }

    private static String forged(String token, UnaryOperator<ResumeToken> forgery) {
        return forgery.apply(ResumeToken.decode(token).orElseThrow()).encode();
    }

    /** Each one a change: an agent who is not ready for another reason than before. */
    private void toggle(int times) {
        for (int time = 0; time < times; time++) {
            client.agents()
                    .setPresence(SetPresenceRequest.newBuilder()
                            .setAgentId(agent)
                            .setPresence(Presence.PRESENCE_NOT_READY)
                            .setNotReadyReason(UUID.randomUUID().toString())
                            .build());
        }
    }
}
