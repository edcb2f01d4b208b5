package io.aftercall.faults;

import io.aftercall.faults.AgentModel.Decision;
import io.aftercall.faults.AgentModel.View;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Looks for an order of one agent's operations that explains every answer and keeps to what was before what: the search
 * of Wing and Gong (1993), which remembers where it has been (Lowe 2017). Operations of which nobody knows what came
 * may stand anywhere after their call, or nowhere.
 */
final class Linearizability {

    /** Beyond, the search is given up, and that is a violation too. */
    private static final int PLACES = 1_000_000;

    private final List<Operation> operations;
    /** For each operation the one before it that asked for the same and of which nobody knows either; -1 for none. */
    private final int[] twins;
    /** What each operation was shown; null for one that was not accepted. */
    private final View[] shown;

    private final Set<Place> been = new HashSet<>();
    private final Deque<Place> open = new ArrayDeque<>();
    private Place furthest = new Place(new BitSet(), AgentModel.UNSEEN);

    /** Which operations have been put in order, and the agent after them. */
    private record Place(BitSet done, AgentModel agent) {}

    private Linearizability(List<Operation> operations) {
        this.operations = operations;
        this.shown = operations.stream()
                .map(operation ->
                        operation.accepted() ? View.of(operation.outcome().state()) : null)
                .toArray(View[]::new);
        this.twins = IntStream.range(0, operations.size()).map(this::twin).toArray();
    }

    private int twin(int of) {
        Operation operation = operations.get(of);
        return IntStream.iterate(of - 1, i -> i >= 0, i -> i - 1)
                .filter(i -> operation.unknown()
                        && operations.get(i).unknown()
                        && operations.get(i).command().equals(operation.command()))
                .findFirst()
                .orElse(-1);
    }

    /** What cannot be explained; empty if everything can. */
    static Optional<String> violation(List<Operation> ofOneAgent) {
        // An answer that never came says nothing about a read.
        List<Operation> telling = ofOneAgent.stream()
                .filter(operation -> !operation.unknown() || operation.command().kind() != Operation.Kind.READ)
                .toList();
        return new Linearizability(telling).search();
    }

    private Optional<String> search() {
        go(furthest);
        while (!open.isEmpty()) {
            Place place = open.pop();
            if (place.done().cardinality() > furthest.done().cardinality()) {
                furthest = place;
            }
            if (explained(place)) {
                return Optional.empty();
            }
            if (been.size() > PLACES) {
                return Optional.of("the search was given up after " + been.size() + " places; " + stuck());
            }
            place.agent().spontaneous().forEach(later -> go(new Place(place.done(), later)));
            tryEach(place);
        }
        return Optional.of(stuck());
    }

    private boolean explained(Place place) {
        for (int i = place.done().nextClearBit(0);
                i < operations.size();
                i = place.done().nextClearBit(i + 1)) {
            if (!operations.get(i).unknown()) {
                return false;
            }
        }
        return true;
    }

    /** Those go next that were called before any of the others was answered. */
    private void tryEach(Place place) {
        long firstAnswer = Operation.NEVER;
        for (int i = place.done().nextClearBit(0);
                i < operations.size();
                i = place.done().nextClearBit(i + 1)) {
            firstAnswer = Math.min(firstAnswer, operations.get(i).answered());
        }
        // What is put on the heap last is looked at first: what nobody knows of is only tried where nothing else helps.
        tryEach(place, firstAnswer, true);
        tryEach(place, firstAnswer, false);
    }

    private void tryEach(Place place, long firstAnswer, boolean unknown) {
        for (int i = place.done().nextClearBit(0);
                i < operations.size();
                i = place.done().nextClearBit(i + 1)) {
            Operation operation = operations.get(i);
            if (operation.unknown() != unknown) {
                continue;
            }
            // Which of two that nobody knows of was carried out makes no difference: the one that was called first.
            boolean afterItsTwin = twins[i] >= 0 && !place.done().get(twins[i]);
            if (operation.called() > firstAnswer || afterItsTwin) {
                continue;
            }
            Decision decision = place.agent().decide(operation.command());
            // One that nobody knows of and that changes nothing may as well never have been.
            boolean idle = operation.unknown() && decision.after().equals(place.agent());
            if (!idle && agrees(i, decision)) {
                BitSet done = (BitSet) place.done().clone();
                done.set(i);
                go(new Place(done, decision.after()));
            }
        }
    }

    private boolean agrees(int i, Decision decision) {
        Operation operation = operations.get(i);
        return switch (operation.outcome().verdict()) {
            case UNKNOWN, FAULT -> true;
            case REFUSED -> operation.outcome().reason().equals(decision.refusal());
            case ACCEPTED -> decision.refusal() == null && shown[i].equals(decision.reply());
        };
    }

    /**
     * A later version is never shown before an earlier one, nor an ACW as open that is over or has been extended since;
     * except to a request that is repeated.
     */
    private boolean hopeless(Place place) {
        for (int i = place.done().nextClearBit(0);
                i < operations.size();
                i = place.done().nextClearBit(i + 1)) {
            Operation operation = operations.get(i);
            if (operation.accepted()
                    && place.agent().isPast(shown[i])
                    && !place.agent().told().containsKey(operation.command().requestId())) {
                return true;
            }
        }
        return false;
    }

    private void go(Place place) {
        if (!hopeless(place) && been.add(place)) {
            open.push(place);
        }
    }

    private String stuck() {
        StringBuilder text = new StringBuilder("no order explains the answers; the longest comes to ");
        text.append(furthest.agent().view())
                .append(' ')
                .append(furthest.agent().works())
                .append(" and leaves");
        for (int i = 0; i < operations.size(); i++) {
            text.append(furthest.done().get(i) ? "\n    done " : "\n    LEFT ").append(operations.get(i));
        }
        return text.toString();
    }
}
