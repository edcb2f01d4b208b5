package io.aftercall.interaction;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One call, chat, e-mail or task of one agent. Only {@code id} and {@code channel} are always there; the rest is null
 * where the router did not say.
 *
 * @param outcome how it ended for the agent; null while it is live
 * @param queueId the queue that delivered it, null for a direct call
 * @param customerId the customer as the CRM knows him
 * @param startTime when it reached the contact centre
 * @param answerTime when this agent answered
 * @param endTime when this agent left it
 * @param holdDuration how long the customer was on hold with this agent
 * @param acwRequested whether the agent has asked for ACW after it
 * @param drafted whether the agent has begun to write it up
 */
public record Interaction(
        InteractionId id,
        Channel channel,
        Direction direction,
        InteractionOutcome outcome,
        String queueId,
        String customerId,
        Instant startTime,
        Instant answerTime,
        Instant endTime,
        Duration holdDuration,
        boolean acwRequested,
        boolean drafted) {

    public Interaction {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(channel, "channel");
    }

    /** The agent asks for ACW after it. */
    public Interaction requestingAcw() {
        return new Interaction(
                id,
                channel,
                direction,
                outcome,
                queueId,
                customerId,
                startTime,
                answerTime,
                endTime,
                holdDuration,
                true,
                drafted);
    }

    /** The agent begins to write it up. */
    public Interaction withDraft() {
        return new Interaction(
                id,
                channel,
                direction,
                outcome,
                queueId,
                customerId,
                startTime,
                answerTime,
                endTime,
                holdDuration,
                acwRequested,
                true);
    }

    /** The same with nobody, if it is with this customer. */
    public Interaction without(String customer) {
        return customer.equals(customerId)
                ? new Interaction(
                        id,
                        channel,
                        direction,
                        outcome,
                        queueId,
                        null,
                        startTime,
                        answerTime,
                        endTime,
                        holdDuration,
                        acwRequested,
                        drafted)
                : this;
    }

    /** When it took place: the first time that is known of it. */
    public Optional<Instant> time() {
        return Stream.of(startTime, answerTime, endTime)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** This interaction as it ended: what it does not say is taken from what was known while it was live. */
    public Interaction endedAfter(Interaction live, Instant now) {
        return new Interaction(
                id,
                channel,
                either(direction, live.direction),
                either(outcome, InteractionOutcome.ANSWERED),
                either(queueId, live.queueId),
                either(customerId, live.customerId),
                either(startTime, live.startTime),
                either(answerTime, live.answerTime),
                either(endTime, now),
                either(holdDuration, live.holdDuration),
                acwRequested || live.acwRequested,
                live.drafted);
    }

    /** From answer to end, not less than zero where two clocks disagree; empty if either is not known. */
    public Optional<Duration> talkDuration() {
        return answerTime == null || endTime == null
                ? Optional.empty()
                : Optional.of(Duration.between(answerTime, endTime))
                        .map(talk -> talk.isNegative() ? Duration.ZERO : talk);
    }

    /** For how long the agent talked between two times; zero if it is not known when that began or ended. */
    public Duration talkedBetween(Instant from, Instant until) {
        if (answerTime == null || endTime == null) {
            return Duration.ZERO;
        }
        Instant first = answerTime.isBefore(from) ? from : answerTime;
        Instant last = endTime.isAfter(until) ? until : endTime;
        return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
    }

    private static <T> T either(T first, T second) {
        return first != null ? first : second;
    }
}
