package io.aftercall.engine;

import io.aftercall.engine.AcwHistory.Page;
import io.aftercall.engine.AcwHistory.Place;
import io.aftercall.forecast.PolicySimulation;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Leads the recorded ACWs of a period past a simulation, a page at a time. */
public final class AcwReplay {

    private final TenantId tenant;
    private final AcwHistory history;
    private final PolicySimulation simulation;
    private final Consumer<Instant> progress;
    private final BooleanSupplier abandoned;

    /**
     * @param progress told how far it has got, after each page
     * @param abandoned whether nobody waits for it any more
     */
    public AcwReplay(
            TenantId tenant,
            AcwHistory history,
            PolicySimulation simulation,
            Consumer<Instant> progress,
            BooleanSupplier abandoned) {
        this.tenant = tenant;
        this.history = history;
        this.simulation = simulation;
        this.progress = progress;
        this.abandoned = abandoned;
    }

    /**
     * Replays.
     *
     * @param from those that ended then or later
     * @param until and before this
     * @return fails with {@link CallerGone} if nobody waits
     */
    public CompletionStage<Void> run(Instant from, Instant until) {
        return go(new Place(from, "", ""), until);
    }

    private CompletionStage<Void> go(Place place, Instant until) {
        if (abandoned.getAsBoolean()) {
            return CompletableFuture.failedFuture(new CallerGone());
        }
        if (!place.endTime().isBefore(until)) {
            return CompletableFuture.completedFuture(null);
        }
        // Not on this stack: there may be thousands of pages.
        return history.page(tenant, place, until).thenComposeAsync((Page page) -> {
            page.settled().forEach(simulation::replay);
            progress.accept(page.next().endTime());
            return go(page.next(), until);
        });
    }
}
