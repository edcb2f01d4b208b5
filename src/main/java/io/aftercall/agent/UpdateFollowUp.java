package io.aftercall.agent;

import io.aftercall.followup.Assignee;
import io.aftercall.followup.FollowUp;
import io.aftercall.followup.FollowUpDetails;
import io.aftercall.followup.FollowUpKind;
import io.aftercall.followup.FollowUpState;
import io.aftercall.interaction.InteractionId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A follow-up is done, cancelled, put off, taken up again, or goes to somebody else. What is null stays as it is.
 *
 * @param agentId who holds it afterwards
 * @param etag of what it changes; empty for whatever it is
 * @param heldBy who holds it before; null: the agent takes over what is with a team or a department
 */
public record UpdateFollowUp(
        AgentId agentId,
        UUID id,
        FollowUpKind kind,
        Instant dueTime,
        Assignee assignee,
        String note,
        FollowUpState state,
        String etag,
        AgentId heldBy)
        implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    @Override
    public Set<UUID> followUps() {
        return Set.of(id);
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        Optional<FollowUp> known = agent.followUps().of(id);
        if (known.filter(followUp -> heldBy == null || followUp.holderId().equals(heldBy.value()))
                .isEmpty()) {
            return agent.refused(Refusal.FOLLOW_UP_NOT_FOUND);
        }
        FollowUp before = known.get();
        FollowUpDetails details = new FollowUpDetails(
                either(kind, before.details().kind()),
                either(dueTime, before.details().dueTime()),
                either(assignee, before.details().assignee()),
                either(note, before.details().note()),
                before.details().customerId());
        FollowUpState wanted = either(state, before.state());
        if (details.equals(before.details()) && wanted == before.state()) {
            return agent.done(Outcome.NOTHING_NEW);
        }
        if (heldBy == null && before.details().assignee().agent()) {
            return agent.refused(Refusal.FOLLOW_UP_TAKEN);
        }
        String holder = details.assignee().agent() ? details.assignee().id() : before.holderId();
        if (!etag.isEmpty() && !etag.equals(before.etag()) || !holder.equals(agentId.value())) {
            return agent.refused(Refusal.FOLLOW_UP_CHANGED);
        }
        if (!agent.state().seen() && assignee != null && assignee.agent()) {
            return agent.refused(Refusal.AGENT_NOT_FOUND);
        }
        boolean moved = !details.dueTime().equals(before.details().dueTime());
        if (moved && !details.dueTime().isAfter(agent.now())) {
            return agent.followUps().late("details.");
        }
        agent.followUps().put(before.revised(details, wanted, holder, new FollowUp.Stamp(agent.now(), agent.actor())));
        return agent.done(Outcome.NONE);
    }

    private static <T> T either(T first, T second) {
        return first != null ? first : second;
    }
}
