package io.aftercall.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The bounds between which a value is counted, by metric: the same on all replicas, so that they can be added up. */
final class Buckets {

    private static final double[] CALLS = seconds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10);

    private static final Map<String, double[]> OF_METRICS = Map.of(
            "grpc.server.processing.duration",
            CALLS,
            "http.server.requests",
            CALLS,
            "acw.commit.duration",
            CALLS,
            "acw.sweep.duration",
            CALLS,
            "acw.stream.lag",
            CALLS,
            "acw.deadline.lateness",
            seconds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60),
            "acw.duration",
            seconds(5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 600, 1800, 3600),
            "acw.batch.size",
            new double[] {1, 2, 5, 10, 20, 50, 100, 200, 512});

    @Produces
    @Singleton
    MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                double[] bounds = OF_METRICS.get(id.getName());
                return bounds == null
                        ? config
                        : DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(bounds)
                                .build()
                                .merge(config);
            }
        };
    }

    /** Of the connections to the database: two clients have one each under one name, and only the first would be seen. */
    @Produces
    @Singleton
    MeterFilter ambiguous() {
        return MeterFilter.denyNameStartsWith("postgresql.queue.size");
    }

    /** Timers are asked for nanoseconds. */
    private static double[] seconds(double... bounds) {
        return DoubleStream.of(bounds)
                .map(bound -> bound * Duration.ofSeconds(1).toNanos())
                .toArray();
    }
}
