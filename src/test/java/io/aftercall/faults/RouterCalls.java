package io.aftercall.faults;

import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.simulator.UnaryCalls;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What a router asked for, how often that failed before he repeated it, and whether he was answered in the end. */
final class RouterCalls implements UnaryCalls {

    /** What {@code docs/routers.md} has repeated beyond the retries of the service config. */
    private static final Set<Code> REPEATED = Set.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.RESOURCE_EXHAUSTED);

    /** By their requests, which have an id each. */
    private final Map<Object, Command> commands = new ConcurrentHashMap<>();

    private final Set<String> acws = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private static final class Command {
        private final long begun = System.nanoTime();
        private final Queue<Code> failures = new ConcurrentLinkedQueue<>();
        private volatile Duration answered;
    }

    @Override
    public <Q, R> CompletableFuture<R> send(BiConsumer<Q, StreamObserver<R>> method, Q request) {
        Command command = closed
                ? commands.getOrDefault(request, new Command())
                : commands.computeIfAbsent(request, first -> new Command());
        return PLAIN.send(method, request).whenComplete((response, failure) -> {
            Code code =
                    failure == null ? Code.OK : Status.fromThrowable(failure).getCode();
            if (code == Code.OK || code == Code.FAILED_PRECONDITION) {
                command.answered = Duration.ofNanos(System.nanoTime() - command.begun);
            } else {
                command.failures.add(code);
            }
            if (response instanceof StartAcwResponse started && started.hasAcw()) {
                acws.add(started.getAcw().getAcwId());
            }
        });
    }

    /** What is asked for from now on is of no interest; what was before still needs its answer. */
    void close() {
        closed = true;
    }

    /** Of the answers that ACWs have started. */
    Set<String> acws() {
        return Set.copyOf(acws);
    }

    long answered() {
        return commands.values().stream()
                .filter(command -> command.answered != null)
                .count();
    }

    /** Those that have no answer, with what they met. */
    List<String> unanswered() {
        return commands.entrySet().stream()
                .filter(command -> command.getValue().answered == null)
                .map(command -> command.getValue().failures + ": " + command.getKey())
                .toList();
    }

    /** What the router met that nothing has him repeat. */
    Set<Code> neverRepeated() {
        return failures().keySet().stream()
                .filter(code -> !REPEATED.contains(code))
                .collect(Collectors.toSet());
    }

    /** How often a call failed beyond gRPC's own retries. */
    Map<Code, Long> failures() {
        return commands.values().stream()
                .map(command -> command.failures)
                .flatMap(Collection::stream)
                .collect(Collectors.groupingBy(code -> code, Collectors.counting()));
    }

    /** The longest that a command took, all repetitions included. */
    Duration longest() {
        return commands.values().stream()
                .map(command -> command.answered)
                .filter(answered -> answered != null)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
