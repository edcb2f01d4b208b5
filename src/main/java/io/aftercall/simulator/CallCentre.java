package io.aftercall.simulator;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.api.v1.StreamDelivery;
import io.grpc.Channel;
import java.time.Duration;
import java.time.InstantSource;
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
import org.jboss.logging.Logger;

/** A call centre from log-in to closing time. Its state belongs to the thread of its simulated time. */
public final class CallCentre implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CallCentre.class);
    private static final LocalTime OPENS = LocalTime.of(9, 0);

    private final List<String> agentIds;
    private final SimulatedTime time;
    private final Commands commands;
    private final AgentBoard board = new AgentBoard();
    private final Tally tally = new Tally();
    private final CentreSetup setup;
    private final AgentDesk desk;
    private final Router router;
    private final double pace;
    private StateSubscription subscription;
    private boolean inSnapshot;

    /** How long an ACW lasts. */
    public enum AcwLength {
        /** As all else: so much shorter as time is faster. For policies that are scaled likewise. */
        SIMULATED,
        /** As long as people need, so that there is something to see under the policies of real people. */
        REAL
    }

    /**
     * Builds the centre; nobody is logged in yet.
     *
     * @param agents how many agents work in it, at least 1
     * @param speed how many simulated seconds pass in a second, above 0
     * @param clock the server's, or one that agrees with it
     */
    public CallCentre(
            Channel channel, UnaryCalls calls, int agents, double speed, AcwLength length, InstantSource clock) {
        agentIds =
                IntStream.rangeClosed(1, agents).mapToObj("sim-%04d"::formatted).toList();
        time = new SimulatedTime(speed, clock);
        commands = new Commands(channel, calls);
        setup = new CentreSetup(channel, calls);
        desk = new AgentDesk(commands, time);
        pace = length == AcwLength.REAL ? speed : 1;
        router = new Router(commands, time, board, desk, tally);
    }

    /**
     * Sets up teams and dispositions, logs the agents in, watches their states and lets the calls come.
     *
     * @param random decides on every call
     * @throws TimeoutException if one of these takes longer than 30 s
     */
    public void open(Channel channel, SplittableGenerator random)
            throws InterruptedException, ExecutionException, TimeoutException {
        desk.mayChoose(setup.dispositions().get(30, TimeUnit.SECONDS));
        setup.teams(agentIds).get(30, TimeUnit.SECONDS);
        all(agentIds.stream().map(this::logIn)).get(30, TimeUnit.SECONDS);
        StreamAgentStatesRequest request = StreamAgentStatesRequest.newBuilder()
                .setFilter(AgentStateFilter.newBuilder().addAllAgentIds(agentIds))
                .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
                .build();
        subscription = new StateSubscription(channel, request, response -> time.execute(() -> take(response)));
        for (QueueProfile queue : QueueProfile.CENTRE) {
            router.receive(new CallModel(queue, agentIds.size(), pace, random.split()));
        }
    }

    /** Returns clock, agents, calls and ACWs in one line. */
    public String summary() throws InterruptedException, ExecutionException, TimeoutException {
        return CompletableFuture.supplyAsync(this::inWords, time).get(5, TimeUnit.SECONDS);
    }

    /**
     * What has happened since it opened.
     *
     * @param elapsed simulated time
     * @param waiting calls that wait now
     * @param served calls that an agent has taken
     * @param abandoned calls whose customer has hung up before
     * @param completed ACWs that agents have completed
     * @param timedOut ACWs that have timed out
     */
    public record Progress(Duration elapsed, int waiting, int served, int abandoned, int completed, int timedOut) {}

    /** Returns it when the centre's thread has looked; fails if that takes longer than 5 s, as of a centre that is closed. */
    public CompletableFuture<Progress> progress() {
        return CompletableFuture.supplyAsync(
                        () -> new Progress(
                                time.elapsed(),
                                router.waiting(),
                                tally.served,
                                tally.abandoned,
                                tally.completed(),
                                tally.timedOut()),
                        time)
                .orTimeout(5, TimeUnit.SECONDS);
    }

    /** Lets nobody in any more. */
    void closeDoors() {
        time.execute(router::close);
    }

    /**
     * Returns whether the last call and its ACW have ended, when the centre's thread has looked. The stream tells of an
     * end later than the server's answer tells of the beginning.
     */
    CompletableFuture<Boolean> allDone() {
        return CompletableFuture.supplyAsync(() -> router.underWay() == 0 && tally.ended() == router.acws(), time);
    }

    /** Returns the ACWs of the day, by queue. */
    CompletableFuture<Map<String, Tally.Ended>> ended() {
        return CompletableFuture.supplyAsync(tally::endedByQueue, time);
    }

    /** Hangs up what is live and logs everybody out, for at most 5 s. */
    @Override
    public void close() {
        time.close();
        try {
            all(List.copyOf(board.states()).stream().map(this::logOut)).get(5, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            LOG.warnf("Not everybody in the simulated call centre could be logged out: %s", e);
        }
        abandon();
    }

    /** Ends at once and leaves everything as it is. */
    void abandon() {
        time.close();
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
                        live.toBuilder().setEndTime(time.now()).build())));
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
