package io.aftercall.report;

import io.aftercall.agent.EndReason;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What comes together in one place of a report. Counts belong to where the work was over, times to where they passed:
 * an ACW over a border counts behind it, and its time is on both sides.
 */
public final class Tally {

    static final int REASONS = EndReason.values().length;

    /** Interactions that the agent answered and is done with. */
    long handled;
    /** ACWs that have ended. */
    long acws;
    /** Those by why they ended, in the order of {@link EndReason}. */
    final long[] endedBy = new long[REASONS];
    /** Those that were extended at least once. */
    long extended;
    /** Those that had a deadline and could have ended before it. */
    long limited;
    /** Of these, those that ran to it, or nearly. */
    long atLimit;
    /** How long they took as a whole, in microseconds. */
    long acwSum;

    long acwMax;
    final Distribution distribution = new Distribution();

    /** What passed here, in microseconds. */
    long acwTime;

    long talkTime;
    long holdTime;
    long availableTime;

    /** Puts an ACW that has ended on the list. */
    void end(EndReason reason, long micros, boolean wasExtended) {
        acws = 1;
        endedBy[reason.ordinal()] = 1;
        extended = wasExtended ? 1 : 0;
        acwSum = micros;
        acwMax = micros;
        distribution.add(DurationSteps.of(micros), 1);
    }

    /**
     * Adds another.
     *
     * @param sign -1 to take it away again, down to nothing: if the longest goes, the longest that is left is known to
     *     its step
     */
    void add(Tally other, int sign) {
        handled = sum(handled, other.handled, sign);
        acws = sum(acws, other.acws, sign);
        for (int reason = 0; reason < REASONS; reason++) {
            endedBy[reason] = sum(endedBy[reason], other.endedBy[reason], sign);
        }
        extended = sum(extended, other.extended, sign);
        limited = sum(limited, other.limited, sign);
        atLimit = sum(atLimit, other.atLimit, sign);
        acwSum = sum(acwSum, other.acwSum, sign);
        distribution.add(other.distribution, sign);
        if (sign > 0) {
            acwMax = Math.max(acwMax, other.acwMax);
        } else if (other.acws > 0 && other.acwMax >= acwMax) {
            acwMax = distribution.longest();
        }
        acwTime = sum(acwTime, other.acwTime, sign);
        talkTime = sum(talkTime, other.talkTime, sign);
        holdTime = sum(holdTime, other.holdTime, sign);
        availableTime = sum(availableTime, other.availableTime, sign);
    }

    /** What was added by an earlier release may have been divided between quarters a microsecond differently. */
    private static long sum(long before, long other, int sign) {
        return Math.max(0, before + sign * other);
    }

    boolean isEmpty() {
        return handled == 0 && acws == 0 && acwTime == 0 && talkTime == 0 && holdTime == 0 && availableTime == 0;
    }

    public long handled() {
        return handled;
    }

    public long acws() {
        return acws;
    }

    public long endedBy(EndReason reason) {
        return endedBy[reason.ordinal()];
    }

    public long extended() {
        return extended;
    }

    public long limited() {
        return limited;
    }

    public long atLimit() {
        return atLimit;
    }

    public Duration acwTime() {
        return duration(acwTime);
    }

    public Duration talkTime() {
        return duration(talkTime);
    }

    public Duration holdTime() {
        return duration(holdTime);
    }

    public Duration availableTime() {
        return duration(availableTime);
    }

    /** How long the ACWs that ended here took on average; empty without any. */
    public Optional<Duration> averageAcw() {
        return acws == 0 ? Optional.empty() : Optional.of(duration(Math.round((double) acwSum / acws)));
    }

    /** The longest ACW that ended here. */
    public Optional<Duration> longestAcw() {
        return acws == 0 ? Optional.empty() : Optional.of(duration(acwMax));
    }

    /** What so many percent of the ACWs that ended here did not exceed, see {@link DurationSteps}. */
    public Optional<Duration> percentile(int percent) {
        return acws == 0 ? Optional.empty() : Optional.of(duration(distribution.percentile(percent)));
    }

    /** (talk + hold + ACW) / handled. */
    public Optional<Duration> averageHandleTime() {
        return handled == 0 ? Optional.empty() : Optional.of(duration(Math.round((double) handleTime() / handled)));
    }

    /** ACW / (talk + hold + ACW). */
    public Optional<Double> acwShareOfHandleTime() {
        return share(acwTime, handleTime());
    }

    /** (talk + hold + ACW) / (talk + hold + ACW + available). */
    public Optional<Double> occupancy() {
        return share(handleTime(), handleTime() + availableTime);
    }

    public Optional<Double> extensionRate() {
        return share(extended, acws);
    }

    /** Of the ACWs that could have ended before their deadline, the share of those that ran to it. */
    public Optional<Double> limitShare() {
        return share(atLimit, limited);
    }

    private long handleTime() {
        return talkTime + holdTime + acwTime;
    }

    private static Optional<Double> share(long part, long whole) {
        return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
    }

    private static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
