package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.OFFLINE;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.extend;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.PolicyField;
import org.junit.jupiter.api.Test;

class StatusTest {

    @Test
    void offlineComesBeforeEverything() {
        // given
        AgentDriver agent = availableAgent().sends(declare(OFFLINE), start(chat("c-1")));

        // when
        agent.send(beginAnyway(call("c-2")));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.OFFLINE);
    }

    @Test
    void afterCallWorkComesBeforeAnInteraction() {
        // given
        AgentDriver agent = availableAgent().sends(begin(chat("c-1")), begin(chat("c-2")));

        // when
        agent.send(start(chat("c-1")));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AFTER_CALL_WORK);
    }

    @Test
    void anAcwThatBlocksOnlyItsOwnChannelIsNoAfterCallWork() {
        // given
        AgentDriver agent = availableAgent().under(PolicyField.BLOCKS, AcwBlocks.OWN_CHANNEL);

        // when
        agent.send(start(chat("c-1")));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    @Test
    void anInteractionComesBeforeNotReady() {
        // given
        AgentDriver agent = availableAgent().sends(declare(LUNCH));

        // when
        agent.send(beginAnyway(call("c-1")));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.ENGAGED);
    }

    @Test
    void holdsSinceTheChangeThatBroughtIt() {
        // given
        AgentDriver agent = availableAgent().at(10).sends(start(call("c-1")));

        // when
        agent.at(17).send(complete("c-1"));

        // then
        assertThat(agent.stored().statusSince()).isEqualTo(second(17));
    }

    @Test
    void isNoYoungerForAChangeThatLeavesItAsItIs() {
        // given
        AgentDriver agent = availableAgent().at(10).sends(start(call("c-1")));

        // when
        agent.at(17).send(extend("c-1"));

        // then
        assertThat(agent.stored().statusSince()).isEqualTo(second(10));
    }

    @Test
    void isNoYoungerForAnotherReasonNotToBeReady() {
        // given
        AgentDriver agent = availableAgent().at(10).sends(declare(LUNCH));

        // when
        agent.at(17).send(declare(PresenceSetting.notReady("TRAINING")));

        // then
        assertThat(agent.stored().statusSince()).isEqualTo(second(10));
        assertThat(agent.stored().presence().notReadyReason()).isEqualTo("TRAINING");
    }
}
