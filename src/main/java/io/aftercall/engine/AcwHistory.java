package io.aftercall.engine;

import io.aftercall.agent.SettledAcw;
import io.aftercall.forecast.AcwDurations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What has been recorded of ended ACWs. */
public interface AcwHistory {

    /**
     * How long ACWs took that their agents completed, or that timed out.
     *
     * @param after those that ended after this; empty for all that ended within {@code back}
     */
    CompletionStage<Taken> durations(TenantId tenant, Optional<Instant> after, Duration back);

    /**
     * The next of what has been settled, by the time of the end: as much as fits into one answer.
     *
     * @param after where the page before ended
     * @param until only what ended before this
     */
    CompletionStage<Page> page(TenantId tenant, Place after, Instant until);

    /** A place in the order of the ends; what has ended at the same time goes by agent and interaction. */
    record Place(Instant endTime, String agentId, String interactionId) {}

    /**
     * Some of what has been settled.
     *
     * @param next where to go on; at {@code until} or later there is no more
     */
    record Page(List<SettledAcw> settled, Place next) {}

    /**
     * How long ACWs took.
     *
     * @param until they ended until then
     */
    record Taken(Instant until, List<AcwDurations.Count> counts) {}
}
