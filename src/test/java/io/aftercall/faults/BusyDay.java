package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.simulator.CallCentre;
import io.grpc.ManagedChannel;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/** A simulated call centre and two subscribers, as routers and dashboards are, on replicas that come and go. */
final class BusyDay implements AutoCloseable {

    static final int AGENTS = 60;

    /** Simulated seconds in a second: about ten calls come in each. */
    private static final double SPEED = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Rollout rollout;
    private final RouterCalls calls = new RouterCalls();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<Watcher> watchers;
    private final CallCentre centre;
    private Run run;

    /** Returns when calls are coming in. */
    BusyDay(Rollout rollout) throws Exception {
        this.rollout = rollout;
        watchers = List.of(watcher("every change", true), watcher("conflated", false));
        watchers.forEach(Watcher::open);
        ManagedChannel channel = channel();
        centre = new CallCentre(channel, calls, AGENTS, SPEED, CallCentre.AcwLength.SIMULATED, InstantSource.system());
        centre.open(channel, new SplittableRandom(1));
        goOn();
    }

    private Watcher watcher(String name, boolean everyChange) throws Exception {
        return new Watcher(name, List.of(channel()), everyChange, Set.of(), executor);
    }

    private ManagedChannel channel() throws Exception {
        ManagedChannel channel = rollout.channel();
        channels.add(channel);
        return channel;
    }

    RouterCalls calls() {
        return calls;
    }

    /** Returns when as many commands as there are agents have been answered, and subscribers have been told. */
    void goOn() throws SQLException {
        long enough = calls.answered() + AGENTS;
        await().atMost(PATIENCE).until(() -> calls.answered() >= enough);
        awaitTold();
    }

    private void awaitTold() throws SQLException {
        try (Connection database = rollout.database()) {
            long last = LogReader.head(database);
            watchers.forEach(watcher -> await().atMost(PATIENCE).until(() -> watcher.reached(last)));
        }
    }

    /** Closes the call centre if it is open; returns all that was seen, once everybody has been told of the last ACW's end. */
    Run end() throws SQLException {
        if (run == null) {
            calls.close();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(calls.unanswered()).isEmpty());
            centre.close();
            await().atMost(PATIENCE).until(() -> !rollout.has("FROM agent WHERE state::jsonb ? 'acws'"));
            awaitTold();
            List<Watch> watches =
                    watchers.stream().map(watcher -> watcher.close().join()).toList();
            try (Connection database = rollout.database()) {
                List<LoggedChange> log = LogReader.read(database, 0);
                Set<String> agents = log.stream()
                        .filter(LoggedChange::ofAgent)
                        .map(LoggedChange::agentId)
                        .collect(Collectors.toSet());
                run = new Run(1, agents, List.of(), log, watches);
            }
        }
        return run;
    }

    @Override
    public void close() {
        if (run == null) {
            watchers.forEach(Watcher::close);
            centre.close();
        }
        executor.shutdownNow();
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
