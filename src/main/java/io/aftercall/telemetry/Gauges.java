package io.aftercall.telemetry;

import io.aftercall.agent.AgentStatus;
import io.aftercall.engine.CommandLane;
import io.aftercall.feed.ServedTenant;
import io.aftercall.rpc.AgentStateStreams;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** What is looked up whenever metrics are read, and costs nothing in between. */
@Singleton
public class Gauges {

    /** All gauges of one reading see the same agents. */
    private static final Duration CENSUS_HOLDS = Duration.ofSeconds(1);

    private final Standing standing;
    private final AgentStateStreams streams;
    private final MeterRegistry registry;
    private final Clock clock;
    private Optional<Census> census = Optional.empty();
    private long taken;

    Gauges(Standing standing, AgentStateStreams streams, MeterRegistry registry) {
        this.standing = standing;
        this.streams = streams;
        this.registry = registry;
        this.clock = registry.config().clock();
    }

    void register(@Observes StartupEvent event) {
        for (AgentStatus status : AgentStatus.values()) {
            Gauge.builder("acw.agents", () -> census().agents(status))
                    .description("Agents of all tenants, by status: each replica counts them all")
                    .tag("status", status.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        gauge("acw.open", "Open ACWs of all tenants: each replica counts them all", () -> census().open());
        gauge("acw.lane.depth", "Commands that wait, of the tenant with the most", () -> most(CommandLane::depth));
        gauge("acw.lane.capacity", "Commands of a tenant that may wait", () -> most(CommandLane::capacity));
        gauge("acw.tenants.unreadable", "Tenants whose rows cannot be read", standing::unreadable);
        gauge("acw.ready", "1 while the replica is ready, 0 while it is not", () -> standing.ready() ? 1 : 0);
        gauge("acw.stream.subscribers", "Open streams of agents' states", streams::count);
        gauge(
                "acw.stream.places",
                "Streams that are open or about to be, of those the replica may have",
                streams::places);
        gauge("acw.stream.lagging", "Streams whose subscribers do not read what is there", streams::lagging);
        Gauge.builder("acw.feed.lag", () -> standing.feedLag().toNanos() / 1e9)
                .description("How old what is served may be, of the tenant furthest behind")
                .baseUnit("seconds")
                .register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    private int most(ToIntFunction<CommandLane> figure) {
        return standing.tenants().stream()
                .map(ServedTenant::lane)
                .mapToInt(figure)
                .max()
                .orElse(0);
    }

    private synchronized Census census() {
        long now = clock.monotonicTime();
        if (census.isEmpty() || now - taken > CENSUS_HOLDS.toNanos()) {
            census = Optional.of(Census.of(standing.tenants()));
            taken = now;
        }
        return census.get();
    }
}
