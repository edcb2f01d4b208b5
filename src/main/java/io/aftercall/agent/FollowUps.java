package io.aftercall.agent;

import io.aftercall.followup.FollowUp;
import io.aftercall.followup.FollowUpDetails;
import io.aftercall.followup.FollowUpState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** An agent's follow-ups on the way through one decision: what stands, and what is written. */
final class FollowUps {

    private final Evolution agent;
    private final Map<UUID, FollowUp> standing;
    private final Optional<List<FollowUp>> reminders;
    private final List<WrittenFollowUp> written = new ArrayList<>(1);

    FollowUps(Evolution agent, Paperwork paperwork) {
        this.agent = agent;
        this.standing = new LinkedHashMap<>(paperwork.followUps());
        this.reminders = paperwork.reminders();
    }

    List<WrittenFollowUp> written() {
        return written;
    }

    Optional<FollowUp> of(UUID id) {
        return Optional.ofNullable(standing.get(id));
    }

    /**
     * What stands against making one.
     *
     * @param path of the details in the command
     */
    Optional<Decision> objection(UUID id, FollowUpDetails details, String path) {
        Optional<FollowUp> known = of(id);
        if (known.isPresent()) {
            FollowUpDetails standing = known.get().details();
            return standing.equals(details.to(standing.customerId()))
                    ? Optional.empty()
                    : Optional.of(agent.refused(Refusal.FOLLOW_UP_EXISTS));
        }
        return details.dueTime().isAfter(agent.now()) ? Optional.empty() : Optional.of(late(path));
    }

    Decision late(String path) {
        return agent.refused(Refusal.FOLLOW_UP_IN_PAST, Map.of(path + "due_time", "must be in the future"));
    }

    /** Makes one, unless it is there already. */
    void create(UUID id, FollowUpDetails details, String interactionId) {
        if (of(id).isEmpty()) {
            FollowUp.Stamp now = new FollowUp.Stamp(agent.now(), agent.actor());
            String holder = agent.state().agentId().value();
            put(new FollowUp(id, details, FollowUpState.OPEN, holder, interactionId, 1, now, now, null));
        }
    }

    void put(FollowUp followUp) {
        written.add(new WrittenFollowUp(followUp, of(followUp.id())));
        standing.put(followUp.id(), followUp);
        Instant expected = agent.state().followUpDue();
        Instant due = followUp.details().dueTime();
        if (followUp.awaitsReminder() && agent.state().seen() && (expected == null || due.isBefore(expected))) {
            agent.expectFollowUp(due);
        }
    }

    /** When an agent who is new is to be reminded of what he holds from before he was removed; null if he holds nothing. */
    Instant inherited() {
        return reminders.isEmpty()
                // He was removed in the same transaction: the timer finds out.
                ? agent.now()
                : reminders.get().stream()
                        .map(held -> held.details().dueTime())
                        .findFirst()
                        .orElse(null);
    }

    /** When there may be something to do about those beyond the ones that were read; empty if those are all. */
    private Optional<Instant> unread() {
        List<FollowUp> read = reminders.orElseThrow();
        if (read.size() < Paperwork.REMINDERS) {
            return Optional.empty();
        }
        Instant last = read.get(read.size() - 1).details().dueTime();
        return Optional.of(last.isAfter(agent.now()) ? last : agent.now());
    }

    /** Reminds the agent of what is due, once of each, and finds out when the next one is. */
    void remind() {
        Instant expected = agent.state().followUpDue();
        if (expected == null || expected.isAfter(agent.now()) || reminders.isEmpty()) {
            return;
        }
        // What was written in the same transaction is not among those that were read, or stands otherwise by now.
        reminders.get().forEach(read -> standing.putIfAbsent(read.id(), read));
        List<FollowUp> awaiting = standing.values().stream()
                .filter(FollowUp::awaitsReminder)
                .filter(followUp ->
                        followUp.holderId().equals(agent.state().agentId().value()))
                .sorted(Comparator.comparing(followUp -> followUp.details().dueTime()))
                .toList();
        List<FollowUp> due = awaiting.stream()
                .filter(followUp -> !followUp.details().dueTime().isAfter(agent.now()))
                .toList();
        Instant next = Stream.concat(
                        awaiting.stream()
                                .map(followUp -> followUp.details().dueTime())
                                .filter(time -> time.isAfter(agent.now())),
                        unread().stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
        if (due.isEmpty()) {
            agent.expectFollowUp(next);
        }
        for (FollowUp followUp : due) {
            written.add(new WrittenFollowUp(followUp.reminded(agent.now()), Optional.of(followUp)));
            standing.put(followUp.id(), followUp.reminded(agent.now()));
            agent.followUpDue(followUp, next);
        }
    }
}
