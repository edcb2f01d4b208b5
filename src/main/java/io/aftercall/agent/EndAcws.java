package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import java.util.List;
import java.util.Optional;

/**
 * A supervisor ends what is open, in whatever mode. Ends nothing if the agent is no longer of the team.
 *
 * @param teamId only if the agent is of this team; null for any
 * @param queueId only ACWs of this queue; null for all
 */
public record EndAcws(AgentId agentId, String teamId, String queueId, String forceReason) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    /** The ACWs that it ends of an agent. */
    public List<OpenAcw> of(AgentState agent) {
        boolean otherTeam = teamId != null && !teamId.equals(agent.profile().teamId());
        return otherTeam
                ? List.of()
                : agent.acws().stream()
                        .filter(acw -> queueId == null
                                || queueId.equals(acw.interaction().queueId()))
                        .toList();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        List<OpenAcw> open = of(agent.state());
        open.stream()
                .sorted(OpenAcw.LONGEST_REST_FIRST)
                .forEach(acw -> agent.force(acw, forceReason, Optional.empty()));
        return agent.done(Outcome.touched(open.size()));
    }
}
