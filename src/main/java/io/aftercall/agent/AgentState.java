package io.aftercall.agent;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionPreview;
import io.aftercall.policy.PolicyContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything about one agent that is not settled. What can be derived is derived.
 *
 * @param version counts the changes; 0 for an agent that was never seen
 * @param profile what an administrator says about the agent
 * @param nextPresence declared during work, becomes the presence when the work ends; null if nothing is kept
 * @param statusSince since when the agent has the present status; null at version 0
 * @param restUntil the end of the guard time after an ACW; null if the agent is not resting
 * @param interactions the live ones
 * @param acws the open ones, oldest first
 * @param preview what comes next; null if nobody has said so
 * @param followUpDue when the agent is to be reminded of a follow-up; null if of none
 */
public record AgentState(
        AgentId agentId,
        long version,
        AgentProfile profile,
        PresenceSetting presence,
        PresenceSetting nextPresence,
        Instant statusSince,
        Instant restUntil,
        List<Interaction> interactions,
        List<OpenAcw> acws,
        InteractionPreview preview,
        Instant followUpDue) {

    public AgentState {
        interactions = List.copyOf(interactions);
        acws = List.copyOf(acws);
    }

    /** An agent that was never seen. */
    public static AgentState unseen(AgentId agentId) {
        return new AgentState(
                agentId,
                0,
                AgentProfile.NONE,
                PresenceSetting.UNDECLARED,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null);
    }

    public boolean seen() {
        return version > 0;
    }

    /** The first that applies of offline, after-call work, engaged, resting, not ready, available. */
    public AgentStatus status() {
        if (presence.presence() == Presence.OFFLINE) {
            return AgentStatus.OFFLINE;
        }
        for (OpenAcw acw : acws) {
            if (acw.blocksAll()) {
                return AgentStatus.AFTER_CALL_WORK;
            }
        }
        if (!interactions.isEmpty()) {
            return AgentStatus.ENGAGED;
        }
        if (restUntil != null) {
            return AgentStatus.RESTING;
        }
        return presence.presence() == Presence.NOT_READY ? AgentStatus.NOT_READY : AgentStatus.AVAILABLE;
    }

    /** Whether the agent is in an interaction or in an ACW that keeps him. */
    public boolean working() {
        return !interactions.isEmpty() || acws.stream().anyMatch(OpenAcw::keepsAgent);
    }

    /** Whether there is a draft of a wrap-up of one of them. */
    public boolean drafting() {
        return interactions.stream().anyMatch(Interaction::drafted)
                || acws.stream().anyMatch(acw -> acw.interaction().drafted());
    }

    public Optional<Interaction> interaction(InteractionId id) {
        return interactions.stream().filter(live -> live.id().equals(id)).findFirst();
    }

    public Optional<OpenAcw> acw(InteractionId id) {
        return acws.stream().filter(acw -> acw.interactionId().equals(id)).findFirst();
    }

    /** What is known of an interaction that is live or whose ACW is open. */
    public Optional<Interaction> ongoing(InteractionId id) {
        return acw(id).map(OpenAcw::interaction).or(() -> interaction(id));
    }

    /** The interactions that are live or whose ACW is open. */
    public Stream<Interaction> ongoing() {
        return Stream.concat(interactions.stream(), acws.stream().map(OpenAcw::interaction));
    }

    /** The queues that the agent works for at the moment. */
    public Stream<String> queueIds() {
        return ongoing().map(Interaction::queueId).filter(queue -> queue != null);
    }

    /** What the rules for an interaction of this agent's depend on. */
    public PolicyContext policyContext(Interaction interaction) {
        return new PolicyContext(
                agentId.value(),
                profile.teamId(),
                interaction.queueId(),
                interaction.channel(),
                interaction.direction());
    }

    /** Whether a router may offer an interaction of this channel; see {@link Routability}. */
    public boolean routable(Channel channel) {
        return Routability.routable(this, channel);
    }

    /** When something happens by itself. Empty if nothing does. */
    public Optional<Instant> due() {
        Optional<Instant> work = workDue();
        return followUpDue == null || work.filter(followUpDue::isAfter).isPresent() ? work : Optional.of(followUpDue);
    }

    /** When something happens to the agent's work by itself: a warning, the end of an ACW or of the rest. */
    Optional<Instant> workDue() {
        Instant first = restUntil;
        for (OpenAcw acw : acws) {
            Instant due = acw.due();
            first = first == null || due.isBefore(first) ? due : first;
        }
        return Optional.ofNullable(first);
    }

    /** Whether something is to have happened by itself at a time. */
    public boolean dueBy(Instant time) {
        return due().filter(due -> !due.isAfter(time)).isPresent();
    }

    // ---- the withers of Evolution

    AgentState withProfile(AgentProfile other) {
        return new AgentState(
                agentId,
                version,
                other,
                presence,
                nextPresence,
                statusSince,
                restUntil,
                interactions,
                acws,
                preview,
                followUpDue);
    }

    AgentState next(Instant since) {
        return new AgentState(
                agentId,
                version + 1,
                profile,
                presence,
                nextPresence,
                since,
                restUntil,
                interactions,
                acws,
                preview,
                followUpDue);
    }

    AgentState withVersion(long other) {
        return new AgentState(
                agentId,
                other,
                profile,
                presence,
                nextPresence,
                statusSince,
                restUntil,
                interactions,
                acws,
                preview,
                followUpDue);
    }

    AgentState withPresence(PresenceSetting other) {
        return new AgentState(
                agentId,
                version,
                profile,
                other,
                nextPresence,
                statusSince,
                restUntil,
                interactions,
                acws,
                preview,
                followUpDue);
    }

    AgentState withNextPresence(PresenceSetting other) {
        return new AgentState(
                agentId,
                version,
                profile,
                presence,
                other,
                statusSince,
                restUntil,
                interactions,
                acws,
                preview,
                followUpDue);
    }

    AgentState withRest(Instant until) {
        return new AgentState(
                agentId,
                version,
                profile,
                presence,
                nextPresence,
                statusSince,
                until,
                interactions,
                acws,
                preview,
                followUpDue);
    }

    AgentState withFollowUpDue(Instant other) {
        return new AgentState(
                agentId,
                version,
                profile,
                presence,
                nextPresence,
                statusSince,
                restUntil,
                interactions,
                acws,
                preview,
                other);
    }

    AgentState withPreview(InteractionPreview other) {
        return new AgentState(
                agentId,
                version,
                profile,
                presence,
                nextPresence,
                statusSince,
                restUntil,
                interactions,
                acws,
                other,
                followUpDue);
    }

    /** In which nothing names this customer. */
    public AgentState without(String customerId) {
        return new AgentState(
                agentId,
                version,
                profile,
                presence,
                nextPresence,
                statusSince,
                restUntil,
                interactions.stream().map(live -> live.without(customerId)).toList(),
                acws.stream().map(acw -> acw.without(customerId)).toList(),
                preview == null ? null : preview.without(customerId),
                followUpDue);
    }

    AgentState withoutWork() {
        return new AgentState(
                agentId, version, profile, presence, nextPresence, statusSince, null, List.of(), List.of(), null, null);
    }

    /** With this interaction, in the place of the one of the same id if there is one. */
    AgentState withInteraction(Interaction live) {
        List<Interaction> more = new ArrayList<>(interactions);
        more.replaceAll(known -> known.id().equals(live.id()) ? live : known);
        if (!more.contains(live)) {
            more.add(live);
        }
        return new AgentState(
                agentId,
                version,
                profile,
                presence,
                nextPresence,
                statusSince,
                restUntil,
                more,
                acws,
                preview,
                followUpDue);
    }

    AgentState withoutInteraction(InteractionId id) {
        if (interactions.isEmpty()) {
            return this;
        }
        List<Interaction> fewer =
                interactions.stream().filter(live -> !live.id().equals(id)).toList();
        return new AgentState(
                agentId,
                version,
                profile,
                presence,
                nextPresence,
                statusSince,
                restUntil,
                fewer,
                acws,
                preview,
                followUpDue);
    }

    /** With this ACW, in the place of the one for the same interaction if there is one. */
    AgentState withAcw(OpenAcw acw) {
        List<OpenAcw> changed = new ArrayList<>(acws);
        int place = 0;
        while (place < changed.size() && !changed.get(place).interactionId().equals(acw.interactionId())) {
            place++;
        }
        if (place < changed.size()) {
            changed.set(place, acw);
        } else {
            changed.add(acw);
        }
        return new AgentState(
                agentId,
                version,
                profile,
                presence,
                nextPresence,
                statusSince,
                restUntil,
                interactions,
                changed,
                preview,
                followUpDue);
    }

    AgentState withoutAcw(InteractionId id) {
        List<OpenAcw> fewer =
                acws.stream().filter(acw -> !acw.interactionId().equals(id)).toList();
        return new AgentState(
                agentId,
                version,
                profile,
                presence,
                nextPresence,
                statusSince,
                restUntil,
                interactions,
                fewer,
                preview,
                followUpDue);
    }
}
