package io.aftercall.faults;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.Presence;
import io.aftercall.faults.Operation.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * An agent as callers know it who cannot see the clock: a deadline may pass at any moment. Written from the contract
 * and not from the server, under the policy of {@link Workload}.
 *
 * @param next the presence kept for when the work ends; null if none
 * @param works by the order in which they came
 * @param told what accepted requests with an id were told
 */
record AgentModel(long version, Presence presence, Presence next, List<Work> works, Map<String, View> told) {

    static final AgentModel UNSEEN = new AgentModel(0, Presence.PRESENCE_OFFLINE, null, List.of(), Map.of());

    enum Phase {
        COMPLETED_EARLY,
        OPEN,
        /** Its deadline has passed, and nobody has written that down. */
        OVER,
        ENDED
    }

    record Work(String interactionId, Phase phase, int extensions, boolean warned) {

        Work in(Phase other) {
            return new Work(interactionId, other, extensions, warned);
        }
    }

    /** What a reply shows of an agent. */
    record View(long version, Presence presence, Presence next, List<String> open) {

        static View of(AgentState state) {
            return new View(
                    state.getVersion(),
                    state.getPresence(),
                    state.hasNextPresence() ? state.getNextPresence().getPresence() : null,
                    state.getAcwsList().stream()
                            .map(acw -> acw.getInteraction().getInteractionId() + "+" + acw.getExtensionsUsed())
                            .toList());
        }
    }

    /**
     * What comes of a command.
     *
     * @param refusal null if it is accepted
     */
    record Decision(AgentModel after, String refusal, View reply) {}

    Decision decide(Command command) {
        if (told.containsKey(command.requestId())) {
            return new Decision(this, null, told.get(command.requestId()));
        }
        return switch (command.kind()) {
            case READ -> version == 0 ? refused("AGENT_NOT_FOUND") : new Decision(this, null, view());
            case START -> accepted(command, writtenDown().start(command.interactionId()));
            case COMPLETE -> accepted(command, writtenDown().complete(command.interactionId()));
            case PRESENCE -> accepted(command, writtenDown().declare(command.presence()));
            case EXTEND -> extend(command);
        };
    }

    /** What may happen by itself. */
    List<AgentModel> spontaneous() {
        List<AgentModel> all = new ArrayList<>();
        for (Work work : works) {
            if (work.phase() == Phase.OPEN) {
                all.add(with(version, work.in(Phase.OVER)));
                if (!work.warned()) {
                    all.add(with(version + 1, new Work(work.interactionId(), Phase.OPEN, work.extensions(), true)));
                }
            }
        }
        if (works.stream().anyMatch(work -> work.phase() == Phase.OVER)) {
            all.add(writtenDown());
        }
        return all;
    }

    View view() {
        AgentModel read = afterWork();
        List<String> open = works.stream()
                .filter(work -> work.phase() == Phase.OPEN)
                .map(work -> work.interactionId() + "+" + work.extensions())
                .toList();
        return new View(version, read.presence, read.next, open);
    }

    /** Whether it can never again look like this. */
    boolean isPast(View shown) {
        return version > shown.version()
                || works.stream()
                        .anyMatch(work -> work.phase() == Phase.OPEN
                                ? IntStream.range(0, work.extensions())
                                        .anyMatch(fewer -> shown.open().contains(work.interactionId() + "+" + fewer))
                                : shown.open().stream().anyMatch(open -> open.startsWith(work.interactionId() + "+")));
    }

    /** Every accepted command first writes down what is over. */
    private AgentModel writtenDown() {
        long over = works.stream().filter(work -> work.phase() == Phase.OVER).count();
        List<Work> ended = works.stream()
                .map(work -> work.phase() == Phase.OVER ? work.in(Phase.ENDED) : work)
                .toList();
        return over == 0 ? this : new AgentModel(version + over, presence, next, ended, told).afterWork();
    }

    private AgentModel start(String interactionId) {
        Work known = work(interactionId);
        if (known == null) {
            Presence at = version == 0 ? Presence.PRESENCE_AVAILABLE : presence;
            List<Work> more = new ArrayList<>(works);
            more.add(new Work(interactionId, Phase.OPEN, 0, false));
            return new AgentModel(version + 1, at, next, List.copyOf(more), told);
        }
        return known.phase() == Phase.COMPLETED_EARLY
                ? with(version + 2, known.in(Phase.ENDED)).afterWork()
                : this;
    }

    private AgentModel complete(String interactionId) {
        Work known = work(interactionId);
        if (known == null) {
            AgentModel seen = version == 0 ? declare(Presence.PRESENCE_AVAILABLE) : this;
            List<Work> more = new ArrayList<>(works);
            more.add(new Work(interactionId, Phase.COMPLETED_EARLY, 0, false));
            return new AgentModel(seen.version, seen.presence, seen.next, List.copyOf(more), told);
        }
        return known.phase() == Phase.OPEN
                ? with(version + 1, known.in(Phase.ENDED)).afterWork()
                : this;
    }

    private AgentModel declare(Presence wanted) {
        boolean keep = working() && presence != Presence.PRESENCE_OFFLINE;
        AgentModel declared = keep
                ? new AgentModel(version + 1, presence, wanted, works, told)
                : new AgentModel(version + 1, wanted, null, works, told);
        boolean same = declared.presence == presence && declared.next == next && version > 0;
        return same ? this : declared;
    }

    private Decision extend(Command command) {
        Work known = work(command.interactionId());
        if (version == 0) {
            return refused("AGENT_NOT_FOUND");
        }
        if (known == null || known.phase() == Phase.COMPLETED_EARLY) {
            return refused("ACW_NOT_FOUND");
        }
        if (known.phase() != Phase.OPEN) {
            return refused("ACW_ENDED");
        }
        if (known.extensions() == Workload.MAX_EXTENSIONS) {
            return refused("EXTENSIONS_EXHAUSTED");
        }
        AgentModel ready = writtenDown();
        Work extended = new Work(known.interactionId(), Phase.OPEN, known.extensions() + 1, false);
        return accepted(command, ready.with(ready.version + 1, extended));
    }

    private Decision refused(String reason) {
        return new Decision(this, reason, null);
    }

    private static Decision accepted(Command command, AgentModel after) {
        if (command.requestId().isEmpty()) {
            return new Decision(after, null, after.view());
        }
        Map<String, View> more = new HashMap<>(after.told);
        more.put(command.requestId(), after.view());
        AgentModel kept = new AgentModel(after.version, after.presence, after.next, after.works, more);
        return new Decision(kept, null, after.view());
    }

    private boolean working() {
        return works.stream().anyMatch(work -> work.phase() == Phase.OPEN);
    }

    /** What was declared during the work holds when the work is over. */
    private AgentModel afterWork() {
        return next == null || working() ? this : new AgentModel(version, next, null, works, told);
    }

    private Work work(String interactionId) {
        return works.stream()
                .filter(work -> work.interactionId().equals(interactionId))
                .findFirst()
                .orElse(null);
    }

    private AgentModel with(long newVersion, Work changed) {
        UnaryOperator<Work> change = work -> work.interactionId().equals(changed.interactionId()) ? changed : work;
        return new AgentModel(
                newVersion, presence, next, works.stream().map(change).toList(), told);
    }
}
