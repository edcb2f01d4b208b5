package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.PresenceSetting;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What commands do not take. {@link BadReadTest} has the reads, {@link BadPolicyTest} the policies. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class BadInputTest {

    private static final String LONG = "x".repeat(129);
    private static final String HEADSET = "\uD83C\uDFA7";

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");

    static Stream<Arguments> badInteractions() {
        return Stream.of(
                bad("interaction_id", interaction -> interaction.clearInteractionId()),
                bad("interaction_id", interaction -> interaction.setInteractionId(LONG)),
                bad("interaction_id", interaction -> interaction.setInteractionId("with blank")),
                bad("interaction_id", interaction -> interaction.setInteractionId("Zoë")),
                bad("channel", interaction -> interaction.clearChannel()),
                bad("channel", interaction -> interaction.setChannelValue(99)),
                bad("direction", interaction -> interaction.setDirectionValue(99)),
                bad("outcome", interaction -> interaction.setOutcomeValue(99)),
                bad("queue_id", interaction -> interaction.setQueueId("a;b")),
                bad("customer_id", interaction -> interaction.setCustomerId(LONG)),
                bad("start_time", interaction -> interaction.setStartTime(at(-1))),
                bad(
                        "start_time",
                        interaction ->
                                interaction.setStartTime(Timestamp.newBuilder().setNanos(-1))),
                bad("answer_time", interaction -> interaction
                        .setStartTime(at(2_000_000_000))
                        .setAnswerTime(at(1_999_999_999))),
                bad("end_time", interaction -> interaction
                        .setAnswerTime(at(2_000_000_000))
                        .setEndTime(at(1_999_999_999))),
                bad("end_time", interaction -> interaction
                        .setStartTime(at(2_000_000_000))
                        .setEndTime(at(1_999_999_999))),
                bad("hold_duration", interaction -> interaction.setHoldDuration(Client.seconds(-1))),
                bad("hold_duration", interaction -> interaction.setHoldDuration(Client.seconds(86_401))),
                bad(
                        "hold_duration",
                        interaction -> interaction.setHoldDuration(
                                Duration.newBuilder().setSeconds(1).setNanos(-1))));
    }

    @ParameterizedTest
    @MethodSource("badInteractions")
    void aBadInteractionIsNamedAndRegistersNobody(String field, Consumer<Interaction.Builder> spoil) {
        Interaction.Builder interaction = Client.call(Client.fresh("call"));
        spoil.accept(interaction);

        GrpcError started = GrpcError.of(() -> client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(interaction)
                        .build()));
        GrpcError begun = GrpcError.of(() -> client.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(interaction)
                        .build()));

        assertInvalid(started, "interaction." + field);
        assertInvalid(begun, "interaction." + field);
        assertUnknown();
    }

    static Stream<Arguments> badCompletions() {
        List<String> tooManyTags =
                IntStream.range(0, 51).mapToObj(number -> "tag" + number).toList();
        return Stream.of(
                badCompletion("request_id", completion -> completion.setRequestId("not a UUID")),
                badCompletion("request_id", completion -> completion.setRequestId("1-2-3-4-5")),
                badCompletion("interaction_id", completion -> completion.clearInteractionId()),
                badCompletion("wrap_up.disposition_code", wrapUp(wrapUp -> wrapUp.setDispositionCode("a b"))),
                badCompletion("wrap_up.notes", wrapUp(wrapUp -> wrapUp.setNotes("é".repeat(8_193)))),
                badCompletion("wrap_up.tags", wrapUp(wrapUp -> wrapUp.addAllTags(tooManyTags))),
                badCompletion("wrap_up.tags[0]", wrapUp(wrapUp -> wrapUp.addTags("x".repeat(65)))),
                badCompletion("wrap_up.tags[0]", wrapUp(wrapUp -> wrapUp.addTags(""))),
                badCompletion("wrap_up.tags[0]", wrapUp(wrapUp -> wrapUp.addTags(" lead"))),
                badCompletion("wrap_up.tags[0]", wrapUp(wrapUp -> wrapUp.addTags("lead\u2003"))),
                badCompletion(
                        "wrap_up.tags", wrapUp(wrapUp -> wrapUp.addTags("twice").addTags("twice"))),
                badCompletion("next_presence.presence", next(next -> next.setNotReadyReason(""))),
                badCompletion(
                        "next_presence.not_ready_reason", next(next -> next.setPresence(Presence.PRESENCE_AVAILABLE)
                                .setNotReadyReason("LUNCH"))),
                badCompletion("force_reason", completion -> completion.setForce(true)),
                badCompletion("force_reason", completion -> completion.setForceReason("without force")),
                badCompletion(
                        "force_reason", completion -> completion.setForce(true).setForceReason("x".repeat(257))));
    }

    @ParameterizedTest
    @MethodSource("badCompletions")
    void aBadCompletionIsNamedAndRegistersNobody(String field, Consumer<CompleteAcwRequest.Builder> spoil) {
        CompleteAcwRequest.Builder completion =
                CompleteAcwRequest.newBuilder().setAgentId(agent).setInteractionId(Client.fresh("call"));
        spoil.accept(completion);

        GrpcError error = GrpcError.of(() -> client.acw().completeAcw(completion.build()));

        assertInvalid(error, field);
        assertUnknown();
    }

    static Stream<Arguments> badPresences() {
        return Stream.of(
                arguments("presence", Presence.PRESENCE_UNSPECIFIED, ""),
                arguments("not_ready_reason", Presence.PRESENCE_OFFLINE, "LUNCH"),
                arguments("not_ready_reason", Presence.PRESENCE_NOT_READY, LONG),
                arguments("not_ready_reason", Presence.PRESENCE_NOT_READY, "before\0after"));
    }

    @ParameterizedTest
    @MethodSource("badPresences")
    void aBadPresenceIsNamedAndRegistersNobody(String field, Presence presence, String reason) {
        SetPresenceRequest request = presence(presence, reason);

        GrpcError error = GrpcError.of(() -> client.agents().setPresence(request));

        assertInvalid(error, field);
        assertUnknown();
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        StartAcwRequest request = StartAcwRequest.newBuilder()
                .setRequestId("?")
                .setInteraction(Interaction.newBuilder()
                        .setDirectionValue(9)
                        .setQueueId("a b")
                        .setHoldDuration(Client.seconds(-1)))
                .build();

        GrpcError error = GrpcError.of(() -> client.acw().startAcw(request));

        assertInvalid(
                error,
                "agent_id",
                "interaction.interaction_id",
                "interaction.channel",
                "interaction.direction",
                "interaction.queue_id",
                "interaction.hold_duration",
                "request_id");
    }

    @Test
    void anEmptyRequestNamesAllThatIsRequired() {
        GrpcError start = GrpcError.of(() -> client.acw().startAcw(StartAcwRequest.getDefaultInstance()));
        GrpcError extend = GrpcError.of(() -> client.acw().extendAcw(ExtendAcwRequest.getDefaultInstance()));
        GrpcError presence = GrpcError.of(() -> client.agents().setPresence(SetPresenceRequest.getDefaultInstance()));

        assertInvalid(start, "agent_id", "interaction");
        assertInvalid(extend, "agent_id", "interaction_id");
        assertInvalid(presence, "agent_id", "presence");
    }

    @Test
    void everythingAtItsLimitIsTaken() {
        String call = "c".repeat(128);
        client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(Client.call(call)
                                .setChannel(Channel.CHANNEL_TASK)
                                .setQueueId("._:@+-/=~")
                                .setHoldDuration(Client.seconds(86_400)))
                        .build());
        List<String> tags =
                IntStream.range(10, 60).mapToObj(n -> "t".repeat(62) + n).toList();

        var completed = client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .setWrapUp(
                                WrapUp.newBuilder().setNotes("é".repeat(8_192)).addAllTags(tags))
                        .setForce(true)
                        .setForceReason("r".repeat(256))
                        .build());

        assertThat(completed.hasAcw()).isTrue();
    }

    /** The contract counts characters; Java's length counts two for each of these. */
    @Test
    void charactersBeyondTheBasicPlaneCountAsOne() {
        SetPresenceRequest request = presence(Presence.PRESENCE_NOT_READY, HEADSET.repeat(128));

        var answer = client.agents().setPresence(request);

        assertThat(answer.getAgentState().getNotReadyReason()).isEqualTo(HEADSET.repeat(128));
    }

    private SetPresenceRequest presence(Presence presence, String reason) {
        return SetPresenceRequest.newBuilder()
                .setAgentId(agent)
                .setPresence(presence)
                .setNotReadyReason(reason)
                .build();
    }

    private static void assertInvalid(GrpcError error, String... fields) {
        assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(error.reason()).isEqualTo("INVALID_FIELDS");
        assertThat(error.fields()).containsExactlyInAnyOrder(fields);
    }

    private void assertUnknown() {
        assertThat(GrpcError.of(() -> client.state(agent)).reason()).isEqualTo("AGENT_NOT_FOUND");
    }

    private static Arguments bad(String field, Consumer<Interaction.Builder> spoil) {
        return arguments(field, spoil);
    }

    private static Arguments badCompletion(String field, Consumer<CompleteAcwRequest.Builder> spoil) {
        return arguments(field, spoil);
    }

    private static Consumer<CompleteAcwRequest.Builder> wrapUp(Consumer<WrapUp.Builder> spoil) {
        return completion -> spoil.accept(completion.getWrapUpBuilder());
    }

    private static Consumer<CompleteAcwRequest.Builder> next(Consumer<PresenceSetting.Builder> spoil) {
        return completion -> spoil.accept(completion.getNextPresenceBuilder());
    }

    private static Timestamp at(long seconds) {
        return Timestamp.newBuilder().setSeconds(seconds).build();
    }
}
