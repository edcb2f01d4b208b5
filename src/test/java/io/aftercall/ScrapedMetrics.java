package io.aftercall;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a server tells Prometheus. */
public final class ScrapedMetrics {

    private ScrapedMetrics() {}

    /**
     * A metric, summed over those of its series that have a label; empty if none has.
     *
     * @param label as {@code method="GetAgentState"}; empty for all
     */
    public static Optional<Double> sum(int managementPort, String metric, String label) {
        URI address = URI.create("http://127.0.0.1:" + managementPort + "/q/metrics");
        try (InputStream answer = address.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(metric + ' ') || line.startsWith(metric + '{'))
                    .filter(line -> line.contains(label))
                    .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                    .reduce(Double::sum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
