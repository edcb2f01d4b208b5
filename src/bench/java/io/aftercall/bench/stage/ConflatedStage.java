package io.aftercall.bench.stage;

import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.client.Percentiles;
import io.aftercall.simulator.StateSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Changes at a steady pace, first without and then with many subscribers who take the latest state: how long each
 * subscriber is behind a change, and what all of them cost the server and those who write.
 */
public final class ConflatedStage implements Stage {
    /** The processor time of the server with subscribers, in percent of one core. */
    public static final String CPU = "server CPU %";

    /** The commits' median with subscribers over their median without. */
    public static final String SLOWER = "commit p50 with / without";

    private static final int AGENTS = 200;

    private final Connections writer;
    private final Connections watchers;
    private final ProcessHandle server;
    private final int subscribers;
    private final Pace pace;

    /**
     * Measures so many subscribers, spread over the connections of the watchers.
     *
     * @param server the process whose processor time counts
     * @param changesPerSecond 1 to 1,000
     */
    public ConflatedStage(
            Connections writer, Connections watchers, ProcessHandle server, int subscribers, int changesPerSecond) {
        this.writer = writer;
        this.watchers = watchers;
        this.server = server;
        this.subscribers = subscribers;
        this.pace = new Pace(changesPerSecond);
    }

    /** Returns the name of what is found. */
    public static String name(int subscribers, int changesPerSecond) {
        return "%,d conflated subscribers current, changes/s: %d".formatted(subscribers, changesPerSecond);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Failures failures = new Failures();
        new ClosedLoop(1, (caller, turn) -> change(new Calls(new Latencies(), failures), turn, "prepared"))
                .runTurns(AGENTS);
        Run without = write(duration, new SentChanges(AGENTS), failures);

        Latencies behind = new Latencies();
        SentChanges sent = new SentChanges(AGENTS);
        List<Currency> currencies = Stream.generate(() -> new Currency(sent, behind, failures))
                .limit(subscribers)
                .toList();
        List<StateSubscription> subscriptions = new ArrayList<>();
        try {
            String token = currentToken(failures);
            for (Currency currency : currencies) {
                subscriptions.add(new StateSubscription(watchers.channel(subscriptions.size()), from(token), currency));
            }
            change(new Calls(new Latencies(), failures), 0, "prepared");
            if (!Await.until(() -> currencies.stream().allMatch(Currency::hears), 30)) {
                failures.count("subscriber hears nothing", 1);
            }
            long start = System.nanoTime();
            Run with = write(duration, sent, failures);
            Await.until(() -> currencies.stream().allMatch(Currency::isCurrent), 10);
            long nanos = System.nanoTime() - start;
            failures.count(
                    "subscriber not current",
                    currencies.stream()
                            .filter(currency -> !currency.isCurrent())
                            .count());
            return List.of(Measurement.of(name(subscribers, pace.perSecond()), behind.overall(), nanos, failures)
                    .with(CPU, with.cpuPercent)
                    .with("without subscribers", without.cpuPercent)
                    .with("commit p50 ms", with.commits.p50())
                    .with("without subscribers, ms", without.commits.p50())
                    .with(SLOWER, with.commits.p50() / without.commits.p50()));
        } finally {
            subscriptions.forEach(StateSubscription::close);
        }
    }

    /** What the writing of one time came to. */
    private record Run(Percentiles commits, double cpuPercent) {}

    private Run write(Duration duration, SentChanges sent, Failures failures) throws InterruptedException {
        Latencies commits = new Latencies();
        Calls calls = new Calls(commits, failures);
        Duration before = cpu();
        long start = System.nanoTime();
        pace.keep(duration, change -> change(calls, change, sent.next()));
        double cpuNanos = cpu().minus(before).toNanos();
        return new Run(commits.overall(), 100 * cpuNanos / (System.nanoTime() - start));
    }

    private Duration cpu() {
        return server.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("no processor time is told of process " + server.pid()));
    }

    private CompletableFuture<?> change(Calls calls, int change, String reason) {
        return calls.send(
                AgentStateServiceGrpc.newStub(writer.channel(change))::setPresence,
                SetPresenceRequest.newBuilder()
                        .setAgentId("bench-conflated-" + change % AGENTS)
                        .setPresence(Presence.PRESENCE_NOT_READY)
                        .setNotReadyReason(reason)
                        .build());
    }

    /** One snapshot for all of them: a thousand of all agents would be a measurement of their own. */
    private String currentToken(Failures failures) throws InterruptedException {
        try (StateSubscription first = new StateSubscription(watchers.channel(0), from(""), response -> {})) {
            if (!Await.until(first::caughtUp, 30)) {
                failures.count("snapshot not complete within 30 s", 1);
            }
            return first.token();
        }
    }

    private static StreamAgentStatesRequest from(String token) {
        return StreamAgentStatesRequest.newBuilder().setResumeToken(token).build();
    }
}
