package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.OFFLINE;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.completeAndThen;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.offer;
import static io.aftercall.agent.Fixtures.preview;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreviewTest {

    @Test
    void isForAgentsInAcw() {
        assertThat(refusal(unseenAgent().send(offer("c-2")))).isEqualTo(Refusal.AGENT_NOT_FOUND);
        assertThat(refusal(availableAgent().send(offer("c-2")))).isEqualTo(Refusal.AGENT_NOT_IN_ACW);
        assertThat(refusal(availableAgent().sends(begin(call("c-1"))).send(offer("c-2"))))
                .isEqualTo(Refusal.AGENT_NOT_IN_ACW);
        assertThat(refusal(availableAgent()
                        .sends(start(call("c-1")), declare(LUNCH))
                        .send(offer("c-2"))))
                .isEqualTo(Refusal.AGENT_NOT_IN_ACW);
    }

    @Test
    void isReplacedAtWillAndTheSameAgainChangesNothing() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), offer("c-2"));

        // when
        Decision same = agent.send(offer("c-2"));
        agent.send(offer("c-3"));

        // then
        assertThat(same).isInstanceOf(Decision.Unchanged.class);
        assertThat(agent.stored().preview()).isEqualTo(preview("c-3"));
        assertThat(agent.causes()).endsWith(ChangeCause.PREVIEW_CHANGED, ChangeCause.PREVIEW_CHANGED);
    }

    @Test
    void isWithdrawnUnlessItIsAnother() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), offer("c-2"));

        // when
        Decision other = agent.send(withdraw("c-3"));
        Decision first = agent.send(withdraw("c-2"));
        Decision again = agent.send(withdraw(null));

        // then
        assertThat(other).isInstanceOf(Decision.Unchanged.class);
        assertThat(first).isInstanceOf(Decision.Changed.class);
        assertThat(agent.stored().preview()).isNull();
        assertThat(again).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void outlivesTheAcwAndIsGoneWhenAnInteractionBegins() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), offer("c-2"), complete("c-1"));
        assertThat(agent.stored().preview()).isEqualTo(preview("c-2"));

        // when
        agent.send(begin(call("c-2")));

        // then
        assertThat(agent.stored().preview()).isNull();
        assertThat(agent.causes()).endsWith(ChangeCause.INTERACTION_BEGAN);
    }

    @Test
    void isGoneWithAnInteractionOfWhichOnlyTheEndIsTold() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), offer("c-2"));

        // when
        agent.send(start(call("c-2")));

        // then
        assertThat(agent.stored().preview()).isNull();
    }

    @Test
    void isNotForWhoIsNotAvailableAfterwards() {
        // given
        AgentDriver lunching = availableAgent().sends(start(call("c-1")), offer("c-2"));
        AgentDriver leaving = availableAgent().sends(start(call("c-1")), offer("c-2"), complete("c-1"));

        // when
        lunching.send(completeAndThen("c-1", LUNCH));
        leaving.send(declare(OFFLINE));

        // then
        assertThat(lunching.stored().preview()).isNull();
        assertThat(leaving.stored().preview()).isNull();
    }
}
