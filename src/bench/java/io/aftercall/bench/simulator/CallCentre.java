package io.aftercall.bench.simulator;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.ProtoTime;
import io.aftercall.bench.client.StateSubscription;
import io.grpc.Channel;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A call centre from log-in to closing time. Its state belongs to the thread of its simulated time. */
public final class CallCentre implements AutoCloseable {
    private static final LocalTime OPENS = LocalTime.of(9, 0);

    private final List<String> agentIds;
    private final SimulatedTime time;
    private final Commands commands;
    private final AgentBoard board = new AgentBoard();
    private final Tally tally = new Tally();
    private final AgentDesk desk;
    private final Router router;
    private StateSubscription subscription;
    private boolean inSnapshot;

    /**
     * Builds the centre; nobody is logged in yet.
     *
     * @param agents how many agents work in it, at least 1
     * @param speed how many simulated seconds pass in a second, above 0
     */
    public CallCentre(Channel channel, Calls calls, int agents, double speed) {
        agentIds =
                IntStream.rangeClosed(1, agents).mapToObj("sim-%04d"::formatted).toList();
        time = new SimulatedTime(speed);
        commands = new Commands(channel, calls);
        desk = new AgentDesk(commands, time);
        router = new Router(commands, time, board, desk, tally);
    }

    /**
     * Logs the agents in, watches their states and lets the calls come.
     *
     * @param random decides on every call
     * @throws TimeoutException if the log-in takes longer than 30 s
     */
    public void open(Channel channel, SplittableGenerator random)
            throws InterruptedException, ExecutionException, TimeoutException {
        all(agentIds.stream().map(this::logIn)).get(30, TimeUnit.SECONDS);
        StreamAgentStatesRequest request = StreamAgentStatesRequest.newBuilder()
                .setFilter(AgentStateFilter.newBuilder().addAllAgentIds(agentIds))
                .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
                .build();
        subscription = new StateSubscription(channel, request, response -> time.execute(() -> take(response)));
        for (QueueProfile queue : QueueProfile.CENTRE) {
            router.receive(new CallModel(queue, agentIds.size(), random.split()));
        }
    }

    /** Returns clock, agents, calls and ACWs in one line. */
    public String summary() throws InterruptedException, ExecutionException, TimeoutException {
        return CompletableFuture.supplyAsync(this::inWords, time).get(5, TimeUnit.SECONDS);
    }

    /**
     * Lets nobody in any more, and waits until the last call and its ACW have ended.
     *
     * @return the ACWs of the day, by queue
     * @throws TimeoutException if that takes longer than two minutes
     */
    Map<String, Tally.Ended> closeDoors() throws InterruptedException, ExecutionException, TimeoutException {
        time.execute(router::close);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!CompletableFuture.supplyAsync(this::allDone, time).get(5, TimeUnit.SECONDS)) {
            if (System.nanoTime() - end > 0) {
                throw new TimeoutException("some agents are still at work");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return CompletableFuture.supplyAsync(tally::endedByQueue, time).get(5, TimeUnit.SECONDS);
    }

    /** The stream tells of an end later than the server's answer tells of the beginning. */
    private boolean allDone() {
        return router.underWay() == 0 && tally.ended() == router.acws();
    }

    /** Hangs up what is live and logs everybody out, for at most 5 s. */
    @Override
    public void close() {
        time.close();
        try {
            all(List.copyOf(board.states()).stream().map(this::logOut)).get(5, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            System.err.println("not everybody could be logged out: " + e);
        }
        commands.close();
        if (subscription != null) {
            subscription.close();
        }
    }

    private void take(StreamAgentStatesResponse response) {
        for (AgentStateEvent event : response.getEventsList()) {
            switch (event.getEventCase()) {
                case SNAPSHOT_ENTRY -> {
                    if (!inSnapshot) {
                        inSnapshot = true;
                        board.clear();
                    }
                    learn(event.getSnapshotEntry().getState());
                }
                case SNAPSHOT_END -> inSnapshot = false;
                case CHANGE -> {
                    tally.count(event.getChange());
                    learn(event.getChange().getState());
                }
                default -> {}
            }
        }
        router.route();
    }

    private void learn(AgentState state) {
        if (board.learn(state)) {
            desk.changed(state);
        }
    }

    private CompletableFuture<Void> logIn(String agentId) {
        // A simulator that was killed has left its agents in calls.
        return commands.setPresence(agentId, Presence.PRESENCE_AVAILABLE, "")
                .thenCompose(response -> hangUp(response.getAgentState()));
    }

    private CompletableFuture<Void> logOut(AgentState state) {
        return hangUp(state)
                .thenCompose(done -> commands.setPresence(state.getAgentId(), Presence.PRESENCE_OFFLINE, ""))
                .thenAccept(response -> {});
    }

    private CompletableFuture<Void> hangUp(AgentState state) {
        return all(state.getInteractionsList().stream()
                .map(live -> commands.startAcw(
                        state.getAgentId(),
                        live.toBuilder()
                                .setEndTime(ProtoTime.timestamp(Instant.now()))
                                .build())));
    }

    private static CompletableFuture<Void> all(Stream<? extends CompletableFuture<?>> answers) {
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    private String inWords() {
        return "%tT | agents %d free %d in calls %d acw %d not ready | %s"
                .formatted(
                        OPENS.plus(time.elapsed()),
                        board.count(AgentStatus.AGENT_STATUS_AVAILABLE),
                        board.count(AgentStatus.AGENT_STATUS_ENGAGED),
                        board.count(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK),
                        board.count(AgentStatus.AGENT_STATUS_NOT_READY),
                        tally.inWords(router.waiting(), time));
    }
}
