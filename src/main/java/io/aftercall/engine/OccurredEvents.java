package io.aftercall.engine;

import io.aftercall.agent.WrittenFollowUp;
import io.aftercall.agent.WrittenWrapUp;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.followup.FollowUp;
import io.aftercall.interaction.Interaction;
import io.aftercall.wrapup.WrapUpStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What of that which a transaction writes other systems may want to know. */
public final class OccurredEvents {

    private OccurredEvents() {}

    /**
     * An event with what is to be done about it.
     *
     * @param emailed whether it makes a summary go to the customer
     */
    public record Occurred(Event event, boolean emailed) {}

    public static List<Occurred> of(AgentStore.Writes writes) {
        return Stream.concat(
                        writes.wrapUps().stream().flatMap(written -> of(written).stream()),
                        writes.followUps().stream().map(OccurredEvents::of))
                .toList();
    }

    /** As long as it is being written it is nobody's business. */
    private static Optional<Occurred> of(WrittenWrapUp written) {
        if (written.wrapUp().draft()) {
            return Optional.empty();
        }
        boolean first = written.replaced().filter(before -> !before.draft()).isEmpty();
        Event event = new Event(
                first ? EventType.WRAP_UP_FINISHED : EventType.WRAP_UP_REVISED,
                written.agentId().value(),
                written.interactionId().value(),
                null,
                written.about().map(Interaction::customerId).orElse(null));
        boolean complete = written.wrapUp().version().status() == WrapUpStatus.FINAL;
        return Optional.of(
                new Occurred(event, complete && written.wrapUp().content().emailSummary() != null));
    }

    private static Occurred of(WrittenFollowUp written) {
        FollowUp followUp = written.followUp();
        EventType updated = written.revises() ? EventType.FOLLOW_UP_UPDATED : EventType.FOLLOW_UP_DUE;
        Event event = new Event(
                written.replaced().isEmpty() ? EventType.FOLLOW_UP_CREATED : updated,
                null,
                followUp.interactionId(),
                followUp.id(),
                followUp.details().customerId());
        return new Occurred(event, false);
    }
}
