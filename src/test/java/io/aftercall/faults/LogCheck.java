package io.aftercall.faults;

import io.aftercall.api.v1.AfterCallWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The log by itself. */
final class LogCheck {

    /** Begins what is said of an ACW that has not ended. */
    static final String OPEN = "never ended: ";

    private LogCheck() {}

    static Stream<String> dense(Run run) {
        List<String> violations = new ArrayList<>();
        Map<String, Long> versions = new HashMap<>();
        LoggedChange before = null;
        for (LoggedChange change : run.log()) {
            if (before != null && change.revision() != before.revision() + 1) {
                violations.add("after " + before + " comes " + change);
            }
            if (before != null && change.time().isBefore(before.time())) {
                violations.add("time goes back from " + before + " to " + change);
            }
            if (run.agents().contains(change.agentId())
                    && change.version() != versions.merge(change.agentId(), 1L, Long::sum)) {
                violations.add("the agent's version is not the next one: " + change);
            }
            before = change;
        }
        return violations.stream();
    }

    static Stream<String> neverEarly(Run run) {
        List<String> violations = new ArrayList<>();
        Map<String, LoggedChange> last = new HashMap<>();
        for (LoggedChange change : run.log()) {
            LoggedChange before = last.put(change.agentId(), change);
            if (change.endReason().equals(LoggedChange.TIMED_OUT)) {
                Instant deadline = before == null ? null : before.deadlines().get(change.acwId());
                if (deadline == null || change.time().isBefore(deadline)) {
                    violations.add("the deadline was " + deadline + ": " + change);
                }
            }
        }
        run.operations().stream().filter(Operation::accepted).forEach(operation -> {
            Set<String> open = operation.outcome().state().getAcwsList().stream()
                    .map(AfterCallWork::getAcwId)
                    .collect(Collectors.toSet());
            long version = operation.outcome().state().getVersion();
            run.log(operation.command().agentId()).stream()
                    .filter(change -> change.version() == version)
                    .flatMap(change -> change.deadlines().entrySet().stream())
                    .filter(acw -> !open.contains(acw.getKey())
                            && operation.outcome().received().isBefore(acw.getValue()))
                    .forEach(acw -> violations.add("told that ACW " + acw + " was over: " + operation));
        });
        return violations.stream();
    }

    static Stream<String> endedOnce(Run run) {
        List<String> violations = new ArrayList<>();
        Set<String> interactions = new HashSet<>();
        Set<String> open = new HashSet<>();
        for (LoggedChange change : run.log()) {
            if (change.cause().equals(LoggedChange.STARTED)) {
                open.add(change.acwId());
                if (!interactions.add(change.agentId() + ' ' + change.interactionId())) {
                    violations.add("a second ACW for one interaction: " + change);
                }
            }
            if (change.cause().equals(LoggedChange.ENDED) && !open.remove(change.acwId())) {
                violations.add("was not open: " + change);
            }
        }
        open.forEach(acw -> violations.add(OPEN + acw));
        return violations.stream();
    }

    /** Of the ACWs that timed out, by how many milliseconds they ended after their deadlines; sorted. */
    static List<Long> lateness(Run run) {
        List<Long> late = new ArrayList<>();
        Map<String, LoggedChange> last = new HashMap<>();
        for (LoggedChange change : run.log()) {
            LoggedChange before = last.put(change.agentId(), change);
            if (change.endReason().equals(LoggedChange.TIMED_OUT)) {
                Instant deadline = before.deadlines().get(change.acwId());
                late.add(Duration.between(deadline, change.time()).toMillis());
            }
        }
        return late.stream().sorted().toList();
    }
}
