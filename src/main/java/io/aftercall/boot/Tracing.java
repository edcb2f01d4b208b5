package io.aftercall.boot;

import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Traces, and the log beside them, by OpenTelemetry: only where somebody has said to which collector. */
final class Tracing {

    private static final String COLLECTOR = "quarkus.otel.exporter.otlp.endpoint";

    private Tracing() {}

    /** Settings that switch it on; none without a collector. Its default, a collector on this machine, is nobody's word. */
    static Map<String, String> configuredIn(Config config) {
        boolean said = config.getOptionalValue(COLLECTOR, String.class).isPresent()
                && config.getConfigValue(COLLECTOR).getSourceOrdinal() > Integer.MIN_VALUE;
        return said ? Map.of("quarkus.otel.sdk.disabled", "false") : Map.of();
    }
}
