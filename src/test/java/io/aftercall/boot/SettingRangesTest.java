package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingRangesTest {

    private static final String RETENTION = "aftercall.retention.change-log";
    private static final String LINGER = "aftercall.shutdown.linger";

    @ParameterizedTest
    @CsvSource({
        "aftercall.retention.change-log, 1h",
        "aftercall.retention.change-log, 7d",
        "aftercall.retention.change-log, 90d",
        "aftercall.shutdown.drain-window, 0s",
        "aftercall.shutdown.drain-window, 3s",
        "aftercall.shutdown.linger, 1s",
        "aftercall.connection.ping-interval, 1s",
        "aftercall.connection.pong-timeout, 5m",
        "aftercall.database.silence, 1s",
        "aftercall.database.acquisition, 100ms"
    })
    void whatIsInItsRangeIsTaken(String key, String set) {
        assertThatCode(() -> SettingRanges.requireIn(config(Map.of(key, set)))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "aftercall.retention.change-log, 59m",
        "aftercall.retention.change-log, 0s",
        "aftercall.retention.change-log, -7d",
        "aftercall.retention.change-log, 91d",
        "aftercall.shutdown.drain-window, 3001ms",
        "aftercall.shutdown.linger, 1001ms",
        "aftercall.shutdown.linger, -1s",
        "aftercall.connection.ping-interval, 0s",
        "aftercall.connection.pong-timeout, 6m",
        "aftercall.database.silence, 0s",
        "aftercall.database.acquisition, 2m"
    })
    void whatIsShorterOrLongerIsRefusedWithAWayOut(String key, String set) {
        assertThatThrownBy(() -> SettingRanges.requireIn(config(Map.of(key, set))))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(key)
                .hasMessageContaining("set it to");
    }

    @Test
    void everySettingOutOfItsRangeIsNamedAtOnce() {
        assertThatThrownBy(() -> SettingRanges.requireIn(config(Map.of(RETENTION, "1m", LINGER, "1m"))))
                .hasMessageContaining(RETENTION + " cannot be PT1M: set it to 1h up to 90d")
                .hasMessageContaining(LINGER + " cannot be PT1M: set it to 0s up to 1s");
    }

    @Test
    void whatIsNotSetIsTheDefault() {
        Config unset = new SmallRyeConfigBuilder().build();

        assertThatCode(() -> SettingRanges.requireIn(unset)).doesNotThrowAnyException();
    }

    private static Config config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
    }
}
