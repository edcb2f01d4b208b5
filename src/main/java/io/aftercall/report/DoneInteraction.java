package io.aftercall.report;

import io.aftercall.agent.EndReason;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An interaction that an agent is done with.
 *
 * @param key whose, and of what
 * @param sign 1; -1 for one that was told before with this key and is now told with another
 * @param doneTime when its ACW ended, or when it was found that there is none
 * @param handled whether the agent answered it
 * @param talk from the answer to the end; empty if either is not known
 * @param holdMicros how much of that the customer was on hold
 */
public record DoneInteraction(
        ReportKey key,
        int sign,
        Instant doneTime,
        boolean handled,
        Optional<Span> talk,
        long holdMicros,
        Optional<Acw> acw)
        implements ReportEntry {

    /**
     * The after-call work.
     *
     * @param pauses when its clock stood, in order, within the span: that is no time of its
     * @param limited whether it had a deadline and could have ended before it
     * @param atLimit whether it ran to that, or nearly
     */
    public record Acw(
            Span span, List<Span> pauses, EndReason reason, boolean extended, boolean limited, boolean atLimit) {

        /** When its clock ran. */
        List<Span> worked() {
            List<Span> worked = new ArrayList<>();
            Instant from = span.from();
            for (Span pause : pauses) {
                worked.add(Span.between(from, pause.from()));
                from = pause.until();
            }
            worked.add(Span.between(from, span.until()));
            return worked;
        }

        long micros() {
            return worked().stream().mapToLong(Span::micros).sum();
        }
    }

    /** The same, as it is taken away or told anew with another disposition. */
    public DoneInteraction as(String dispositionCode, int newSign) {
        return new DoneInteraction(
                key.with(Dimension.DISPOSITION, dispositionCode), newSign, doneTime, handled, talk, holdMicros, acw);
    }

    /** Whether it adds nothing to any figure. */
    public boolean isNothing() {
        return !handled && acw.isEmpty() && talk.isEmpty();
    }

    @Override
    public void post(Ledger ledger) {
        Tally done = new Tally();
        done.handled = handled ? 1 : 0;
        acw.ifPresent(work -> {
            done.end(work.reason(), work.micros(), work.extended());
            done.limited = work.limited() ? 1 : 0;
            done.atLimit = work.atLimit() ? 1 : 0;
        });
        ledger.add(Quarter.of(doneTime), key, done, sign);
        acw.ifPresent(work -> work.worked().forEach(span -> postWork(span.counted(), ledger)));
        talk.ifPresent(span -> postTalk(span.counted(), ledger));
    }

    private void postWork(Span span, Ledger ledger) {
        span.split((quarter, passed, micros) -> {
            Tally part = new Tally();
            part.acwTime = micros;
            ledger.add(quarter, key, part, sign);
        });
    }

    /** When the customer was on hold is not known: it is spread evenly. */
    private void postTalk(Span span, Ledger ledger) {
        long whole = span.micros();
        long hold = Math.max(0, Math.min(holdMicros, whole));
        span.split((quarter, passed, micros) -> {
            Tally part = new Tally();
            part.holdTime = held(hold, passed + micros, whole) - held(hold, passed, whole);
            part.talkTime = micros - part.holdTime;
            ledger.add(quarter, key, part, sign);
        });
    }

    /** Of a hold that is no longer than the whole, what had passed by then: exact, so that no part has more than passes. */
    private static long held(long hold, long passed, long whole) {
        return BigInteger.valueOf(hold)
                .multiply(BigInteger.valueOf(passed))
                .divide(BigInteger.valueOf(whole))
                .longValueExact();
    }

    /** A stretch of talk, as far as it is known. */
    public static Optional<Span> talk(Instant answerTime, Instant endTime) {
        return answerTime == null || endTime == null
                ? Optional.empty()
                : Optional.of(Span.between(
                        answerTime.truncatedTo(ChronoUnit.MICROS), endTime.truncatedTo(ChronoUnit.MICROS)));
    }
}
