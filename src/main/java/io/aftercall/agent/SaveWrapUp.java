package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUp;
import io.aftercall.wrapup.WrapUpVersion;
import java.util.Optional;

/**
 * Keeps what the agent has written so far: while the interaction is live, during the ACW, and after it for as long as
 * the policy allows. Whatever is missing may come later.
 *
 * @param etag of the wrap-up that it replaces; empty to replace any
 */
public record SaveWrapUp(AgentId agentId, InteractionId interaction, WrapUp wrapUp, String etag) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.of(interaction);
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        Optional<OpenAcw> open = agent.state().acw(interaction);
        Optional<Interaction> ongoing =
                open.map(OpenAcw::interaction).or(() -> agent.state().interaction(interaction));
        if (ongoing.isEmpty() && settled.isEmpty()) {
            return agent.refused(agent.state().seen() ? Refusal.INTERACTION_NOT_LIVE : Refusal.AGENT_NOT_FOUND);
        }
        if (ongoing.isEmpty() && !settled.get().editableAt(agent.now())) {
            return agent.refused(Refusal.WRAP_UP_CLOSED);
        }
        Optional<StoredWrapUp> before = agent.wrapUps().of(interaction);
        if (before.filter(standing -> standing.content().equals(wrapUp)).isPresent()) {
            return agent.done(Outcome.written(before.get().version(), true));
        }
        if (stale(etag, before)) {
            return agent.refused(Refusal.WRAP_UP_CHANGED);
        }
        // Also while the interaction is live: what was completed early is no draft any more.
        if (settled.isPresent()) {
            agent.wrapUps().edit(settled.get(), wrapUp, agent.actor(), agent.now());
        } else {
            agent.draft(ongoing.orElseThrow(), open, wrapUp);
        }
        return agent.done(
                Outcome.written(agent.wrapUps().of(interaction).orElseThrow().version(), false));
    }

    /** Whether a writer has not seen what he would replace. */
    static boolean stale(String etag, Optional<StoredWrapUp> before) {
        String current = before.map(standing -> standing.version().etag()).orElse(WrapUpVersion.UNWRITTEN);
        return !etag.isEmpty() && !etag.equals(current);
    }
}
