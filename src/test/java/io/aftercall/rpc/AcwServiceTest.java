package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AcwNotRequiredReason;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CompleteAcwResponse;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.ExtendAcwResponse;
import io.aftercall.api.v1.InteractionOutcome;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.PresenceSetting;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.api.v1.WrapUpStatus;
import io.aftercall.boot.DatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class AcwServiceTest {

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private final String call = Client.fresh("call");

    @Test
    void startOpensAnAcwUntilItsDeadlineAndBlocksTheAgent() {
        StartAcwResponse response = client.startAcw(agent, call);

        assertThat(response.getAlreadyStarted()).isFalse();
        assertThat(response.getAcw().getMode()).isEqualTo(AcwMode.ACW_MODE_TIMED);
        assertThat(Timestamps.between(
                        response.getAcw().getStartTime(), response.getAcw().getDeadlineTime()))
                .isEqualTo(Client.seconds(20));
        assertThat(response.getAgentState().getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);
        assertThat(response.getAgentState().getRoutableChannelsList()).isEmpty();
        assertThat(response.getAgentState().getAvailableByTime())
                .isEqualTo(response.getAcw().getDeadlineTime());
        assertThat(response.getRevision()).isEqualTo(response.getAgentState().getRevision());
        assertThat(client.state(agent)).isEqualTo(response.getAgentState());
    }

    @Test
    void startAgainReturnsTheFirstOutcomeAlsoAfterTheEnd() {
        StartAcwResponse first = client.startAcw(agent, call);
        StartAcwResponse second = client.startAcw(agent, call);
        complete(agent, call);

        StartAcwResponse third = client.startAcw(agent, call);

        assertThat(second).isEqualTo(first.toBuilder().setAlreadyStarted(true).build());
        assertThat(third.getAlreadyStarted()).isTrue();
        assertThat(third.getAcw().getAcwId()).isEqualTo(first.getAcw().getAcwId());
        assertThat(third.getAcw().getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_COMPLETED);
        assertThat(third.getAgentState().getAcwsList()).isEmpty();
    }

    @Test
    void startSaysWhyNoAcwIsNeeded() {
        StartAcwRequest missed = StartAcwRequest.newBuilder()
                .setAgentId(agent)
                .setInteraction(Client.call(call).setOutcome(InteractionOutcome.INTERACTION_OUTCOME_MISSED))
                .build();

        StartAcwResponse response = client.acw().startAcw(missed);

        assertThat(response.getNotRequired()).isEqualTo(AcwNotRequiredReason.ACW_NOT_REQUIRED_REASON_OUTCOME_EXCLUDED);
        assertThat(response.getAgentState().getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
    }

    @Test
    void startReportsADisabledModeAndAShortTalk() {
        String other = Client.fresh("agent");
        client.rules(agent, Policy.newBuilder().setMode(AcwMode.ACW_MODE_OFF));
        client.rules(other, Policy.newBuilder().setMinTalkDuration(Client.seconds(30)));
        Instant answered = Instant.now().minusSeconds(600);

        StartAcwResponse disabled = client.startAcw(agent, call);
        StartAcwResponse tooShort = client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(other)
                        .setInteraction(Client.call(call)
                                .setAnswerTime(ProtoTimes.timestamp(answered))
                                .setEndTime(ProtoTimes.timestamp(answered.plusSeconds(29))))
                        .build());

        assertThat(disabled.getNotRequired()).isEqualTo(AcwNotRequiredReason.ACW_NOT_REQUIRED_REASON_ACW_DISABLED);
        assertThat(tooShort.getNotRequired())
                .isEqualTo(AcwNotRequiredReason.ACW_NOT_REQUIRED_REASON_TALK_TIME_TOO_SHORT);
    }

    /** A router's clock runs ahead of the database's: the talk was short, not negative. */
    @Test
    void anAnswerTimeAheadOfTheServersClockDoesNotSuppressTheAcwOfADefaultPolicy() {
        StartAcwResponse response = client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(Client.call(call)
                                .setAnswerTime(
                                        ProtoTimes.timestamp(Instant.now().plusSeconds(5))))
                        .build());

        assertThat(response.hasAcw()).isTrue();
    }

    @Test
    void completeEndsTheAcwOnceAndSaysSoTheSecondTime() {
        client.startAcw(agent, call);

        CompleteAcwResponse first = complete(agent, call);
        CompleteAcwResponse second = complete(agent, call);

        assertThat(first.getAlreadyCompleted()).isFalse();
        assertThat(first.getWrapUpStatus()).isEqualTo(WrapUpStatus.WRAP_UP_STATUS_FINAL);
        assertThat(first.getAcw().getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_COMPLETED);
        assertThat(first.getAgentState().getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
        assertThat(second).isEqualTo(first.toBuilder().setAlreadyCompleted(true).build());
    }

    @Test
    void completeBeforeStartIsKeptAndWins() {
        CompleteAcwResponse early = complete(agent, call);

        StartAcwResponse started = client.startAcw(agent, call);

        assertThat(early.hasAcw()).isFalse();
        assertThat(started.getAlreadyStarted()).isFalse();
        assertThat(started.getAcw().getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_COMPLETED);
        assertThat(started.getAgentState().getAcwsList()).isEmpty();
    }

    /** Nothing had ended: the ACW had not even begun. */
    @Test
    void completeBeforeStartTwiceDoesNotSayThatTheAcwHadEnded() {
        complete(agent, call);

        CompleteAcwResponse second = complete(agent, call);

        assertThat(second.getAlreadyCompleted()).isFalse();
    }

    @Test
    void completeTakesTheNextPresenceAndAForcedOneIsForced() {
        client.rules(agent, Policy.newBuilder().setMode(AcwMode.ACW_MODE_FIXED));
        client.startAcw(agent, call);

        CompleteAcwResponse response = client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .setForce(true)
                        .setForceReason("everybody is needed")
                        .setNextPresence(PresenceSetting.newBuilder()
                                .setPresence(Presence.PRESENCE_NOT_READY)
                                .setNotReadyReason("LUNCH"))
                        .build());

        assertThat(response.getAcw().getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_FORCED);
        assertThat(response.getAgentState().getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_NOT_READY);
        assertThat(response.getAgentState().getNotReadyReason()).isEqualTo("LUNCH");
    }

    @Test
    void extendMovesTheDeadlineAndCountsDown() {
        StartAcwResponse started = client.startAcw(agent, call);

        ExtendAcwResponse extended = client.acw()
                .extendAcw(ExtendAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .build());

        assertThat(Timestamps.between(
                        started.getAcw().getDeadlineTime(), extended.getAcw().getDeadlineTime()))
                .isEqualTo(extended.getAcw().getExtensionDuration());
        assertThat(extended.getAcw().getExtensionsUsed()).isEqualTo(1);
        assertThat(extended.getAcw().getExtensionsLeft()).isEqualTo(2);
        assertThat(client.state(agent)).isEqualTo(extended.getAgentState());
    }

    private CompleteAcwResponse complete(String agentId, String interactionId) {
        return client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteractionId(interactionId)
                        .setWrapUp(WrapUp.newBuilder()
                                .setDispositionCode("SOLVED")
                                .setNotes("all is well")
                                .addTags("billing"))
                        .build());
    }
}
