package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.SettledAcw;
import io.aftercall.agent.WrittenWrapUp;
import io.aftercall.interaction.InteractionId;

/** Which ACW: there is at most one for an agent and an interaction. */
public record AcwKey(AgentId agentId, InteractionId interactionId) {

    public static AcwKey of(WrittenWrapUp wrapUp) {
        return new AcwKey(wrapUp.agentId(), wrapUp.interactionId());
    }

    public static AcwKey of(String agentId, String interactionId) {
        return new AcwKey(new AgentId(agentId), new InteractionId(interactionId));
    }

    public static AcwKey of(SettledAcw acw) {
        return new AcwKey(acw.agentId(), acw.interactionId());
    }
}
