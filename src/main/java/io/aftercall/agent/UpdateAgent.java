package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import java.util.Optional;
import java.util.Set;

/**
 * An administrator says something about an agent, who need not have been seen yet.
 *
 * @param fields what is said; the rest stays as it is
 */
public record UpdateAgent(AgentId agentId, AgentProfile profile, Set<Field> fields) implements Command {

    /** What may be said. */
    public enum Field {
        TEAM_ID,
        LABELS,
        CAPACITIES
    }

    public UpdateAgent {
        fields = Set.copyOf(fields);
    }

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        AgentProfile changed = agent.state().profile();
        for (Field field : fields) {
            changed = switch (field) {
                case TEAM_ID -> changed.withTeam(profile.teamId());
                case LABELS -> changed.withLabels(profile.labels());
                case CAPACITIES -> changed.withCapacity(profile.capacity());
            };
        }
        return agent.done(agent.describe(changed) ? Outcome.NONE : Outcome.NOTHING_NEW);
    }
}
