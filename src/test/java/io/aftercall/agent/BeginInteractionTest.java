package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.OFFLINE;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BeginInteractionTest {

    @Test
    void takesTheAgentIntoTheInteraction() {
        // given
        AgentDriver agent = availableAgent();

        // when
        agent.at(3).send(begin(call("c-1")));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.ENGAGED);
        assertThat(agent.stored().statusSince()).isEqualTo(second(3));
        assertThat(agent.stored().interactions()).containsExactly(call("c-1"));
        assertThat(agent.causes()).endsWith(ChangeCause.INTERACTION_BEGAN);
    }

    @Test
    void registersAnAgentOfWhomNobodyHasHeardAsAvailable() {
        // given
        AgentDriver agent = unseenAgent();

        // when
        agent.send(begin(call("c-1")));

        // then
        assertThat(agent.causes()).containsExactly(ChangeCause.INTERACTION_BEGAN);
        assertThat(agent.stored().presence()).isEqualTo(PresenceSetting.AVAILABLE);
    }

    @Test
    void changesNothingTheSecondTime() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")));

        // when
        Decision decision = agent.at(5).send(begin(call("c-1")));

        // then
        assertThat(decision).isEqualTo(new Decision.Unchanged(agent.stored(), Outcome.NONE));
    }

    static Stream<Named<AgentDriver>> agentsWhoAreNotRoutable() {
        return Stream.of(
                Named.of("offline", availableAgent().sends(declare(OFFLINE))),
                Named.of("not ready", availableAgent().sends(declare(LUNCH))),
                Named.of("in a call", availableAgent().sends(begin(call("c-0")))),
                Named.of("about to leave", availableAgent().sends(begin(chat("c-0")), declare(LUNCH))),
                Named.of("in ACW", availableAgent().sends(start(chat("c-0")))),
                Named.of(
                        "in an ACW of the same channel",
                        availableAgent()
                                .under(PolicyField.BLOCKS, AcwBlocks.OWN_CHANNEL)
                                .sends(start(call("c-0")))),
                Named.of(
                        "resting",
                        availableAgent()
                                .under(PolicyField.REST_DURATION, seconds(9))
                                .sends(start(call("c-0")), complete("c-0"))));
    }

    @ParameterizedTest
    @MethodSource("agentsWhoAreNotRoutable")
    void isRefusedForAnAgentWhoIs(AgentDriver agent) {
        // given
        AgentState before = agent.stored();

        // when
        Decision decision = agent.send(begin(call("c-1")));

        // then
        assertThat(decision).isEqualTo(new Decision.Refused(Refusal.AGENT_NOT_ROUTABLE, before));
    }

    @ParameterizedTest
    @MethodSource("agentsWhoAreNotRoutable")
    void goesThroughByOverrideForAnAgentWhoIs(AgentDriver agent) {
        // given
        PresenceSetting presence = agent.stored().presence();

        // when
        agent.send(beginAnyway(call("c-1")));

        // then
        assertThat(agent.stored().interactions()).contains(call("c-1"));
        assertThat(agent.stored().presence()).isEqualTo(presence);
    }

    @Test
    void isAllowedOnAnotherChannelThanThatOfAnAcwThatBlocksOnlyItsOwn() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.BLOCKS, AcwBlocks.OWN_CHANNEL)
                .sends(start(call("c-0")));

        // when
        agent.send(begin(chat("c-1")));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.ENGAGED);
    }

    @Test
    void isRefusedForAnInteractionWhoseAcwIsOpen() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        Decision decision = agent.send(beginAnyway(call("c-1")));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.INTERACTION_ENDED);
    }

    @Test
    void isRefusedForAnInteractionWhoseAcwHasEnded() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), complete("c-1"));

        // when
        Decision decision = agent.send(begin(call("c-1")));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.INTERACTION_ENDED);
    }

    @Test
    void isRefusedForAnInteractionThatNeededNoAcw() {
        // given
        AgentDriver agent =
                availableAgent().under(PolicyField.MODE, AcwMode.OFF).sends(start(call("c-1")));

        // when
        Decision decision = agent.send(begin(call("c-1")));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.INTERACTION_ENDED);
    }
}
