package io.aftercall.engine;

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
     * How long ACWs took.
     *
     * @param until they ended until then
     */
    record Taken(Instant until, List<AcwDurations.Count> counts) {}
}
