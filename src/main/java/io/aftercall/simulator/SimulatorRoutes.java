package io.aftercall.simulator;

import io.aftercall.web.Development;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where a page starts, watches and stops the simulated call centre. There only in development. */
@Singleton
class SimulatorRoutes {

    private static final String PATH = "/api/simulator";
    private static final String JSON = "application/json";

    private final Simulation simulation;
    private final Development development;

    SimulatorRoutes(Simulation simulation, Development development) {
        this.simulation = simulation;
        this.development = development;
    }

    void register(@Observes Router router) {
        if (!development.simulator()) {
            return;
        }
        router.get(PATH).handler(this::tell);
        Route start = router.post(PATH);
        // What a page of another origin cannot send without being asked whether it may (CSRF), as DELETE.
        start.consumes(JSON).handler(request -> {
            simulation.start();
            tell(request);
        });
        router.delete(PATH).handler(request -> {
            simulation.stop();
            tell(request);
        });
    }

    private void tell(RoutingContext request) {
        progress().whenComplete((progress, failure) -> request.vertx().runOnContext(loop -> {
            if (failure == null) {
                request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(progress.encode());
            } else {
                request.fail(failure);
            }
        }));
    }

    private CompletionStage<JsonObject> progress() {
        JsonObject known = new JsonObject()
                .put("state", simulation.state().name().toLowerCase(Locale.ROOT))
                .put("agent_count", Simulation.AGENTS)
                .put("speed", Simulation.SPEED);
        return simulation
                .centre()
                .map(CallCentre::progress)
                .map(told -> told.thenApply(progress -> with(known, progress)))
                .orElseGet(() -> CompletableFuture.completedFuture(known));
    }

    private static JsonObject with(JsonObject known, CallCentre.Progress progress) {
        return known.put("simulated_seconds", progress.elapsed().toSeconds())
                .put("waiting_count", progress.waiting())
                .put("served_count", progress.served())
                .put("abandoned_count", progress.abandoned())
                .put("completed_count", progress.completed())
                .put("timed_out_count", progress.timedOut());
    }
}
