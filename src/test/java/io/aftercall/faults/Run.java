package io.aftercall.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was seen from outside while a seed was played, and the log as the database has it afterwards.
 *
 * @param agents the seed's own
 * @param log what it has since before the seed
 */
record Run(long seed, Set<String> agents, List<Operation> operations, List<LoggedChange> log, List<Watch> watches) {

    /** By agent, in the order of calls. */
    Map<String, List<Operation>> histories() {
        return operations.stream()
                .sorted(Comparator.comparingLong(Operation::called))
                .collect(Collectors.groupingBy(
                        operation -> operation.command().agentId(), TreeMap::new, Collectors.toList()));
    }

    List<LoggedChange> log(String agentId) {
        return log.stream().filter(change -> change.agentId().equals(agentId)).toList();
    }

    /** The properties that do not hold, with what speaks against them; empty if all hold. */
    List<String> violations() {
        List<String> all = new ArrayList<>();
        for (Property property : Property.values()) {
            property.violations(this).forEach(what -> all.add("seed " + seed + ": " + property + ": " + what));
        }
        return all;
    }

    Run withOperations(List<Operation> other) {
        return new Run(seed, agents, other, log, watches);
    }

    Run withLog(List<LoggedChange> other) {
        return new Run(seed, agents, operations, other, watches);
    }

    Run with(Watch old, Watch changed) {
        return new Run(
                seed,
                agents,
                operations,
                log,
                watches.stream().map(watch -> watch == old ? changed : watch).toList());
    }
}
