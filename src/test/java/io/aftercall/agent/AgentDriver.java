package io.aftercall.agent;

import static io.aftercall.agent.Fixtures.AGENT;
import static io.aftercall.agent.Fixtures.AVAILABLE;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.timer;
import static io.aftercall.agent.Fixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.disposition.Dispositions;
import io.aftercall.followup.FollowUp;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyField;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One agent, what is settled about that agent's ACWs and a clock that only the test moves: what engine, store and
 * database are in production. Sends commands and keeps what came of them.
 */
final class AgentDriver {

    static final String CALLER = "router";

    private final Map<InteractionId, SettledAcw> settled = new HashMap<>();
    private final Map<InteractionId, StoredWrapUp> wrapUps = new HashMap<>();
    private final Map<UUID, FollowUp> followUps = new HashMap<>();
    private final List<Turn> turns = new ArrayList<>();
    private AgentState state = AgentState.unseen(AGENT);
    private EffectivePolicy policy = EffectivePolicy.DEFAULT;
    private Dispositions dispositions = Dispositions.ANY;
    private Instant now = second(0);

    /** One command and what came of it. */
    record Turn(
            Instant now,
            AgentState before,
            Optional<SettledAcw> settled,
            Command command,
            EffectivePolicy policy,
            Decision decision) {

        AgentState after() {
            return decision instanceof Decision.Changed changed ? changed.state() : before;
        }

        List<StateChange> changes() {
            return decision instanceof Decision.Changed changed ? changed.changes() : List.of();
        }

        List<WrittenWrapUp> newlyWritten() {
            return decision instanceof Decision.Changed changed ? changed.wrapUps() : List.of();
        }

        List<WrittenFollowUp> newlyPromised() {
            return decision instanceof Decision.Changed changed ? changed.followUps() : List.of();
        }

        List<SettledAcw> newlySettled() {
            return decision instanceof Decision.Changed changed ? changed.settled() : List.of();
        }
    }

    /** An agent of whom nobody has heard. */
    static AgentDriver unseenAgent() {
        return new AgentDriver();
    }

    /** An agent who has logged in and waits. */
    static AgentDriver availableAgent() {
        return unseenAgent().sends(declare(AVAILABLE));
    }

    // ---- given

    /** From now on this rule holds, too. */
    <T> AgentDriver under(PolicyField<T> field, T value) {
        return under(with(policy, field, value));
    }

    AgentDriver under(EffectivePolicy other) {
        policy = other;
        return this;
    }

    /** From now on these can be chosen. */
    AgentDriver choosing(Dispositions catalogue) {
        dispositions = catalogue;
        return this;
    }

    /** From now on the queue is under pressure, until a rule changes. */
    AgentDriver underPressure() {
        return under(Fixtures.underPressure(policy));
    }

    /** It is so many seconds past nine o'clock. */
    AgentDriver at(long seconds) {
        return at(second(seconds));
    }

    AgentDriver at(Instant time) {
        now = time;
        return this;
    }

    AgentDriver later(Duration time) {
        return at(now.plus(time));
    }

    /** It has become so behind the agent's back. */
    AgentDriver knows(FollowUp followUp) {
        followUps.put(followUp.id(), followUp);
        return this;
    }

    AgentDriver sends(Command... commands) {
        for (Command command : commands) {
            send(command);
        }
        return this;
    }

    // ---- when

    Decision send(Command command) {
        Optional<SettledAcw> known = command.interactionId().map(settled::get);
        Decision decision = AgentLifecycle.decide(
                state,
                known,
                new Paperwork(loaded(command, known), named(command), reminders(command)),
                command,
                any -> policy,
                dispositions,
                new Occasion(now, CALLER));
        Turn turn = new Turn(now, state, known, command, policy, decision);
        turns.add(turn);
        state = turn.after();
        turn.newlySettled().forEach(acw -> settled.put(acw.interactionId(), acw));
        turn.newlyPromised().forEach(written -> followUps.put(written.followUp().id(), written.followUp()));
        turn.newlyWritten().forEach(wrapUp -> wrapUps.put(wrapUp.interactionId(), wrapUp.wrapUp()));
        return decision;
    }

    private Map<UUID, FollowUp> named(Command command) {
        Map<UUID, FollowUp> named = new HashMap<>(followUps);
        named.keySet().retainAll(command.followUps());
        return named;
    }

    private Optional<List<FollowUp>> reminders(Command command) {
        return command.timer() && state.followUpDue() != null || !state.seen()
                ? Optional.of(followUps.values().stream()
                        .filter(FollowUp::awaitsReminder)
                        .filter(followUp -> followUp.holderId().equals(AGENT.value()))
                        .sorted(Comparator.comparing(
                                followUp -> followUp.details().dueTime()))
                        .limit(Paperwork.REMINDERS)
                        .toList())
                : Optional.empty();
    }

    /** What a store would find: drafts are looked for where the agent's state says that there are any. */
    private Map<InteractionId, StoredWrapUp> loaded(Command command, Optional<SettledAcw> known) {
        Map<InteractionId, StoredWrapUp> loaded = new HashMap<>(wrapUps);
        loaded.entrySet()
                .removeIf(wrapUp -> !(state.drafting() && wrapUp.getValue().draft())
                        && (known.isEmpty() || !command.interactionId().equals(Optional.of(wrapUp.getKey()))));
        return loaded;
    }

    /** Lets every timer fire when it is due, up to a time, and sets the clock to that time. */
    AgentDriver punctuallyUntil(Instant time) {
        for (Optional<Instant> due = dueBy(time); due.isPresent(); due = dueBy(time)) {
            at(due.get().isAfter(now) ? due.get() : now).send(timer());
            assertThat(dueBy(now)).as("what a timer leaves undone").isEmpty();
        }
        return at(time);
    }

    private Optional<Instant> dueBy(Instant time) {
        return state.due().filter(due -> !due.isAfter(time));
    }

    // ---- then

    Instant now() {
        return now;
    }

    AgentState stored() {
        return state;
    }

    /** The agent as a reader sees it now. */
    AgentState seen() {
        return AgentLifecycle.asOf(state, now);
    }

    OpenAcw acw(String interactionId) {
        return seen().acw(new InteractionId(interactionId)).orElseThrow();
    }

    SettledAcw settled(String interactionId) {
        return settled.get(new InteractionId(interactionId));
    }

    FollowUp followUp(UUID id) {
        return followUps.get(id);
    }

    StoredWrapUp stored(String interactionId) {
        return wrapUps.get(new InteractionId(interactionId));
    }

    /** The interactions of which there is a draft. */
    List<InteractionId> drafts() {
        return wrapUps.entrySet().stream()
                .filter(wrapUp -> wrapUp.getValue().draft())
                .map(Map.Entry::getKey)
                .toList();
    }

    Optional<WrapUp> wrapUp(String interactionId) {
        return Optional.ofNullable(stored(interactionId)).map(StoredWrapUp::content);
    }

    /** How often it was written. */
    int wrapUpRevision(String interactionId) {
        return Optional.ofNullable(stored(interactionId))
                .map(wrapUp -> wrapUp.version().revision())
                .orElse(0);
    }

    EndedAcw ended(String interactionId) {
        return (EndedAcw) settled(interactionId);
    }

    List<Turn> turns() {
        return turns;
    }

    /** Every step so far. */
    List<StateChange> changes() {
        return turns.stream().flatMap(turn -> turn.changes().stream()).toList();
    }

    List<ChangeCause> causes() {
        return changes().stream().map(StateChange::cause).toList();
    }
}
