package io.aftercall.faults;

import io.aftercall.faults.Watch.Entry;
import io.aftercall.faults.Watch.Message;
import io.aftercall.faults.Watch.Seen;
import io.aftercall.faults.Watch.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one subscriber was told, against the log: the six promises of etcd's watch, and the snapshot. */
final class StreamCheck {

    private final Run run;
    private final Watch watch;

    StreamCheck(Run run, Watch watch) {
        this.run = run;
        this.watch = watch;
    }

    Stream<String> ordered() {
        List<String> violations = new ArrayList<>();
        Seen before = null;
        for (Seen seen : watch.changes()) {
            if (before != null && seen.change().revision() < before.change().revision()) {
                violations.add(seen + " comes after " + before);
            }
            before = seen;
        }
        return violations.stream();
    }

    Stream<String> unique() {
        Set<Long> revisions = new HashSet<>();
        return watch.changes().stream()
                .filter(seen -> !revisions.add(seen.change().revision()))
                .map(seen -> "told twice: " + seen);
    }

    /** What was told is what is logged, and nothing that is logged was left out. */
    Stream<String> reliable() {
        Map<Long, Seen> told = watch.changes().stream()
                .collect(Collectors.toMap(seen -> seen.change().revision(), seen -> seen, (one, same) -> one));
        List<String> violations = new ArrayList<>();
        Map<String, Integer> pending = new HashMap<>();
        for (LoggedChange change : between(watch.start(), watch.end())) {
            int count = pending.merge(change.agentId(), 1, Integer::sum);
            Seen seen = told.remove(change.revision());
            if (seen == null && watch.everyChange()) {
                violations.add("not told: " + change);
            }
            if (seen != null && (!seen.change().equals(change) || seen.count() != count)) {
                violations.add(seen + " was told, stands for " + count + ": " + change);
            }
            if (seen != null) {
                pending.remove(change.agentId());
            }
        }
        if (!watch.everyChange()) {
            pending.forEach((agent, count) -> violations.add("not told the last state of " + agent));
        }
        told.values().forEach(seen -> violations.add("told and not logged: " + seen));
        return violations.stream();
    }

    /** No message ends in the middle of a command. */
    Stream<String> atomic() {
        List<String> violations = new ArrayList<>();
        Set<Long> ends = watch.messages().stream().map(Message::token).collect(Collectors.toSet());
        for (int i = 0; i + 1 < run.log().size(); i++) {
            LoggedChange change = run.log().get(i);
            if (ends.contains(change.revision())
                    && watch.wants(change)
                    && change.sameCommandAs(run.log().get(i + 1))) {
                violations.add("torn: " + change + " from " + run.log().get(i + 1));
            }
        }
        return violations.stream();
    }

    /** A stream goes on exactly behind its token. */
    Stream<String> resumable() {
        List<String> violations = new ArrayList<>();
        for (Session session : watch.sessions()) {
            if (session.after() != Watch.NONE && !session.messages().isEmpty()) {
                Message first = session.messages().get(0);
                Set<Object> due = keys(between(session.after(), first.token()));
                Set<Object> told =
                        keys(first.changes().stream().map(Seen::change).toList());
                boolean behind =
                        first.changes().stream().anyMatch(seen -> seen.change().revision() <= session.after());
                if (behind || !due.equals(told)) {
                    violations.add("resumed after " + session.after() + " with " + first);
                }
            }
        }
        return violations.stream();
    }

    /** A token covers what was told and nothing that was not. */
    Stream<String> bookmarkable() {
        List<String> violations = new ArrayList<>();
        for (Session session : watch.sessions()) {
            long position = session.after();
            for (Message message : session.messages()) {
                if (message.snapshotEnd() != Watch.NONE) {
                    position = message.snapshotEnd();
                }
                Set<Object> due = position == Watch.NONE ? Set.of() : keys(between(position, message.token()));
                Set<Object> told =
                        keys(message.changes().stream().map(Seen::change).toList());
                boolean beyond = message.changes().stream()
                        .anyMatch(seen -> seen.change().revision() > message.token());
                if (message.token() < position || beyond || !due.equals(told)) {
                    violations.add("after " + position + " a token that does not fit " + message);
                }
                position = Math.max(position, message.token());
            }
        }
        return violations.stream();
    }

    Stream<String> snapshot() {
        List<Message> messages = watch.messages();
        List<Entry> entries =
                messages.stream().flatMap(message -> message.entries().stream()).toList();
        long size = messages.stream()
                .filter(message -> message.snapshotEnd() != Watch.NONE)
                .mapToLong(Message::snapshotSize)
                .sum();
        Map<String, Entry> expected = new HashMap<>();
        for (LoggedChange change : between(0, watch.start())) {
            expected.put(change.agentId(), new Entry(change.agentId(), change.version(), change.revision()));
        }
        // Those that have not changed since the log was taken are not known.
        Map<String, Entry> told = entries.stream()
                .filter(entry -> run.agents().contains(entry.agentId()) || expected.containsKey(entry.agentId()))
                .collect(Collectors.toMap(Entry::agentId, entry -> entry, (one, twice) -> twice));
        return size == entries.size() && told.equals(expected)
                ? Stream.of()
                : Stream.of("the snapshot of " + size + " has " + entries.size() + ": " + told + ", not " + expected);
    }

    private List<LoggedChange> between(long after, long last) {
        return run.log().stream()
                .filter(change -> change.revision() > after && change.revision() <= last)
                .filter(watch::wants)
                .toList();
    }

    /** Conflated, an agent stands for all of its changes. */
    private Set<Object> keys(List<LoggedChange> changes) {
        return changes.stream()
                .map(change -> watch.everyChange() ? (Object) change.revision() : change.agentId())
                .collect(Collectors.toSet());
    }
}
