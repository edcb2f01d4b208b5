package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.GetAgentRequest;
import io.aftercall.api.v1.GetDispositionRequest;
import io.aftercall.api.v1.UpdateAgentRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void isTheSameHoweverAMapWasSent() {
        assertThat(Fingerprint.of(labelled("skill", "city", "floor")))
                .isEqualTo(Fingerprint.of(labelled("floor", "skill", "city")))
                .isNotEqualTo(Fingerprint.of(labelled("floor", "skill")));
    }

    @Test
    void differsWithTheCall() {
        assertThat(Fingerprint.of(GetAgentRequest.newBuilder().setAgentId("a").build()))
                .isNotEqualTo(Fingerprint.of(
                        GetDispositionRequest.newBuilder().setCode("a").build()));
    }

    private static UpdateAgentRequest labelled(String... keys) {
        Agent.Builder agent = Agent.newBuilder();
        List.of(keys).forEach(key -> agent.putLabels(key, "x"));
        return UpdateAgentRequest.newBuilder().setAgent(agent).build();
    }
}
