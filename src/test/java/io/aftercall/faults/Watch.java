package io.aftercall.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one subscriber was told, over all the streams that he resumed.
 *
 * @param everyChange or else conflated
 * @param agents those that he asked for; empty for all
 */
record Watch(String name, boolean everyChange, Set<String> agents, List<Session> sessions) {

    /** Not known yet: the snapshot has not ended. */
    static final long NONE = -1;

    /**
     * One stream.
     *
     * @param after the revision of the token that it went on from; {@link #NONE} if it began with a snapshot
     * @param refusal why the server ended it, if for a reason that it never should; else empty
     */
    record Session(long after, List<Message> messages, String refusal) {}

    /**
     * One message.
     *
     * @param snapshotEnd the snapshot's revision if this ends it, else {@link #NONE}
     * @param snapshotSize the server's count of it
     * @param token the revision of its token, or {@link #NONE}
     */
    record Message(List<Entry> entries, List<Seen> changes, long snapshotEnd, long snapshotSize, long token) {}

    /** An agent in a snapshot. */
    record Entry(String agentId, long version, long revision) {}

    /**
     * A change.
     *
     * @param count for how many it stands
     */
    record Seen(LoggedChange change, int count) {}

    boolean wants(LoggedChange change) {
        return change.ofAgent() && (agents.isEmpty() || agents.contains(change.agentId()));
    }

    List<Message> messages() {
        return sessions.stream().flatMap(session -> session.messages().stream()).toList();
    }

    List<Seen> changes() {
        return messages().stream()
                .flatMap(message -> message.changes().stream())
                .toList();
    }

    /** The revision of the snapshot that all changes follow. */
    long start() {
        return messages().stream()
                .mapToLong(Message::snapshotEnd)
                .filter(revision -> revision != NONE)
                .findFirst()
                .orElse(NONE);
    }

    /** The revision up to which the subscriber was told everything. */
    long end() {
        return messages().stream().mapToLong(Message::token).max().orElse(NONE);
    }

    /** With one message in another form. */
    Watch with(Message old, List<Message> instead) {
        List<Session> changed = new ArrayList<>();
        for (Session session : sessions) {
            List<Message> messages = new ArrayList<>();
            for (Message message : session.messages()) {
                if (message == old) {
                    messages.addAll(instead);
                } else {
                    messages.add(message);
                }
            }
            changed.add(new Session(session.after(), messages, session.refusal()));
        }
        return new Watch(name, everyChange, agents, changed);
    }
}
