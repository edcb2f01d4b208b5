package io.aftercall.telemetry;

import io.aftercall.rpc.StreamEnd;
import io.aftercall.rpc.StreamListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How streams fare. */
@Singleton
class StreamMeter implements StreamListener {

    private final Counter conflations;
    private final Timer lag;
    private final Map<StreamEnd, Counter> disconnects = new EnumMap<>(StreamEnd.class);

    StreamMeter(MeterRegistry registry) {
        conflations = Counter.builder("acw.stream.conflations")
                .description("Changes that subscribers were not told one by one, as a later one stood for them")
                .register(registry);
        lag = Timer.builder("acw.stream.lag")
                .description("From deciding a change until the subscribers who read were written it")
                .register(registry);
        for (StreamEnd why : StreamEnd.values()) {
            disconnects.put(
                    why,
                    Counter.builder("acw.stream.disconnects")
                            .description("Streams that ended, by why")
                            .tag("reason", why.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    @Override
    public void conflated(int changes) {
        conflations.increment(changes);
    }

    @Override
    public void written(Duration age) {
        lag.record(Elapsed.notNegative(age));
    }

    @Override
    public void ended(StreamEnd why) {
        disconnects.get(why).increment();
    }
}
