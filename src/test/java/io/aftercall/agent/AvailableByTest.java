package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.AVAILABLE;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.AcwTimeoutAction;
import io.aftercall.policy.PolicyField;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvailableByTest {

    static Stream<Named<AgentDriver>> agentsOfWhomItCannotBeSaid() {
        return Stream.of(
                Named.of("is available", availableAgent()),
                Named.of("is in an interaction", availableAgent().sends(start(chat("c-1")), beginAnyway(call("c-2")))),
                Named.of("will leave", availableAgent().sends(start(call("c-1")), declare(LUNCH))),
                Named.of("is not ready", availableAgent().sends(declare(LUNCH), start(call("c-1")))),
                Named.of(
                        "becomes not ready when the time runs out",
                        availableAgent()
                                .under(PolicyField.ON_TIMEOUT, AcwTimeoutAction.NOT_READY)
                                .sends(start(call("c-1")))),
                Named.of(
                        "is in an open-ended ACW beside another",
                        availableAgent()
                                .sends(start(chat("c-1")))
                                .under(PolicyField.MODE, AcwMode.DISCRETIONARY)
                                .sends(start(chat("c-2")))),
                Named.of(
                        "is in a paused ACW",
                        availableAgent()
                                .under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.PAUSE)
                                .sends(start(chat("c-1")), beginAnyway(call("c-2")))));
    }

    @ParameterizedTest
    @MethodSource("agentsOfWhomItCannotBeSaid")
    void isAbsentForAnAgentWho(AgentDriver agent) {
        // given
        AgentState state = agent.stored();

        // when
        Optional<Instant> by = Routability.availableBy(state);

        // then
        assertThat(by).isEmpty();
    }

    @Test
    void isTheLastDeadlineWithItsRest() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.REST_DURATION, seconds(30))
                .sends(start(chat("c-1")))
                .under(PolicyField.REST_DURATION, seconds(0))
                .under(PolicyField.DURATION, seconds(45))
                .sends(start(chat("c-2")));

        // when
        Optional<Instant> by = Routability.availableBy(agent.stored());

        // then
        assertThat(by).contains(second(50));
    }

    @Test
    void isTheEndOfTheRest() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.REST_DURATION, seconds(30))
                .sends(start(call("c-1")), complete("c-1"));

        // when
        Optional<Instant> by = Routability.availableBy(agent.stored());

        // then
        assertThat(by).contains(second(30));
    }

    @Test
    void isTheDeadlineOfAnAcwThatBlocksItsOwnChannel() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.BLOCKS, AcwBlocks.OWN_CHANNEL)
                .sends(begin(call("c-1")));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(Routability.availableBy(agent.stored())).contains(second(20));
    }

    @Test
    void isKnownForAnAgentWhoBecomesAvailableAfterTheWork() {
        // given
        AgentDriver agent = availableAgent().sends(declare(LUNCH), start(call("c-1")), declare(AVAILABLE));

        // when
        Optional<Instant> by = Routability.availableBy(agent.stored());

        // then
        assertThat(by).contains(second(20));
    }
}
