package io.aftercall.agent;

import io.aftercall.disposition.Dispositions;
import io.aftercall.disposition.Dispositions.Objection;
import io.aftercall.followup.FollowUp;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionPreview;
import io.aftercall.policy.AcwTimeoutAction;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.Policies;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One agent on the way through one decision: the state so far, and the steps that led to it. Slots are taken before
 * others are given back, so that no step shows an agent routable who is not.
 */
final class Evolution {

    private final AgentState before;
    private final Policies policies;
    private final Dispositions dispositions;
    private final Occasion occasion;
    private final List<StateChange> changes = new ArrayList<>(2);
    private final List<SettledAcw> settled = new ArrayList<>(1);
    private final WrapUps wrapUps;
    private final FollowUps followUps;
    private AgentState state;

    Evolution(AgentState before, Paperwork paperwork, Policies policies, Dispositions dispositions, Occasion occasion) {
        this.before = before;
        this.wrapUps = new WrapUps(this, paperwork.wrapUps());
        this.followUps = new FollowUps(this, paperwork);
        this.policies = policies;
        this.dispositions = dispositions;
        this.occasion = occasion;
        this.state = before;
    }

    AgentState state() {
        return state;
    }

    WrapUps wrapUps() {
        return wrapUps;
    }

    FollowUps followUps() {
        return followUps;
    }

    /** The rules that hold now for an interaction of the agent's. */
    EffectivePolicy policyFor(Interaction interaction) {
        return policies.effective(state.policyContext(interaction));
    }

    /**
     * What stands against how a wrap-up classifies.
     *
     * @param interaction empty if it has not been reported yet
     */
    Optional<Objection> objection(WrapUp wrapUp, Optional<Interaction> interaction) {
        Dispositions.Place place = new Dispositions.Place(
                state.profile().team(), interaction.map(Interaction::queueId), interaction.isPresent());
        return dispositions.objection(wrapUp.dispositionCode(), wrapUp.formValues(), place);
    }

    Instant now() {
        return occasion.now();
    }

    String actor() {
        return occasion.actor();
    }

    Optional<SettledAcw> settledAcw(InteractionId id) {
        return settled.stream().filter(acw -> acw.interactionId().equals(id)).findFirst();
    }

    /** What is known of an interaction: as it was reported at its end, and until then as it began. */
    Optional<Interaction> known(InteractionId id, Optional<SettledAcw> settled) {
        return settled.flatMap(SettledAcw::reported).or(() -> state.ongoing(id));
    }

    // ---- the ends of a decision

    Decision done(Outcome outcome) {
        boolean nothing = changes.isEmpty()
                && settled.isEmpty()
                && wrapUps.written().isEmpty()
                && followUps.written().isEmpty();
        return nothing
                ? new Decision.Unchanged(state, outcome)
                : new Decision.Changed(state, changes, settled, wrapUps.written(), followUps.written(), outcome);
    }

    Decision refused(Refusal reason) {
        return new Decision.Refused(reason, before);
    }

    Decision refused(Refusal reason, Map<String, String> violations) {
        return new Decision.Refused(reason, before, violations);
    }

    Decision refused(Objection objection) {
        Refusal reason =
                switch (objection.reason()) {
                    case UNKNOWN -> Refusal.DISPOSITION_UNKNOWN;
                    case INACTIVE -> Refusal.DISPOSITION_INACTIVE;
                    case OUT_OF_SCOPE -> Refusal.DISPOSITION_OUT_OF_SCOPE;
                    case FORM -> Refusal.FORM_VALUES_INVALID;
                };
        return new Decision.Refused(reason, before, objection.violations());
    }

    private String team() {
        return state.profile().teamId();
    }

    // ---- steps

    void settle(SettledAcw acw) {
        settled.add(acw);
    }

