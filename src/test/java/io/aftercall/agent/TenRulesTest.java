package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.SALE;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.extend;
import static io.aftercall.agent.Fixtures.missed;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.transferred;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.disposition.Dispositions;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyField;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules that have bitten others, as semantics.md numbers them. */
class TenRulesTest {

    @Test
    @DisplayName("1. Idempotent and order-tolerant")
    void bothSidesHangingUpAtOnceAndACompletionThatOvertakesThemCountOnce() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")));

        // when
        agent.at(60).sends(complete("c-1", SALE), start(call("c-1")), start(call("c-1")), complete("c-1", SALE));

        // then
        assertThat(agent.causes()).containsOnlyOnce(ChangeCause.ACW_STARTED).containsOnlyOnce(ChangeCause.ACW_ENDED);
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(1);
    }

    @Test
    @DisplayName("2. ACW holds across all queues")
    void noQueueCanReachAnAgentWhoIsInAcwForAnother() {
        // given
        AgentDriver agent = availableAgent().sends(start(from("sales", "c-1")));

        // when
        Decision decision = agent.send(begin(from("support", "c-2")));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.AGENT_NOT_ROUTABLE);
        assertThat(Routability.routableChannels(agent.stored())).isEmpty();
    }

    @Test
    @DisplayName("3. Transfers and conferences")
    void eachAgentsAcwBeginsWhenThatAgentLeavesTheInteraction() {
        // given
        AgentDriver first = transferringAgent().sends(begin(call("c-1")));
        AgentDriver second = transferringAgent().at(30).sends(begin(call("c-1")));

        // when
        first.at(40).send(start(transferred(call("c-1"))));
        second.at(90).send(start(call("c-1")));

        // then
        assertThat(first.acw("c-1").startTime()).isEqualTo(second(40));
        assertThat(second.acw("c-1").startTime()).isEqualTo(second(90));
    }

    @Test
    @DisplayName("4. Several ACWs at once")
    void threeChatsGetAnAcwEachWhichHoldsItsSlotUntilItEnds() {
        // given
        AgentDriver agent = availableAgent().sends(begin(chat("c-1")), begin(chat("c-2")), begin(chat("c-3")));

        // when
        agent.at(1)
                .sends(start(chat("c-1")))
                .at(2)
                .sends(start(chat("c-2")))
                .at(3)
                .sends(start(chat("c-3")));

        // then
        assertThat(agent.stored().acws())
                .extracting(OpenAcw::deadline)
                .containsExactly(second(21), second(22), second(23));
        assertThat(agent.at(21).seen().acws()).hasSize(2);
        assertThat(agent.at(22).seen().routable(Channel.CHAT)).isFalse();
        assertThat(agent.at(23).seen().routable(Channel.CHAT)).isTrue();
    }

    @Test
    @DisplayName("5. An interaction during ACW")
    void theTimeThatRemainsOfAPausedAcwRunsAfterTheInteraction() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.PAUSE)
                .sends(start(call("c-1")))
                .at(12)
                .sends(beginAnyway(call("c-2")));

        // when
        agent.at(300).send(start(missed(call("c-2"))));

        // then
        assertThat(agent.at(second(308).minusNanos(1)).seen().status()).isEqualTo(AgentStatus.AFTER_CALL_WORK);
        assertThat(agent.at(308).seen().status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    @Test
    @DisplayName("6. Deadlines are absolute and stored")
    void aServerThatWasAwayEndsTheAcwAtTheSameInstant() {
        // given
        AgentState stored = availableAgent().sends(start(call("c-1"))).stored();
        Occasion muchLater = new Occasion(second(9_999), Occasion.SERVER);

        // when
        Decision decision = AgentLifecycle.decide(
                stored,
                Optional.empty(),
                Paperwork.NONE,
                Fixtures.timer(),
                any -> EffectivePolicy.DEFAULT,
                Dispositions.ANY,
                muchLater);

        // then
        assertThat(((Decision.Changed) decision).settled())
                .singleElement()
                .extracting(ended -> ((EndedAcw) ended).endTime())
                .isEqualTo(second(20));
    }

    @Test
    @DisplayName("7. Lazy truth")
    void pastItsDeadlineAnAcwIsOverForEveryReaderAndEveryCommand() {
        // given
        AgentDriver agent =
                availableAgent().sends(start(call("c-1")), declare(LUNCH)).at(20);
        AgentState stored = agent.stored();

        // when
        AgentState seen = agent.seen();

        // then
        assertThat(stored.acws()).hasSize(1);
        assertThat(seen.acws()).isEmpty();
        assertThat(seen.presence()).isEqualTo(LUNCH);
        assertThat(seen.statusSince()).isEqualTo(second(20));
        assertThat(seen.version()).isEqualTo(stored.version());
        assertThat(refusal(agent.send(extend("c-1")))).isEqualTo(Refusal.ACW_ENDED);
    }

    @Test
    @DisplayName("8. No magic zero")
    void zeroIsAValueLikeAnyOther() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.MAX_EXTENSIONS, 0)
                .under(PolicyField.LATE_COMPLETION, seconds(0))
                .sends(start(call("c-1")));

        // when
        Decision extension = agent.send(extend("c-1"));

        // then
        assertThat(refusal(extension)).isEqualTo(Refusal.EXTENSIONS_EXHAUSTED);
        assertThat(refusal(agent.sends(complete("c-1")).send(complete("c-1", SALE))))
                .isEqualTo(Refusal.ACW_ENDED);
    }

    @Test
    @DisplayName("9. Frozen policy")
    void anOpenAcwKeepsThePolicyItStartedUnder() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.EXTENSION_DURATION, seconds(5))
                .sends(start(call("c-1")));
        long revision = agent.acw("c-1").policyRevision();

        // when
        agent.under(PolicyField.MODE, AcwMode.FIXED)
                .under(PolicyField.EXTENSION_DURATION, seconds(50))
                .sends(extend("c-1"));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(25));
        assertThat(agent.acw("c-1").policyRevision()).isEqualTo(revision);
        assertThat(agent.acw("c-1").mode()).isEqualTo(AcwMode.TIMED);
    }

    @Test
    @DisplayName("10. A reaper above every timer")
    void anOpenEndedAcwAndAPausedOneEndAtTheCap() {
        // given
        AgentDriver openEnded =
                availableAgent().under(PolicyField.MODE, AcwMode.DISCRETIONARY).sends(start(call("c-1")));
        AgentDriver paused = availableAgent()
                .under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.PAUSE)
                .sends(start(call("c-1")))
                .at(10)
                .sends(beginAnyway(call("c-2")));

        // when
        openEnded.punctuallyUntil(second(3600));
        paused.punctuallyUntil(second(3610));

        // then
        assertThat(openEnded.ended("c-1").reason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(openEnded.ended("c-1").endTime()).isEqualTo(second(3600));
        assertThat(paused.ended("c-1").reason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(paused.ended("c-1").endTime()).isEqualTo(second(3610));
    }

    private static Interaction from(String queue, String id) {
        return new Interaction(
                call(id).id(), Channel.VOICE, null, null, queue, null, null, null, null, null, false, false);
    }

    private static AgentDriver transferringAgent() {
        return availableAgent()
                .under(PolicyField.START_ON, Set.of(InteractionOutcome.ANSWERED, InteractionOutcome.TRANSFERRED));
    }
}
