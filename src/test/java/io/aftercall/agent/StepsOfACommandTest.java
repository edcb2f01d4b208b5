package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.AVAILABLE;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.completeAndThen;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.missed;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.interaction.Channel.CHAT;
import static io.aftercall.interaction.Channel.VOICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Channel;
import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.PolicyField;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A subscriber sees every step of a command: none may show an agent free who was not and will not be. */
class StepsOfACommandTest {

    @Test
    void anAcwThatPausedForACallGoesOnBeforeTheCallLeavesTheAgent() {
        // given
        AgentDriver agent = pausingAgent().sends(start(chat("c-1")), beginAnyway(call("c-2")));

        // when
        Decision decision = agent.send(start(missed(call("c-2"))));

        // then
        assertThat(causesShowingRoutable(VOICE, decision)).isEmpty();
    }

    @Test
    void anAcwThatPausedGoesOnBeforeOneThatWasCompletedEarlyEnds() {
        // given
        AgentDriver agent = pausingAgent().sends(start(chat("c-1")), beginAnyway(call("c-2")), complete("c-2"));

        // when
        Decision decision = agent.send(start(call("c-2")));

        // then
        assertThat(causesShowingRoutable(VOICE, decision)).isEmpty();
    }

    @Test
    void aCompletionTakesItsNextPresenceWithTheEndOfTheAcw() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.BLOCKS, AcwBlocks.OWN_CHANNEL)
                .under(PolicyField.REST_DURATION, seconds(5))
                .sends(start(call("c-1")), declare(LUNCH));

        // when
        Decision decision = agent.send(completeAndThen("c-1", AVAILABLE));

        // then
        assertThat(causesShowingRoutable(CHAT, decision)).isEmpty();
    }

    @Test
    void aCallTakesItsSlotBeforeTheAcwThatYieldsGivesItsOwnBack() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.END)
                .sends(start(call("c-1")));

        // when
        Decision decision = agent.send(beginAnyway(call("c-2")));

        // then
        assertThat(causesShowingRoutable(VOICE, decision)).isEmpty();
    }

    @Test
    void anInteractionGivesItsSlotToItsAcw() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")));

        // when
        Decision decision = agent.send(start(call("c-1")));

        // then
        assertThat(causesShowingRoutable(VOICE, decision)).isEmpty();
    }

    private static AgentDriver pausingAgent() {
        return availableAgent().under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.PAUSE);
    }

    private static List<ChangeCause> causesShowingRoutable(Channel channel, Decision decision) {
        return ((Decision.Changed) decision)
                .changes().stream()
                        .filter(change -> change.state().routable(channel))
                        .map(StateChange::cause)
                        .toList();
    }
}
