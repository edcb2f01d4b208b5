package io.aftercall.simulator;

import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.api.v1.SimulatePolicyRequest;
import io.aftercall.api.v1.SimulatePolicyResponse;
import io.aftercall.api.v1.SimulatedAcws;
import io.aftercall.api.v1.SimulationFigures;
import io.aftercall.api.v1.SimulationResult;
import io.aftercall.bench.client.ProtoTime;
import io.grpc.Channel;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A day that the server replays under the policies it was under: what would have been must be what was. The queues are
 * taken to have been this centre's alone.
 */
public final class DayReplay {
    private final Channel channel;
    private final Instant begin;

    /**
     * @param begin when the day began, by the clock of the server, which is this machine's
     */
    public DayReplay(Channel channel, Instant begin) {
        this.channel = channel;
        this.begin = begin;
    }

    /**
     * Ends the day and compares: what was seen on the stream, what is recorded, and what would have been.
     *
     * @param out where to print the counts of each queue
     * @return whether all three are the same for every queue, and the agents' time to the nanosecond
     * @throws TimeoutException if the last call does not end within two minutes
     */
    public boolean isAsItWas(CallCentre centre, PrintStream out)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Tally.Ended> seen = new TreeMap<>(ended(centre));
        SimulationResult replayed = simulate();
        boolean same = !seen.isEmpty();
        out.printf("%nThe day's ACWs, timed out in brackets:%n");
        for (Map.Entry<String, Tally.Ended> queue : seen.entrySet()) {
            SimulationFigures figures =
                    replayed.getQueuesOrDefault(queue.getKey(), SimulationFigures.getDefaultInstance());
            Tally.Ended recorded = ended(figures.getRecorded());
            Tally.Ended simulated = ended(figures.getSimulated());
            Duration gained = ProtoTime.duration(figures.getGainedAgentDuration());
            out.printf(
                    "%-10s seen %s, recorded %s, replayed %s; agents' time recorded %s, gained %s%n",
                    queue.getKey(),
                    inWords(queue.getValue()),
                    inWords(recorded),
                    inWords(simulated),
                    ProtoTime.duration(figures.getRecorded().getAgentDuration()),
                    gained);
            same &= queue.getValue().equals(recorded) && recorded.equals(simulated) && gained.isZero();
        }
        out.println(same ? "The replay is as the day was." : "THE REPLAY IS NOT AS THE DAY WAS.");
        return same;
    }

    /** Lets nobody in any more, and waits until the last call and its ACW have ended. */
    private static Map<String, Tally.Ended> ended(CallCentre centre)
            throws InterruptedException, ExecutionException, TimeoutException {
        centre.closeDoors();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!centre.allDone().get(5, TimeUnit.SECONDS)) {
            if (System.nanoTime() - end > 0) {
                throw new TimeoutException("some agents are still at work");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return centre.ended().get(5, TimeUnit.SECONDS);
    }

    private SimulationResult simulate() {
        SimulatePolicyResponse[] last = new SimulatePolicyResponse[1];
        PolicyServiceGrpc.newBlockingStub(channel)
                .simulatePolicy(SimulatePolicyRequest.newBuilder()
                        .setStartTime(ProtoTime.timestamp(begin))
                        .setEndTime(ProtoTime.timestamp(Instant.now().plusSeconds(1)))
                        .build())
                .forEachRemaining(message -> last[0] = message);
        return last[0].getResult();
    }

    private static Tally.Ended ended(SimulatedAcws acws) {
        return new Tally.Ended(acws.getAcwCount(), acws.getTimedOutCount());
    }

    private static String inWords(Tally.Ended ended) {
        return "%d (%d)".formatted(ended.count(), ended.timedOut());
    }
}
