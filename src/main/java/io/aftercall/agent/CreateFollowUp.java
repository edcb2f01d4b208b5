package io.aftercall.agent;

import io.aftercall.followup.FollowUpDetails;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Something was promised to a customer: whom it names, or else whose interaction it was promised in, as far as that is
 * known of the agent who holds it. The same again changes nothing.
 *
 * @param agentId who holds it: the assignee if that is an agent, otherwise who promised it
 * @param promisedIn the interaction in which that was; null if in none
 */
public record CreateFollowUp(AgentId agentId, UUID id, FollowUpDetails details, String promisedIn) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.ofNullable(promisedIn).map(InteractionId::new);
    }

    @Override
    public Set<UUID> followUps() {
        return Set.of(id);
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        if (!agent.state().seen()) {
            return agent.refused(Refusal.AGENT_NOT_FOUND);
        }
        Optional<Decision> objection = agent.followUps().objection(id, details, "details.");
        if (objection.isPresent()) {
            return objection.get();
        }
        boolean known = agent.followUps().of(id).isPresent();
        String customer = interactionId()
                .flatMap(interaction -> agent.known(interaction, settled))
                .map(Interaction::customerId)
                .orElse(null);
        agent.followUps().create(id, details.to(customer), promisedIn);
        return agent.done(known ? Outcome.NOTHING_NEW : Outcome.NONE);
    }
}
