package io.aftercall.forecast;

import java.time.Duration;
import java.util.SortedMap;

/**
 * What a simulation found.
 *
 * @param queues by queue; "" for interactions of none
 */
public record SimulationResult(Figures total, SortedMap<String, Figures> queues) {

    /**
     * ACWs of some kind.
     *
     * @param agentTime for how long they, and the rests after them, kept agents
     */
    public record Acws(int count, int timedOut, Duration agentTime) {
        private Acws plus(Acws other) {
            return new Acws(count + other.count, timedOut + other.timedOut, agentTime.plus(other.agentTime));
        }
    }

    /**
     * What was and what would have been.
     *
     * @param uncertain of how many the records do not say what would have become of them
     */
    public record Figures(Acws recorded, Acws simulated, int uncertain) {
        private static final Acws NO_ACWS = new Acws(0, 0, Duration.ZERO);
        static final Figures NONE = new Figures(NO_ACWS, NO_ACWS, 0);

        Figures plus(Figures other) {
            return new Figures(
                    recorded.plus(other.recorded), simulated.plus(other.simulated), uncertain + other.uncertain);
        }
    }
}
