package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.AVAILABLE;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.OFFLINE;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.interaction.Channel.CHAT;
import static io.aftercall.interaction.Channel.EMAIL;
import static io.aftercall.interaction.Channel.TASK;
import static io.aftercall.interaction.Channel.VOICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Channel;
import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.PolicyField;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RoutabilityTest {

    static Stream<Arguments> agents() {
        return Stream.of(
                agent("nobody has heard of", unseenAgent()),
                agent("is available", availableAgent(), VOICE, CHAT, EMAIL, TASK),
                agent("is not ready", availableAgent().sends(declare(LUNCH))),
                agent("is offline", availableAgent().sends(declare(OFFLINE))),
                agent("is in a call", availableAgent().sends(begin(call("c-1"))), CHAT, EMAIL, TASK),
                agent(
                        "is in two chats",
                        availableAgent().sends(begin(chat("c-1")), begin(chat("c-2"))),
                        VOICE,
                        CHAT,
                        EMAIL,
                        TASK),
                agent(
                        "is in three chats",
                        availableAgent().sends(begin(chat("c-1")), begin(chat("c-2")), begin(chat("c-3"))),
                        VOICE,
                        EMAIL,
                        TASK),
                agent(
                        "is in more calls than there are slots",
                        availableAgent().sends(begin(call("c-1")), beginAnyway(call("c-2"))),
                        CHAT,
                        EMAIL,
                        TASK),
                agent("will leave after the call", availableAgent().sends(begin(call("c-1")), declare(LUNCH))),
                agent(
                        "came from lunch during the call and has not arrived",
                        availableAgent().sends(declare(LUNCH), beginAnyway(call("c-1")), declare(AVAILABLE))),
                agent("is in ACW", availableAgent().sends(start(chat("c-1")))),
                agent(
                        "is in an ACW that blocks its own channel",
                        availableAgent()
                                .under(PolicyField.BLOCKS, AcwBlocks.OWN_CHANNEL)
                                .sends(start(chat("c-1"))),
                        VOICE,
                        EMAIL,
                        TASK));
    }

    @ParameterizedTest(name = "an agent who {0}: {2}")
    @MethodSource("agents")
    void aRouterMayOfferInteractionsOfTheseChannelsTo(String who, AgentDriver agent, List<Channel> channels) {
        // given
        AgentState state = agent.stored();

        // when
        List<Channel> routable = Routability.routableChannels(state);

        // then
        assertThat(routable).isEqualTo(channels);
    }

    private static Arguments agent(String who, AgentDriver agent, Channel... channels) {
        return Arguments.of(who, agent, List.of(channels));
    }
}
