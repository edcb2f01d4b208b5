package io.aftercall.simulator;

import java.time.Duration;
import java.util.List;

/**
 * What one queue is like.
 *
 * @param id the queue
 * @param callsPerAgentHour how many calls arrive per hour for each agent of the centre
 * @param medianTalk half of the calls are shorter than this
 */
record QueueProfile(String id, double callsPerAgentHour, Duration medianTalk) {
    /** Together they keep an agent busy for about 85 % of the time, wrap-up and breaks included. */
    static final List<QueueProfile> CENTRE = List.of(
            new QueueProfile("sales", 4, Duration.ofSeconds(180)),
            new QueueProfile("support", 5, Duration.ofSeconds(240)),
            new QueueProfile("billing", 3, Duration.ofSeconds(120)));
}
