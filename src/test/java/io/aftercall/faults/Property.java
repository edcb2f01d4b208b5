package io.aftercall.faults;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What must hold in every run, whatever was done to the servers and the network. */
enum Property {
    /** No answer is one that a healthy server never gives. */
    FAULTLESS(run -> Stream.concat(
            run.operations().stream()
                    .filter(operation -> operation.outcome().verdict() == Operation.Verdict.FAULT)
                    .map(Operation::toString),
            run.watches().stream()
                    .flatMap(watch -> watch.sessions().stream())
                    .map(Watch.Session::refusal)
                    .filter(refusal -> !refusal.isEmpty()))),
    /** Each agent's answers are those of one agent to whom things happen one after the other. */
    LINEARIZABLE(run ->
            run.histories().values().stream().map(Linearizability::violation).flatMap(Optional::stream)),
    /** The log has every revision, and every version of an agent, once. */
    DENSE(LogCheck::dense),
    /** No ACW times out before its deadline, neither in the log nor for a reader. */
    NEVER_EARLY(LogCheck::neverEarly),
    /** Every ACW that started has ended, once. */
    ENDED_ONCE(LogCheck::endedOnce),
    /** What was acknowledged is in the log, once. */
    ACKNOWLEDGED(AcknowledgedCheck::violations),
    /** A snapshot is what the log comes to at its revision. */
    SNAPSHOT(each(StreamCheck::snapshot)),
    ORDERED(each(StreamCheck::ordered)),
    UNIQUE(each(StreamCheck::unique)),
    RELIABLE(each(StreamCheck::reliable)),
    ATOMIC(each(StreamCheck::atomic)),
    RESUMABLE(each(StreamCheck::resumable)),
    BOOKMARKABLE(each(StreamCheck::bookmarkable));

    private final Function<Run, Stream<String>> check;

    Property(Function<Run, Stream<String>> check) {
        this.check = check;
    }

    /** What speaks against it. */
    List<String> violations(Run run) {
        return check.apply(run).toList();
    }

    private static Function<Run, Stream<String>> each(Function<StreamCheck, Stream<String>> check) {
        return run -> run.watches().stream()
                .flatMap(watch -> check.apply(new StreamCheck(run, watch)).map(what -> watch.name() + ": " + what));
    }
}
