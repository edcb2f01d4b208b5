package io.aftercall.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line about a run, to say what it was worth. */
final class RunReport {

    private RunReport() {}

    static String of(Run run, List<List<Fault>> faults, List<String> violations) {
        long unknown = run.operations().stream().filter(Operation::unknown).count();
        int streams = run.watches().stream()
                .mapToInt(watch -> watch.sessions().size())
                .sum();
        return "seed " + run.seed() + ": " + run.operations().size() + " calls, " + unknown + " of unknown outcome, "
                + run.log().size() + " changes, " + streams + " streams of "
                + run.watches().size()
                + " subscribers, latest end " + latest(run).toMillis() + " ms late, " + faults + ", "
                + (violations.isEmpty() ? "all well" : "VIOLATIONS: " + violations);
    }

    private static Duration latest(Run run) {
        Duration latest = Duration.ZERO;
        Map<String, Instant> deadlines = new HashMap<>();
        for (LoggedChange change : run.log()) {
            if (change.endReason().equals(LoggedChange.TIMED_OUT)) {
                Duration late = Duration.between(deadlines.get(change.acwId()), change.time());
                latest = late.compareTo(latest) > 0 ? late : latest;
            }
            deadlines.putAll(change.deadlines());
        }
        return latest;
    }
}
