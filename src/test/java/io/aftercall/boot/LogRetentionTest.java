package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRetentionTest {

    @ParameterizedTest
    @ValueSource(strings = {"1h", "7d", "90d"})
    void fromAnHourToNinetyDaysIsTaken(String kept) {
        assertThatCode(() -> LogRetention.requireSaneIn(config(kept))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"59m", "0s", "-7d", "91d"})
    void whatIsShorterOrLongerIsRefusedWithAWayOut(String kept) {
        assertThatThrownBy(() -> LogRetention.requireSaneIn(config(kept)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("set aftercall.retention.change-log to 1h up to 90d");
    }

    @Test
    void whatIsNotSetIsTheDefault() {
        Config unset = new SmallRyeConfigBuilder().build();

        assertThatCode(() -> LogRetention.requireSaneIn(unset)).doesNotThrowAnyException();
    }

    private static Config config(String kept) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(Map.of(LogRetention.KEY, kept), "test", 100))
                .build();
    }
}
