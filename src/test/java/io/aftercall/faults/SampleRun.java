package io.aftercall.faults;

import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.Presence;
import io.aftercall.faults.Operation.Command;
import io.aftercall.faults.Operation.Kind;
import io.aftercall.faults.Operation.Outcome;
import io.aftercall.faults.Operation.Verdict;
import io.aftercall.faults.Watch.Entry;
import io.aftercall.faults.Watch.Message;
import io.aftercall.faults.Watch.Seen;
import io.aftercall.faults.Watch.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small run in which nothing went wrong: ada's ACW is extended and times out, bob's was completed early. */
final class SampleRun {

    private static final Instant T = Instant.parse("2030-01-01T00:00:00Z");
    private static final Map<String, Instant> OPEN = Map.of("acw-a", T.plusSeconds(2));
    private static final Map<String, Instant> LONGER = Map.of("acw-a", T.plusSeconds(3));

    private static final List<LoggedChange> LOG = List.of(
            new LoggedChange(10, T, "POLICY", "", 0, "", "", "", Map.of()),
            change(11, 0, "ACW_STARTED", "ada", 1, "call", "acw-a", "", OPEN),
            change(12, 1, "ACW_EXTENDED", "ada", 2, "call", "acw-a", "", LONGER),
            change(13, 1, "AGENT_REGISTERED", "bob", 1, "", "", "", Map.of()),
            change(14, 2, "ACW_STARTED", "bob", 2, "chat", "acw-b", "", Map.of("acw-b", T.plusSeconds(4))),
            change(15, 2, "ACW_ENDED", "bob", 3, "chat", "acw-b", "COMPLETED", Map.of()),
            change(16, 3, "ACW_ENDED", "ada", 3, "call", "acw-a", "TIMED_OUT", Map.of()));

    private SampleRun() {}

    static Run run() {
        return new Run(7, Set.of("ada", "bob"), operations(), LOG, List.of(everyChange(), conflated()));
    }

    /** Two extensions with the same id, of which the first was cut; and a read that shows the end before the log has it. */
    static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        all.add(told(1, 4, Kind.START, "ada", "call", "r1", 11, 1, 0));
        all.add(told(2, 5, Kind.READ, "ada", "", "", 11, 1, 0));
        all.add(new Operation(
                6,
                Operation.NEVER,
                new Command(Kind.EXTEND, "ada", "call", null, "r2"),
                Outcome.notAccepted(Verdict.UNKNOWN, "UNAVAILABLE", T)));
        all.add(told(8, 9, Kind.EXTEND, "ada", "call", "r2", 12, 2, 1));
        all.add(told(10, 11, Kind.COMPLETE, "bob", "chat", "r3", 13, 1, -1));
        all.add(told(12, 13, Kind.START, "bob", "chat", "r4", 15, 3, -1));
        all.add(told(14, 15, Kind.READ, "ada", "", "", 12, 2, -1));
        all.add(new Operation(
                16,
                17,
                new Command(Kind.EXTEND, "ada", "call", null, "r5"),
                Outcome.notAccepted(Verdict.REFUSED, "ACW_ENDED", T)));
        all.add(told(18, 19, Kind.READ, "ada", "", "", 16, 3, -1));
        return all;
    }

    /**
     * @param extensions of the open ACW; -1 if none is open
     */
    static Operation told(
            long called,
            long answered,
            Kind kind,
            String agent,
            String interaction,
            String request,
            long revision,
            long version,
            int extensions) {
        AfterCallWork acw = AfterCallWork.newBuilder()
                .setAcwId(agent.equals("ada") ? "acw-a" : "acw-b")
                .setInteraction(Interaction.newBuilder().setInteractionId(interaction.isEmpty() ? "call" : interaction))
                .setExtensionsUsed(Math.max(0, extensions))
                .build();
        AgentState.Builder state = AgentState.newBuilder()
                .setAgentId(agent)
                .setVersion(version)
                .setRevision(revision)
                .setPresence(Presence.PRESENCE_AVAILABLE)
                .setStatus(AgentStatus.AGENT_STATUS_AVAILABLE);
        if (extensions >= 0) {
            state.addAcws(acw).setStatus(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);
        }
        boolean about = kind == Kind.START || kind == Kind.EXTEND;
        Instant received = T.plusSeconds(called < 14 ? 1 : 4);
        return new Operation(
                called,
                answered,
                new Command(kind, agent, interaction, null, request),
                new Outcome(Verdict.ACCEPTED, state.build(), about ? acw : null, false, "", received));
    }

    private static Watch everyChange() {
        Message snapshot = new Message(List.of(new Entry("ada", 1, 11)), List.of(), 11, 1, 11);
        return new Watch(
                "every change",
                true,
                Set.of(),
                List.of(
                        new Session(Watch.NONE, List.of(snapshot, message(12, 12), message(15, 13, 14, 15)), ""),
                        new Session(15, List.of(message(16, 16), message(16)), "")));
    }

    private static Watch conflated() {
        Message snapshot = new Message(List.of(), List.of(), 10, 0, 10);
        Message both =
                new Message(List.of(), List.of(new Seen(LOG.get(2), 2), new Seen(LOG.get(5), 3)), Watch.NONE, 0, 15);
        return new Watch(
                "conflated",
                false,
                Set.of("ada", "bob"),
                List.of(new Session(Watch.NONE, List.of(snapshot, both, message(16, 16)), "")));
    }

    private static Message message(long token, long... revisions) {
        List<Seen> changes = Arrays.stream(revisions)
                .mapToObj(revision -> new Seen(LOG.get((int) (revision - 10)), 1))
                .toList();
        return new Message(List.of(), changes, Watch.NONE, 0, token);
    }

    private static LoggedChange change(
            long revision,
            long second,
            String cause,
            String agent,
            long version,
            String interaction,
            String acw,
            String reason,
            Map<String, Instant> deadlines) {
        return new LoggedChange(
                revision, T.plusSeconds(second), cause, agent, version, interaction, acw, reason, deadlines);
    }
}
