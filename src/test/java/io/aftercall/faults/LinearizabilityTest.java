package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.faults.Operation.Command;
import io.aftercall.faults.Operation.Kind;
import io.aftercall.faults.Operation.Outcome;
import io.aftercall.faults.Operation.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {

    private final Operation started = told(1, 4, Kind.START, "r1", 1, 0);

    @Test
    void whatOverlapsMayStandInAnyOrder() {
        Operation extended = told(2, 5, Kind.EXTEND, "r2", 2, 1);
        Operation read = told(3, 6, Kind.READ, "", 1, 0);

        assertThat(Linearizability.violation(List.of(started, extended, read))).isEmpty();
    }

    @Test
    void whatWasAcknowledgedIsSeenByEveryoneWhoAsksAfterwards() {
        Operation extended = told(5, 6, Kind.EXTEND, "r2", 2, 1);
        Operation staleRead = told(7, 8, Kind.READ, "", 1, 0);

        assertThat(Linearizability.violation(List.of(started, extended, staleRead)))
                .isNotEmpty();
    }

    @Test
    void whatWasOnceSeenIsNotUnseen() {
        Operation cut = unknown(5, Kind.EXTEND, "r2");
        Operation seen = told(6, 7, Kind.READ, "", 2, 1);
        Operation unseen = told(8, 9, Kind.READ, "", 1, 0);

        assertThat(Linearizability.violation(List.of(started, cut, seen))).isEmpty();
        assertThat(Linearizability.violation(List.of(started, cut, seen, unseen)))
                .isNotEmpty();
    }

    @Test
    void aCallThatWasCutMayHaveBeenCarriedOutLongAfterwardsOrNever() {
        Operation cut = unknown(5, Kind.EXTEND, "r2");
        Operation before = told(6, 7, Kind.READ, "", 1, 0);
        Operation after = told(8, 9, Kind.READ, "", 2, 1);

        assertThat(Linearizability.violation(List.of(started, cut, before, after)))
                .isEmpty();
        assertThat(Linearizability.violation(List.of(started, cut, before))).isEmpty();
    }

    @Test
    void aRequestIsCarriedOutOnceHoweverOftenItIsSent() {
        Operation cut = unknown(5, Kind.EXTEND, "r2");
        Operation again = told(6, 7, Kind.EXTEND, "r2", 2, 1);
        Operation once = told(8, 9, Kind.READ, "", 2, 1);
        Operation twice = told(8, 9, Kind.READ, "", 3, 2);

        assertThat(Linearizability.violation(List.of(started, cut, again, once)))
                .isEmpty();
        assertThat(Linearizability.violation(List.of(started, cut, again, twice)))
                .isNotEmpty();
    }

    @Test
    void aDeadlineMayPassAtAnyMomentButNotBackwards() {
        Operation over = told(5, 6, Kind.READ, "", 1, -1);
        Operation openAgain = told(7, 8, Kind.READ, "", 1, 0);
        Operation writtenDown = told(7, 8, Kind.READ, "", 2, -1);

        assertThat(Linearizability.violation(List.of(started, over, writtenDown)))
                .isEmpty();
        assertThat(Linearizability.violation(List.of(started, over, openAgain))).isNotEmpty();
    }

    @Test
    void aRefusalChangesNothingAndMustHaveItsReason() {
        Operation refused = refused(5, 6, "ACW_ENDED");
        Operation stillOpen = told(7, 8, Kind.READ, "", 1, 0);
        Operation over = told(7, 8, Kind.READ, "", 1, -1);

        assertThat(Linearizability.violation(List.of(started, refused, over))).isEmpty();
        assertThat(Linearizability.violation(List.of(started, refused, stillOpen)))
                .isNotEmpty();
    }

    private static Operation told(long called, long answered, Kind kind, String request, long version, int open) {
        String interaction = kind == Kind.READ ? "" : "call";
        return SampleRun.told(called, answered, kind, "ada", interaction, request, 10 + version, version, open);
    }

    private static Operation unknown(long called, Kind kind, String request) {
        return new Operation(
                called,
                Operation.NEVER,
                new Command(kind, "ada", "call", null, request),
                Outcome.notAccepted(Verdict.UNKNOWN, "UNAVAILABLE", Instant.EPOCH));
    }

    private static Operation refused(long called, long answered, String reason) {
        return new Operation(
                called,
                answered,
                new Command(Kind.EXTEND, "ada", "call", null, "r9"),
                Outcome.notAccepted(Verdict.REFUSED, reason, Instant.EPOCH));
    }
}
