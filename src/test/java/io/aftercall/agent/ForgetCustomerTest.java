package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.AGENT;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static io.aftercall.agent.Fixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.InteractionPreview;
import org.junit.jupiter.api.Test;

class ForgetCustomerTest {

    private static final ForgetCustomer ANN = new ForgetCustomer(AGENT, "ann");

    @Test
    void whatTheAgentIsInGoesOnWithoutNamingHim() {
        // given
        AgentDriver agent = availableAgent().sends(start(with("ann", call("c-1"))), start(with("ben", call("c-2"))));
        InteractionPreview preview =
                new InteractionPreview(null, Channel.VOICE, null, "sales", "ann", "Wants his money", null);
        agent.sends(new OfferPreview(AGENT, preview), new BeginInteraction(AGENT, with("ann", call("c-3")), true));
        agent.send(new OfferPreview(AGENT, preview));

        // when
        Decision decision = agent.send(ANN);

        // then
        assertThat(outcome(decision).touched()).isEqualTo(2);
        assertThat(agent.stored().ongoing())
                .extracting(interaction -> interaction.customerId())
                .containsExactlyInAnyOrder(null, null, "ben");
        assertThat(agent.stored().preview())
                .isEqualTo(new InteractionPreview(null, Channel.VOICE, null, "sales", null, null, null));
        assertThat(agent.causes()).endsWith(ChangeCause.AGENT_UPDATED);
        assertThat(agent.send(ANN)).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void whatEndsAfterwardsIsAboutNobody() {
        // given
        AgentDriver agent = availableAgent().sends(begin(with("ann", call("c-1"))), start(call("c-1")));

        // when
        agent.send(ANN);
        agent.at(1_000).send(timer());

        // then
        assertThat(agent.ended("c-1").work().interaction().customerId()).isNull();
    }

    @Test
    void whoIsInNothingWithHimIsLeftAlone() {
        // given
        AgentDriver agent = availableAgent().sends(start(with("ben", call("c-1"))));

        // when
        Decision decision = agent.send(ANN);

        // then
        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
    }
}
