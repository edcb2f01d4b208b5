package io.aftercall.faults;

import io.aftercall.faults.Operation.Command;
import io.aftercall.faults.Operation.Kind;
import io.aftercall.faults.Operation.Outcome;
import io.aftercall.faults.Operation.Verdict;
import io.aftercall.faults.Watch.Entry;
import io.aftercall.faults.Watch.Message;
import io.aftercall.faults.Watch.Seen;
import io.aftercall.faults.Watch.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes a run as a server with one certain fault would have left it, for each property one that breaks it. */
enum Tampering {
    AN_INTERNAL_ERROR(Property.FAULTLESS, run -> first(run.operations(), operation -> true)
            .map(operation -> replaced(
                    run,
                    operation,
                    new Operation(
                            operation.called(),
                            Operation.NEVER,
                            operation.command(),
                            Outcome.notAccepted(
                                    Verdict.FAULT,
                                    "INTERNAL_FAULT",
                                    operation.outcome().received()))))),

    /** A replica answers from memory that is behind what another has acknowledged. */
    A_STALE_READ(Property.LINEARIZABLE, Tampering::staleRead),

    A_LOST_REVISION(Property.DENSE, run -> first(
                    run.log(), change -> change != run.log().get(0) && change != last(run.log()))
            .map(change -> run.withLog(without(run.log(), change)))),

    AN_END_BEFORE_ITS_DEADLINE(Property.NEVER_EARLY, run -> first(
                    run.log(), change -> change.endReason().equals(LoggedChange.TIMED_OUT))
            .map(change -> {
                LoggedChange before = last(run.log(change.agentId()).stream()
                        .filter(earlier -> earlier.revision() < change.revision())
                        .toList());
                return run.withLog(instead(
                        run.log(),
                        change,
                        List.of(at(
                                change, before.deadlines().get(change.acwId()).minusNanos(1_000)))));
            })),

    /** A reader is told that an ACW is over whose deadline is yet to come. */
    AN_EARLY_READ(Property.NEVER_EARLY, Tampering::earlyRead),

    A_SECOND_END(Property.ENDED_ONCE, run -> first(
                    run.log(), change -> change.cause().equals(LoggedChange.ENDED))
            .map(change -> run.withLog(instead(run.log(), change, List.of(change, change))))),

    A_STUCK_ACW(Property.ENDED_ONCE, run -> first(
                    run.log(), change -> change.cause().equals(LoggedChange.ENDED))
            .map(change -> run.withLog(without(run.log(), change)))),

    /** OK was said before the commit, and then the server died. */
    A_LOST_WRITE(Property.ACKNOWLEDGED, run -> first(run.operations(), done(Kind.START))
            .map(operation -> run.withLog(run.log().stream()
                    .filter(change -> !change.cause().equals(LoggedChange.STARTED)
                            || !change.acwId().equals(operation.outcome().acw().getAcwId()))
                    .toList()))),

    /** A request is carried out a second time, because its id is not looked for. */
    A_REPEATED_WRITE(Property.ACKNOWLEDGED, run -> first(
                    run.log(), change -> change.cause().equals(LoggedChange.EXTENDED))
            .map(change -> {
                List<LoggedChange> more = new ArrayList<>(run.log());
                run.operations().stream()
                        .filter(operation -> operation.command().kind() == Kind.EXTEND)
                        .forEach(operation -> more.add(change));
                return run.withLog(more);
            })),

    AN_OLD_SNAPSHOT(Property.SNAPSHOT, run -> message(run, message -> message.entries().stream()
                    .anyMatch(entry -> run.agents().contains(entry.agentId())))
            .map(found -> found.with(
                    run,
                    new Message(
                            found.message.entries().stream()
                                    .map(entry -> new Entry(entry.agentId(), entry.version() - 1, entry.revision() - 1))
                                    .toList(),
                            found.message.changes(),
                            found.message.snapshotEnd(),
                            found.message.snapshotSize(),
                            found.message.token())))),

    SWAPPED_CHANGES(Property.ORDERED, run -> message(run, Tampering::hasSeveral).map(found -> {
        List<Seen> swapped = new ArrayList<>(found.message.changes());
        swapped.add(swapped.remove(0));
        return found.with(run, changed(found.message, swapped));
    })),

    A_CHANGE_TOLD_TWICE(Property.UNIQUE, run -> message(run, Tampering::hasChanges)
            .map(found -> found.with(run, found.message, found.message))),

    A_GAP(Property.RELIABLE, run -> message(run, Tampering::hasChanges)
            .map(found -> found.with(
                    run,
                    changed(
                            found.message,
                            found.message
                                    .changes()
                                    .subList(1, found.message.changes().size()))))),

    /** The stream ends, or its token stands, between two steps of one command. */
    A_TORN_COMMAND(
            Property.ATOMIC, run -> message(run, Tampering::hasWholeCommand).map(found -> {
                List<Seen> changes = found.message.changes();
                int place = steps(changes).findFirst().orElseThrow();
                return found.with(
                        run,
                        new Message(
                                List.of(),
                                changes.subList(0, place + 1),
                                Watch.NONE,
                                0,
                                changes.get(place).change().revision()),
                        changed(found.message, changes.subList(place + 1, changes.size())));
            })),

