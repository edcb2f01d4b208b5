package io.aftercall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.Routine;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A pod that is to go has the time that the server takes to stop. */
class StoppingTest {

    private static final PodSpec POD = Rendered.overlay("production")
            .the(Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec();

    private static final Duration GRACE = Duration.ofSeconds(POD.getTerminationGracePeriodSeconds());
    private static final Duration NOBODY_IS_SENT_ANY_MORE = Duration.ofSeconds(
            POD.getContainers().get(0).getLifecycle().getPreStop().getSleep().getSeconds());
    private static final Duration REQUESTS_UNDER_WAY = duration(Settings.inProperties("quarkus.shutdown.timeout"));

    private static Duration duration(String text) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().build().convert(text, Duration.class);
    }

    @Test
    void itIsKilledOnlyLongAfterItCouldHaveStopped() {
        Duration stopping = NOBODY_IS_SENT_ANY_MORE.plus(REQUESTS_UNDER_WAY).plus(Routine.DRAIN);

        assertThat(GRACE).isGreaterThanOrEqualTo(stopping.plusSeconds(10));
    }

    @Test
    void itStopsOnlyWhenNobodyIsSentThereAnyMore() {
        assertThat(NOBODY_IS_SENT_ANY_MORE).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }
}
