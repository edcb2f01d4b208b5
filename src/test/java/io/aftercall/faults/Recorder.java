package io.aftercall.faults;

import io.aftercall.faults.Operation.Command;
import io.aftercall.faults.Operation.Outcome;
import io.aftercall.faults.Operation.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Notes what callers ask and are told, and in which order. */
final class Recorder {

    private final List<Operation> operations = new ArrayList<>();
    private long order;
    private int calls;
    private boolean closed;

    /** Returns the place of a call that is about to be made. */
    synchronized long called() {
        calls++;
        notifyAll();
        return ++order;
    }

    synchronized void answered(long called, Command command, Outcome outcome) {
        boolean known = outcome.verdict() == Verdict.ACCEPTED || outcome.verdict() == Verdict.REFUSED;
        operations.add(new Operation(called, known ? ++order : Operation.NEVER, command, outcome));
    }

    synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Waits for that many more calls; returns false if they will never be made. */
    synchronized boolean awaitMoreCalls(int more) {
        int wanted = calls + more;
        try {
            while (calls < wanted && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return calls >= wanted;
    }

    /** There will be no more calls. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
