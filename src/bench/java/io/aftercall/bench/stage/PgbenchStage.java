package io.aftercall.bench.stage;

import io.aftercall.bench.client.Failures;
import io.aftercall.bench.peer.Pgbench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** PostgreSQL alone, one write per transaction. Its program tells the mean of the latencies and no percentiles. */
public final class PgbenchStage implements Stage {
    private final Pgbench pgbench;
    private final int clients;

    /** Measures so many clients. */
    public PgbenchStage(Pgbench pgbench, int clients) {
        this.pgbench = pgbench;
        this.clients = clients;
    }

    /** Returns the name of what is found. */
    public static String name(int clients) {
        return PeerWriteStage.name("pgbench", clients);
    }

    @Override
    public List<Measurement> run(Duration duration) {
        try {
            Pgbench.Result result = pgbench.run(clients, duration.toSeconds());
            Failures failures = new Failures();
            failures.count("transaction failed", result.failed());
            return List.of(new Measurement(
                    name(clients),
                    result.perSecond(),
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Map.of("mean ms", result.latency()),
                    failures.counts()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
