package io.aftercall.agent;

import io.aftercall.disposition.Dispositions.Objection;
import io.aftercall.followup.FollowUpDetails;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.PolicyField;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUp;
import io.aftercall.wrapup.WrapUpStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Ends the ACW of an interaction and stores what the agent wrote. Before StartAcw it is kept and wins; after the end it
 * is a late edit for as long as the policy allows.
 *
 * @param wrapUp replaces the draft; empty: the draft is what the agent wrote
 * @param etag of the wrap-up that it replaces; empty to replace any
 * @param nextPresence the presence to take when all work has ended; empty leaves it as it is
 * @param forceReason why a supervisor ends it, which is allowed in mode FIXED and without a disposition; null if none
 *     does
 * @param promises follow-ups that are made with it, by their ids, in the order in which they were made; the agent holds
 *     them
 */
public record CompleteAcw(
        AgentId agentId,
        InteractionId interaction,
        Optional<WrapUp> wrapUp,
        String etag,
        Optional<PresenceSetting> nextPresence,
        String forceReason,
        Map<UUID, FollowUpDetails> promises)
        implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.of(interaction);
    }

    public boolean forced() {
        return forceReason != null;
    }

    @Override
    public Set<UUID> followUps() {
        return promises.keySet();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        int place = 0;
        for (Map.Entry<UUID, FollowUpDetails> promise : promises.entrySet()) {
            String path = "follow_ups[" + place++ + "].details.";
            Optional<Decision> objection = agent.followUps().objection(promise.getKey(), promise.getValue(), path);
            if (objection.isPresent()) {
                return objection.get();
            }
        }
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
        if (replacesUnseen(agent)) {
            return agent.refused(Refusal.WRAP_UP_CHANGED);
        }
        // A supervisor need not answer for the agent's draft.
        Optional<WrapUp> content =
                forced() ? wrapUp : wrapUp.or(() -> agent.wrapUps().content(interaction));
        boolean required = acw.policy().get(PolicyField.DISPOSITION) == DispositionRequirement.REQUIRED;
        if (required && !forced() && content.map(WrapUp::dispositionCode).isEmpty()) {
            return agent.refused(Refusal.DISPOSITION_REQUIRED);
        }
        Optional<Objection> objection = content.flatMap(said -> agent.objection(said, Optional.of(acw.interaction())));
        if (objection.isPresent()) {
            return agent.refused(objection.get());
        }
        nextPresence.ifPresent(agent::intend);
        EndedAcw ended = forced()
                ? agent.force(acw, forceReason, wrapUp)
                : agent.end(acw, EndReason.COMPLETED, wrapUp, agent.actor(), agent.now());
        return agent.done(written(agent, ended, Outcome.of(ended)));
    }

    private Decision edit(Evolution agent, SettledAcw settled) {
        Optional<StoredWrapUp> before = agent.wrapUps().of(interaction);
        Optional<WrapUp> standing = before.map(StoredWrapUp::content);
        Optional<WrapUp> content = wrapUp.or(() -> standing);
        boolean same = content.equals(standing);
        boolean editable = settled.editableAt(agent.now());
        if (!same || !completedBefore(settled, before)) {
            if (!editable) {
                return agent.refused(Refusal.ACW_ENDED);
            }
            if (!same && replacesUnseen(agent)) {
                return agent.refused(Refusal.WRAP_UP_CHANGED);
            }
            if (settled.requiresDisposition()
                    && content.map(WrapUp::dispositionCode).isEmpty()
                    && !forced()) {
                return agent.refused(Refusal.DISPOSITION_REQUIRED);
            }
            Optional<Objection> objection =
                    content.flatMap(said -> agent.wrapUps().objection(settled, said));
            if (objection.isPresent()) {
                return agent.refused(objection.get());
            }
        }
        if (editable) {
            // What stands, too: what was missing may have come into the catalogue since.
            content.ifPresent(said -> agent.wrapUps().edit(settled, said, agent.actor(), agent.now()));
        }
        presenceAfterTimeOut(agent, settled);
        return agent.done(written(agent, settled, Outcome.replayed(settled)));
    }

    /** Whether what stands needs no completion: nothing is missing, or with what is missing it was accepted. */
    private boolean completedBefore(SettledAcw settled, Optional<StoredWrapUp> before) {
        boolean incomplete = before.filter(standing -> standing.version().status() == WrapUpStatus.INCOMPLETE)
                .isPresent();
        if (!incomplete || forced() || !(settled instanceof EndedAcw ended)) {
            return true;
        }
        // It came before StartAcw, when it was not known yet what is required.
        return ended.reason() == EndReason.COMPLETED
                && !before.get().version().writeTime().isAfter(ended.endTime());
    }

    /** The agent's wish counts although the deadline came first; once the status has changed it would be an old wish. */
    private void presenceAfterTimeOut(Evolution agent, SettledAcw settled) {
        if (settled instanceof EndedAcw ended
                && ended.reason() == EndReason.TIMED_OUT
                && !agent.state().statusSince().isAfter(ended.endTime())) {
            nextPresence.filter(wish -> !isAsWished(wish, agent.state())).ifPresent(agent::declare);
        }
    }

    /** So that a repetition changes nothing: who had logged out was logged in by the first, at once. */
    private static boolean isAsWished(PresenceSetting wish, AgentState agent) {
        return agent.nextPresence() == null && agent.presence().equals(wish);
    }

    private Decision keep(Evolution agent) {
        if (replacesUnseen(agent)) {
            return agent.refused(Refusal.WRAP_UP_CHANGED);
        }
        Optional<Objection> objection = wrapUp.flatMap(said -> agent.objection(said, Optional.empty()));
        if (objection.isPresent()) {
            return agent.refused(objection.get());
        }
        agent.registerAs(nextPresence.orElse(PresenceSetting.AVAILABLE));
        nextPresence.ifPresent(agent::declare);
        EarlyCompletion early = new EarlyCompletion(agentId, interaction, agent.now(), agent.actor());
        agent.settle(early);
        agent.wrapUps().conclude(early, wrapUp, agent.actor(), agent.now());
        return agent.done(written(agent, early, Outcome.of(early)));
    }

    private boolean replacesUnseen(Evolution agent) {
        return SaveWrapUp.stale(etag, agent.wrapUps().of(interaction));
    }

    /** What is promised in an interaction is promised to its customer. */
    private Outcome written(Evolution agent, SettledAcw settled, Outcome outcome) {
        String customer = agent.known(interaction, Optional.of(settled))
                .map(Interaction::customerId)
                .orElse(null);
        promises.forEach((id, details) -> agent.followUps().create(id, details.to(customer), interaction.value()));
        return outcome.with(agent.wrapUps().of(interaction).map(StoredWrapUp::version));
    }
}
