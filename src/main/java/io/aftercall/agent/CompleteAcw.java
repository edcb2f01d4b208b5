package io.aftercall.agent;

import io.aftercall.disposition.Dispositions.Objection;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.PolicyField;
import io.aftercall.wrapup.WrapUp;
import java.util.Optional;

/**
 * Ends the ACW of an interaction and stores what the agent wrote. Before StartAcw it is kept and wins; after the end it
 * is a late edit for as long as the policy allows.
 *
 * @param nextPresence the presence to take when all work has ended; empty leaves it as it is
 * @param forceReason why a supervisor ends it, which is allowed in mode FIXED and without a disposition; null if none
 *     does
 */
public record CompleteAcw(
        AgentId agentId,
        InteractionId interaction,
        Optional<WrapUp> wrapUp,
        Optional<PresenceSetting> nextPresence,
        String forceReason)
        implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.of(interaction);
    }

    public boolean forced() {
        return forceReason != null;
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        Optional<OpenAcw> open = agent.state().acw(interaction);
        if (open.isPresent()) {
            return complete(agent, open.get());
        }
        if (settled.isPresent()) {
            return edit(agent, settled.get());
        }
        return forced() ? agent.refused(Refusal.ACW_NOT_FOUND) : keep(agent);
    }

    private Decision complete(Evolution agent, OpenAcw acw) {
        if (acw.mode() == AcwMode.FIXED && !forced()) {
            return agent.refused(Refusal.EARLY_EXIT_NOT_ALLOWED);
        }
        if (lacksDisposition(acw)) {
            return agent.refused(Refusal.DISPOSITION_REQUIRED);
        }
        Optional<Objection> objection = wrapUp.flatMap(said -> agent.objection(said, Optional.of(acw.interaction())));
        if (objection.isPresent()) {
            return agent.refused(objection.get());
        }
        nextPresence.ifPresent(agent::intend);
        return agent.done(Outcome.of(
                forced()
                        ? agent.force(acw, forceReason, wrapUp)
                        : agent.end(acw, EndReason.COMPLETED, wrapUp, agent.actor(), agent.now())));
    }

    private Decision edit(Evolution agent, SettledAcw settled) {
        if (settled.says(wrapUp)) {
            presenceAfterTimeOut(agent, settled);
            return agent.done(Outcome.replayed(settled));
        }
        if (!settled.editableAt(agent.now())) {
            return agent.refused(Refusal.ACW_ENDED);
        }
        if (settled instanceof EndedAcw ended && lacksDisposition(ended.work())) {
            return agent.refused(Refusal.DISPOSITION_REQUIRED);
        }
        // What stands already may stay, also if nobody may choose it any more.
        Optional<Objection> objection = wrapUp.filter(
                        said -> !settled.wrapUp().filter(said::classifiesAs).isPresent())
                .flatMap(said -> agent.objection(said, settled.reported()));
        if (objection.isPresent()) {
            return agent.refused(objection.get());
        }
        SettledAcw edited = settled.edited(wrapUp.orElseThrow());
        agent.settle(edited);
        presenceAfterTimeOut(agent, settled);
        return agent.done(Outcome.replayed(edited));
    }

    private boolean lacksDisposition(OpenAcw acw) {
        return acw.policy().get(PolicyField.DISPOSITION) == DispositionRequirement.REQUIRED
                && wrapUp.map(WrapUp::dispositionCode).isEmpty()
                && !forced();
    }

    /** The agent's wish counts although the deadline came first; once the status has changed it would be an old wish. */
    private void presenceAfterTimeOut(Evolution agent, SettledAcw settled) {
        if (settled instanceof EndedAcw ended
                && ended.reason() == EndReason.TIMED_OUT
                && !agent.state().statusSince().isAfter(ended.endTime())) {
            nextPresence.ifPresent(agent::declare);
        }
    }

    private Decision keep(Evolution agent) {
        Optional<Objection> objection = wrapUp.flatMap(said -> agent.objection(said, Optional.empty()));
        if (objection.isPresent()) {
            return agent.refused(objection.get());
        }
        agent.registerAs(nextPresence.orElse(PresenceSetting.AVAILABLE));
        nextPresence.ifPresent(agent::declare);
        EarlyCompletion early = new EarlyCompletion(
                agentId, interaction, agent.now(), agent.actor(), wrapUp, wrapUp.isPresent() ? 1 : 0);
        agent.settle(early);
        return agent.done(Outcome.of(early));
    }
}