    /** The first word about an agent who was never seen, or of whom only an administrator has spoken. */
    void registerAs(PresenceSetting presence) {
        if (!state.presence().declared()) {
            ChangeCause cause = state.seen() ? ChangeCause.PRESENCE_CHANGED : ChangeCause.AGENT_REGISTERED;
            step(cause, state.withPresence(presence));
        }
    }

    /** An agent of whom nothing was known is at work and so has logged in; the step that follows says the rest. */
    void assumeAvailable() {
        if (!state.presence().declared()) {
            state = state.withPresence(PresenceSetting.AVAILABLE);
        }
    }

    /** Returns whether that is new. */
    boolean describe(AgentProfile profile) {
        if (state.seen() && profile.equals(state.profile())) {
            return false;
        }
        ChangeCause cause = state.seen() ? ChangeCause.AGENT_UPDATED : ChangeCause.AGENT_REGISTERED;
        step(cause, state.withProfile(profile));
        return true;
    }

    /** Nothing that the agent is in, or that comes next, names this customer any more. */
    void forget(String customerId) {
        AgentState without = state.without(customerId);
        if (!without.equals(state)) {
            step(ChangeCause.AGENT_UPDATED, without);
        }
    }

    /**
     * Nobody will go on with the draft of an interaction whose end is never reported. If it is after all, the draft is
     * what had been written.
     */
    void abandon(Interaction live) {
        wrapUps.of(live.id()).filter(StoredWrapUp::draft).ifPresent(draft -> {
            settle(new EarlyCompletion(state.agentId(), live.id(), now(), actor()));
            wrapUps.abandon(live, draft.content());
        });
    }

    /** The last step of the agent, in which nothing is due any more; afterwards it was never seen. */
    void delete() {
        step(ChangeCause.AGENT_DELETED, state.withoutWork());
        state = AgentState.unseen(state.agentId());
    }

    /** Declares a presence: at once, or for when the work ends. Logging in never waits. */
    void declare(PresenceSetting presence) {
        AgentState declared = declared(presence);
        if (!declared.equals(state)) {
            step(ChangeCause.PRESENCE_CHANGED, declared);
        }
    }

    /** Declares a presence in one step with what comes next. */
    void intend(PresenceSetting presence) {
        state = declared(presence);
    }

    private AgentState declared(PresenceSetting presence) {
        boolean keep = state.working() && state.presence().presence() != Presence.OFFLINE;
        AgentState declared = keep
                ? state.withNextPresence(presence)
                : state.withPresence(presence).withNextPresence(null);
        return expecting(declared);
    }

    void begin(Interaction interaction) {
        step(
                ChangeCause.INTERACTION_BEGAN,
                state.withInteraction(interaction).withPreview(null),
                now(),
                interaction.id(),
                null,
                null,
                actor());
    }

    /**
     * What comes next.
     *
     * @param next null for nothing that is known
     */
    void preview(InteractionPreview next) {
        step(ChangeCause.PREVIEW_CHANGED, state.withPreview(next));
    }

    /** Sets the alarm for the agent's follow-ups; null for none. */
    void expectFollowUp(Instant due) {
        step(ChangeCause.FOLLOW_UP_SCHEDULED, state.withFollowUpDue(due));
    }

    /**
     * The agent is reminded.
     *
     * @param next when he is to be reminded again; null if that is not to come
     */
    void followUpDue(FollowUp followUp, Instant next) {
        state = next(state.withFollowUpDue(next), now());
        changes.add(new StateChange(
                ChangeCause.FOLLOW_UP_DUE, state, state.status(), Occasion.SERVER, null, null, null, followUp.id()));
    }

    /** The agent asks for ACW after a live interaction. */
    void request(Interaction live) {
        AgentState requested = state.withInteraction(live.requestingAcw());
        step(ChangeCause.ACW_REQUESTED, requested, now(), live.id(), null, null, actor());
    }

