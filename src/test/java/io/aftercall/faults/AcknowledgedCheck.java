package io.aftercall.faults;

import io.aftercall.faults.Operation.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What callers were told, against the log. */
final class AcknowledgedCheck {

    private AcknowledgedCheck() {}

    static Stream<String> violations(Run run) {
        return Stream.concat(
                run.operations().stream()
                        .filter(Operation::accepted)
                        .filter(operation -> !logged(run, operation))
                        .map(operation -> "not in the log, or not once: " + operation),
                extensions(run));
    }

    /** Whether the log has the version that the reply shows at the revision that it names, and what was done, once. */
    private static boolean logged(Run run, Operation operation) {
        List<LoggedChange> log = run.log(operation.command().agentId());
        var state = operation.outcome().state();
        List<LoggedChange> shown = log.stream()
                .filter(change -> change.version() == state.getVersion())
                .toList();
        return shown.size() == 1
                && shown.get(0).revision() == state.getRevision()
                && log.stream().filter(effect(operation)).count() <= 1
                && (operation.outcome().repeated() || log.stream().anyMatch(effect(operation)));
    }

    private static Predicate<LoggedChange> effect(Operation operation) {
        var outcome = operation.outcome();
        String acwId = outcome.acw() == null ? "" : outcome.acw().getAcwId();
        return switch (operation.command().kind()) {
            case START ->
                change -> change.cause().equals(LoggedChange.STARTED)
                        && change.acwId().equals(acwId)
                        && change.interactionId().equals(operation.command().interactionId());
            case COMPLETE ->
                outcome.acw() == null
                        ? change -> change.version() == outcome.state().getVersion()
                        : change -> change.cause().equals(LoggedChange.ENDED)
                                && change.acwId().equals(acwId);
            case EXTEND ->
                change -> change.cause().equals(LoggedChange.EXTENDED)
                        && change.acwId().equals(acwId)
                        && change.version() == outcome.state().getVersion();
            case PRESENCE, READ -> change -> change.version() == outcome.state().getVersion();
        };
    }

    /** Each request extends once at most, however often it was sent, and nobody else's. */
    private static Stream<String> extensions(Run run) {
        Map<String, Set<String>> asked = run.operations().stream()
                .filter(operation -> operation.command().kind() == Kind.EXTEND)
                .filter(operation -> operation.accepted() || operation.unknown())
                .collect(Collectors.groupingBy(
                        operation -> operation.command().agentId()
                                + ' '
                                + operation.command().interactionId(),
                        Collectors.mapping(operation -> operation.command().requestId(), Collectors.toSet())));
        Map<String, Long> done = run.log().stream()
                .filter(change -> change.cause().equals(LoggedChange.EXTENDED))
                .filter(change -> run.agents().contains(change.agentId()))
                .collect(Collectors.groupingBy(
                        change -> change.agentId() + ' ' + change.interactionId(), Collectors.counting()));
        return done.entrySet().stream()
                .filter(entry -> entry.getValue()
                        > asked.getOrDefault(entry.getKey(), new HashSet<>()).size())
                .map(entry -> "extended more often than asked for: " + entry);
    }
}
