package io.aftercall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;

/** One replica that asks nobody for credentials, so nobody may reach it from outside its pod. */
class DevelopmentRulesTest {

    private static final Rendered DEV = Rendered.overlay("dev");

    private static final Container SERVING = DEV.the(Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0);

    @Test
    void itIsOneOnADatabaseOfItsOwn() {
        assertThat(DEV.the(Deployment.class).getSpec().getReplicas()).isEqualTo(1);
        assertThat(DEV.the(StatefulSet.class).getSpec().getReplicas()).isEqualTo(1);
        assertThat(DEV.all(HorizontalPodAutoscaler.class)).isEmpty();
        assertThat(DEV.all(PodDisruptionBudget.class)).isEmpty();
    }

    @Test
    void itMayGoToThatDatabase() {
        assertThat(DEV.the(StatefulSet.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsAllEntriesOf(DEV.labelsOfTheDatabase());
    }

    @Test
    void itListensOnLoopbackAlone() {
        assertThat(DEV.settings())
                .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1")
                .containsEntry("QUARKUS_GRPC_SERVER_HOST", "127.0.0.1")
                .containsEntry("QUARKUS_PROFILE", "dev");
    }

    @Test
    void soItsProbesAreAskedFromWithin() {
        assertThat(SERVING.getStartupProbe().getExec().getCommand().get(2))
                .contains("127.0.0.1/8080", "/q/health/started");
        assertThat(SERVING.getReadinessProbe().getExec().getCommand().get(2))
                .contains("127.0.0.1/8080", "/q/health/ready");
        assertThat(SERVING.getLivenessProbe().getExec().getCommand().get(2))
                .contains("127.0.0.1/8080", "/q/health/live");
    }
}