    /**
     * Keeps what the agent has written so far. That there is a draft is a step, that it goes on is none.
     *
     * @param open its ACW if it has begun
     */
    void draft(Interaction ongoing, Optional<OpenAcw> open, WrapUp content) {
        wrapUps.draft(ongoing, content);
        if (!ongoing.drafted()) {
            AgentState drafted = open.map(acw -> state.withAcw(acw.drafted()))
                    .orElseGet(() -> state.withInteraction(ongoing.withDraft()));
            UUID acwId = open.map(OpenAcw::acwId).orElse(null);
            step(ChangeCause.WRAP_UP_DRAFTED, drafted, now(), ongoing.id(), acwId, null, actor());
        }
    }

    /** The interaction is over and no ACW follows. */
    void leave(Interaction ended) {
        AgentState left = afterWork(state.withoutInteraction(ended.id()));
        if (!left.equals(state)) {
            step(ChangeCause.INTERACTION_ENDED, left, now(), ended.id(), null, null, actor());
        }
    }

    /** The interaction is over and this ACW follows. */
    void open(OpenAcw acw) {
        AgentState left = state.withoutInteraction(acw.interactionId()).withAcw(acw);
        step(ChangeCause.ACW_STARTED, afterWork(left), acw);
    }

    void replace(ChangeCause cause, OpenAcw acw) {
        step(cause, afterWork(state.withAcw(acw)), acw);
    }

    EndedAcw end(OpenAcw acw, EndReason reason, Optional<WrapUp> wrapUp, String by, Instant at) {
        return end(new EndedAcw(state.agentId(), team(), acw, at, reason, by, null), wrapUp);
    }

    /** A supervisor ends it. */
    EndedAcw force(OpenAcw acw, String because, Optional<WrapUp> wrapUp) {
        return end(new EndedAcw(state.agentId(), team(), acw, now(), EndReason.FORCED, actor(), because), wrapUp);
    }

    /** The ACW ends as it starts: it was completed before. */
    EndedAcw end(OpenAcw acw, EarlyCompletion early) {
        return end(
                new EndedAcw(state.agentId(), team(), acw, now(), EndReason.COMPLETED, early.completedBy(), null),
                Optional.empty());
    }

    /**
     * @param said what is written in the place of the draft
     */
    private EndedAcw end(EndedAcw ended, Optional<WrapUp> said) {
        OpenAcw acw = ended.work();
        Instant at = ended.endTime();
        settle(ended);
        wrapUps.conclude(ended, said, ended.endedBy(), at);
        AgentState without = afterWork(state.withoutAcw(acw.interactionId()).withRest(rest(ended)));
        step(ChangeCause.ACW_ENDED, without, at, acw.interactionId(), acw.acwId(), ended.reason(), ended.endedBy());
        return ended;
    }

    /** Lets the clocks run again that stood for an interaction, if the agent is in none but the one that ends. */
    void resumePaused(InteractionId ending) {
        if (state.interactions().stream().allMatch(live -> live.id().equals(ending))) {
            state.acws().stream().filter(OpenAcw::paused).forEach(this::resume);
        }
    }

    private void resume(OpenAcw acw) {
        OpenAcw resumed = acw.resume(now());
        replace(ChangeCause.ACW_RESUMED, resumed);
        if (!resumed.endsBy().isAfter(now())) {
            timeOut(resumed, now());
        }
    }

    /** Lets happen what was due, in the order in which it was due. */
    void expireDue() {
        for (Optional<Instant> due = dueNow(); due.isPresent(); due = dueNow()) {
            Instant at = due.get();
            Optional<OpenAcw> acw =
                    state.acws().stream().filter(open -> open.due().equals(at)).findFirst();
            if (acw.isEmpty()) {
                step(ChangeCause.REST_ENDED, state.withRest(null), at, null, null, null, Occasion.SERVER);
            } else if (at.isBefore(acw.get().endsBy())) {
                warn(acw.get(), at);
            } else {
                timeOut(acw.get(), at);
            }
        }
    }

