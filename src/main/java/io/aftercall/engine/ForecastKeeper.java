package io.aftercall.engine;

import io.aftercall.agent.AgentState;
import io.aftercall.forecast.AcwDurations;
import io.aftercall.forecast.AvailabilityForecast;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the forecast of a tenant: what ended lately is added at every turn, and after a day all is read again, so that
 * old habits are forgotten.
 */
public final class ForecastKeeper {

    private static final Duration HABITS = Duration.ofDays(30);
    private static final Duration ANEW = Duration.ofDays(1);

    private final TenantId tenant;
    private final AcwHistory history;
    private final DatabaseClock clock;
    private volatile Known known = new Known(new AcwDurations(), null, null);

    /**
     * @param until what ended until then is in it; null if nothing has been read
     * @param since when all was read; null if it never was
     */
    private record Known(AcwDurations durations, Instant until, Instant since) {}

    public ForecastKeeper(TenantId tenant, AcwHistory history, DatabaseClock clock) {
        this.tenant = tenant;
        this.history = history;
        this.clock = clock;
    }

    /** When an agent in ACW is probably routable again; see {@link AvailabilityForecast#available}. */
    public Optional<Instant> available(AgentState agent) {
        return agent.acws().isEmpty()
                ? Optional.empty()
                : new AvailabilityForecast(known.durations()).available(agent, clock.now());
    }

    /** Learns from what has ended since the last time; not to be called again before that is done. */
    public CompletionStage<Void> refresh() {
        Known before = known;
        boolean anew = before.since() == null || before.since().plus(ANEW).isBefore(before.until());
        Optional<Instant> after = anew ? Optional.empty() : Optional.of(before.until());
        return history.durations(tenant, after, HABITS).thenAccept(taken -> {
            AcwDurations durations = anew ? new AcwDurations() : before.durations();
            durations.add(taken.counts());
            known = new Known(durations, taken.until(), anew ? taken.until() : before.since());
        });
    }
}
