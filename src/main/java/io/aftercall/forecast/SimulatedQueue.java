package io.aftercall.forecast;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What a simulation has found about a queue, or about all. */
final class SimulatedQueue {

    private int acws;
    private int timedOut;
    private Duration agentTime = Duration.ZERO;
    private int simulatedAcws;
    private int simulatedTimedOut;
    private Duration simulatedWork = Duration.ZERO;
    private Duration simulatedRest = Duration.ZERO;
    private int uncertain;
    /** The ACWs that there would have been besides, by how long they may have lasted. */
    private final Map<Duration, Integer> added = new HashMap<>();

    void happened(Duration work, Duration rest, boolean timeOut) {
        acws++;
        timedOut += timeOut ? 1 : 0;
        agentTime = agentTime.plus(work).plus(rest);
    }

    void wouldHaveHappened(Replay.Outcome outcome) {
        simulatedAcws++;
        simulatedTimedOut += outcome.timedOut() ? 1 : 0;
        simulatedWork = simulatedWork.plus(outcome.work());
        simulatedRest = simulatedRest.plus(outcome.rest());
        uncertain += outcome.uncertain() ? 1 : 0;
    }

    void wouldHaveBeenAdded(Duration atMost, Duration rest) {
        added.merge(atMost, 1, Integer::sum);
        simulatedRest = simulatedRest.plus(rest);
        uncertain++;
    }

    /**
     * The figures.
     *
     * @param others where it knows nothing itself of how long ACWs last
     */
    SimulationResult.Figures figures(SimulatedQueue others) {
        SimulatedQueue known = simulatedAcws > 0 ? this : others;
        Duration usual = known.simulatedAcws > 0 ? known.simulatedWork.dividedBy(known.simulatedAcws) : null;
        int addedAcws = 0;
        Duration addedWork = Duration.ZERO;
        for (Map.Entry<Duration, Integer> some : added.entrySet()) {
            Duration atMost = some.getKey();
            Duration each = usual == null || usual.compareTo(atMost) > 0 ? atMost : usual;
            addedAcws += some.getValue();
            addedWork = addedWork.plus(each.multipliedBy(some.getValue()));
        }
        return new SimulationResult.Figures(
                new SimulationResult.Acws(acws, timedOut, agentTime),
                new SimulationResult.Acws(
                        simulatedAcws + addedAcws,
                        simulatedTimedOut,
                        simulatedWork.plus(addedWork).plus(simulatedRest)),
                uncertain);
    }
}