    private Optional<Instant> dueNow() {
        return state.workDue().filter(due -> !due.isAfter(now()));
    }

    private void warn(OpenAcw acw, Instant at) {
        OpenAcw warned = acw.warn();
        if (acw.endsBy().isAfter(now())) {
            step(
                    ChangeCause.ACW_ENDING,
                    state.withAcw(warned),
                    at,
                    acw.interactionId(),
                    acw.acwId(),
                    null,
                    Occasion.SERVER);
        } else {
            // Too late to warn of what has already happened.
            state = state.withAcw(warned);
        }
    }

    void timeOut(OpenAcw acw, Instant at) {
        PolicyRules rules = acw.policy();
        if (acw.keepsAgent()
                && rules.get(PolicyField.ON_TIMEOUT) == AcwTimeoutAction.NOT_READY
                && state.nextPresence() == null
                && state.presence().presence() == Presence.AVAILABLE) {
            state = state.withNextPresence(
                    PresenceSetting.notReady(rules.get(PolicyField.ON_TIMEOUT_NOT_READY_REASON)));
        }
        Optional<WrapUp> classified = Optional.ofNullable(rules.get(PolicyField.TIMEOUT_DISPOSITION))
                .filter(code -> rules.get(PolicyField.DISPOSITION) != DispositionRequirement.NOT_USED)
                .flatMap(code -> classifiedByServer(acw, code));
        end(acw, EndReason.TIMED_OUT, classified, Occasion.SERVER, at);
    }

    /** What the agent has chosen goes before what the policy chooses. */
    private Optional<WrapUp> classifiedByServer(OpenAcw acw, String code) {
        WrapUp draft = wrapUps.content(acw.interactionId()).orElse(WrapUp.EMPTY);
        boolean chosen = draft.dispositionCode() != null
                && objection(draft, Optional.of(acw.interaction())).isEmpty();
        return chosen ? Optional.empty() : Optional.of(draft.classified(code));
    }

    private Instant rest(EndedAcw ended) {
        Instant until = ended.endTime().plus(ended.work().policy().get(PolicyField.REST_DURATION));
        boolean none =
                ended.reason() == EndReason.LOGGED_OUT || !ended.work().keepsAgent() || !until.isAfter(ended.endTime());
        if (none || state.restUntil() != null && state.restUntil().isAfter(until)) {
            return state.restUntil();
        }
        return until;
    }

    /** What was declared during the work holds when the work is over. */
    private static AgentState afterWork(AgentState agent) {
        boolean over = !agent.working() && agent.nextPresence() != null;
        AgentState after = over ? agent.withPresence(agent.nextPresence()).withNextPresence(null) : agent;
        return expecting(after);
    }

    /** Only for who is available something comes next, and a rest before it. */
    private static AgentState expecting(AgentState agent) {
        return agent.presence().presence() == Presence.AVAILABLE
                ? agent
                : agent.withRest(null).withPreview(null);
    }

    private void step(ChangeCause cause, AgentState next) {
        step(cause, next, now(), null, null, null, actor());
    }

    private void step(ChangeCause cause, AgentState next, OpenAcw acw) {
        step(cause, next, now(), acw.interactionId(), acw.acwId(), null, actor());
    }

    private void step(
            ChangeCause cause,
            AgentState next,
            Instant at,
            InteractionId interactionId,
            UUID acwId,
            EndReason reason,
            String by) {
        AgentStatus previous = previousStatus();
        state = next(next, at);
        changes.add(new StateChange(cause, state, previous, by, interactionId, acwId, reason, null));
    }

    private AgentState next(AgentState next, Instant at) {
        if (!state.seen()) {
            return next.withFollowUpDue(followUps.inherited()).next(at);
        }
        return next.next(next.status() == previousStatus() ? state.statusSince() : at);
    }

    private AgentStatus previousStatus() {
        return (changes.isEmpty() ? before : changes.get(changes.size() - 1).state()).status();
    }
}