    A_GAP_AFTER_RESUMING(Property.RESUMABLE, run -> resumed(run)
            .map(found -> found.with(
                    run,
                    changed(
                            found.message,
                            found.message
                                    .changes()
                                    .subList(1, found.message.changes().size()))))),

    /** The token is that of the change that comes next. */
    A_TOKEN_AHEAD(Property.BOOKMARKABLE, run -> message(run, Tampering::hasChanges)
            .map(found -> found.with(
                    run, new Message(List.of(), List.of(), Watch.NONE, 0, found.message.token()), found.message)));

    final Property broken;
    private final Function<Run, Optional<Run>> tamper;

    Tampering(Property broken, Function<Run, Optional<Run>> tamper) {
        this.broken = broken;
        this.tamper = tamper;
    }

    /** The run with this fault in it; empty if the run has nothing that it could happen to. */
    Optional<Run> of(Run run) {
        return tamper.apply(run);
    }

    /** A message of a subscriber. */
    private record Found(Watch watch, Message message) {

        Run with(Run run, Message... instead) {
            return run.with(watch, watch.with(message, List.of(instead)));
        }
    }

    private static Optional<Found> message(Run run, Predicate<Message> wanted) {
        return run.watches().stream()
                .filter(Watch::everyChange)
                .flatMap(watch -> watch.messages().stream().map(message -> new Found(watch, message)))
                .filter(found -> wanted.test(found.message()))
                .findFirst();
    }

    private static Optional<Found> resumed(Run run) {
        for (Watch watch : run.watches()) {
            for (Session session : watch.sessions()) {
                boolean goesOn =
                        session.after() != Watch.NONE && !session.messages().isEmpty();
                if (goesOn && hasChanges(session.messages().get(0))) {
                    return Optional.of(new Found(watch, session.messages().get(0)));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Run> staleRead(Run run) {
        for (List<Operation> history : run.histories().values()) {
            List<Operation> told = history.stream().filter(Operation::accepted).toList();
            Optional<Operation> old = told.stream()
                    .filter(operation -> operation.outcome().state().getVersion()
                            < last(told).outcome().state().getVersion())
                    .findFirst();
            if (old.isPresent()) {
                long end = run.operations().stream()
                        .mapToLong(Operation::called)
                        .max()
                        .orElseThrow();
                long after = Math.max(end, last(told).answered());
                Command read = new Command(Kind.READ, old.get().command().agentId(), "", null, "");
                return Optional.of(run.withOperations(with(
                        run.operations(),
                        new Operation(after + 1, after + 2, read, old.get().outcome()))));
            }
        }
        return Optional.empty();
    }

    private static Optional<Run> earlyRead(Run run) {
        return first(run.operations(), done(Kind.START)).map(operation -> {
            Outcome outcome = operation.outcome();
            Outcome over = new Outcome(
                    outcome.verdict(),
                    outcome.state().toBuilder().clearAcws().build(),
                    null,
                    false,
                    "",
                    outcome.received());
            Command read = new Command(Kind.READ, operation.command().agentId(), "", null, "");
            return run.withOperations(
                    with(run.operations(), new Operation(operation.called(), operation.answered(), read, over)));
        });
    }

    private static Predicate<Operation> done(Kind kind) {
        return operation -> operation.command().kind() == kind
                && operation.accepted()
                && !operation.outcome().repeated()
                && operation.outcome().state().getAcwsCount() > 0;
    }

    private static boolean hasChanges(Message message) {
        return !message.changes().isEmpty();
    }

    private static boolean hasSeveral(Message message) {
        return message.changes().size() > 1;
    }

    private static boolean hasWholeCommand(Message message) {
        return steps(message.changes()).findAny().isPresent();
    }

    /** The places of those that the next step of the same command follows. */
    private static Stream<Integer> steps(List<Seen> changes) {
        return Stream.iterate(0, place -> place + 1 < changes.size(), place -> place + 1)
                .filter(place -> changes.get(place)
                        .change()
                        .sameCommandAs(changes.get(place + 1).change()));
    }

    private static Message changed(Message message, List<Seen> changes) {
        return new Message(message.entries(), changes, message.snapshotEnd(), message.snapshotSize(), message.token());
    }

    private static LoggedChange at(LoggedChange change, java.time.Instant time) {
        return new LoggedChange(
                change.revision(),
                time,
                change.cause(),
                change.agentId(),
                change.version(),
                change.interactionId(),
                change.acwId(),
                change.endReason(),
                change.deadlines());
    }

    private static Run replaced(Run run, Operation operation, Operation other) {
        return run.withOperations(instead(run.operations(), operation, List.of(other)));
    }

    private static <T> Optional<T> first(List<T> all, Predicate<T> wanted) {
        return all.stream().filter(wanted).findFirst();
    }

    private static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }

    private static <T> List<T> with(List<T> all, T more) {
        return Stream.concat(all.stream(), Stream.of(more)).toList();
    }

    private static <T> List<T> without(List<T> all, T one) {
        return instead(all, one, List.of());
    }

    private static <T> List<T> instead(List<T> all, T one, List<T> others) {
        return all.stream()
                .flatMap(each -> each == one ? others.stream() : Stream.of(each))
                .toList();
    }
}
