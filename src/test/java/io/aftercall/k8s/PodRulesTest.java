package io.aftercall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every pod of ours has to be, wherever it runs. */
class PodRulesTest {

    private static List<PodSpec> pods(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        return Stream.concat(
                        rendered.all(Deployment.class).stream()
                                .map(deployment -> deployment.getSpec().getTemplate()),
                        rendered.all(StatefulSet.class).stream()
                                .map(set -> set.getSpec().getTemplate()))
                .map(PodTemplateSpec::getSpec)
                .toList();
    }

    private static List<Container> containers(String overlay) {
        return pods(overlay).stream()
                .flatMap(pod -> Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void theyAreRestricted(String overlay) {
        assertThat(pods(overlay)).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        });
        assertThat(containers(overlay)).allSatisfy(container -> {
            SecurityContext security = container.getSecurityContext();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd()).isEmpty();
        });
    }

    /** A limit for the processor would hold deadlines up. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void theySayWhatTheyNeedAndHaveALimitOfMemory(String overlay) {
        assertThat(containers(overlay)).allSatisfy(container -> {
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).containsOnlyKeys("memory");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void theyAreLookedAfter(String overlay) {
        assertThat(pods(overlay))
                .flatExtracting(PodSpec::getContainers)
                .extracting(Container.class::cast)
                .allSatisfy(container -> {
                    assertThat(container.getReadinessProbe()).isNotNull();
                    assertThat(container.getLivenessProbe()).isNotNull();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void theirImagesHaveAVersion(String overlay) {
        assertThat(containers(overlay))
                .extracting(Container::getImage)
                .allMatch(image -> image.matches(".+:[0-9][\\w.-]+"), "has a version, and is not the latest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void whatTheyMountIsThereAndWhatTheyReadIsMounted(String overlay) {
        for (PodSpec pod : pods(overlay)) {
            List<String> volumes =
                    pod.getVolumes().stream().map(volume -> volume.getName()).toList();
            Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                    .filter(Settings::isServer)
                    .forEach(container -> {
                        assertThat(container.getVolumeMounts())
                                .extracting(VolumeMount::getName)
                                .isSubsetOf(volumes);
                        assertThat(Settings.of(container, Rendered.overlay(overlay))
                                        .values())
                                .filteredOn(value -> value.startsWith("/etc/"))
                                .filteredOn(value -> !value.startsWith("/etc/aftercall/tls/")
                                        || !container.getName().equals("migrate"))
                                .allMatch(value -> container.getVolumeMounts().stream()
                                        .anyMatch(mount -> (value + "/").startsWith(mount.getMountPath() + "/")));
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void nothingComesInOrGoesOutThatIsNotNamed(String overlay) {
        List<NetworkPolicy> policies = Rendered.overlay(overlay).all(NetworkPolicy.class);

        assertThat(policies).anySatisfy(policy -> {
            assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEmpty();
            assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
            assertThat(policy.getSpec().getIngress()).isEmpty();
            assertThat(policy.getSpec().getEgress()).isEmpty();
        });
        assertThat(policies)
                .flatExtracting(policy -> policy.getSpec().getIngress())
                .filteredOn(Objects::nonNull)
                .extracting(NetworkPolicyIngressRule.class::cast)
                .allSatisfy(rule -> {
                    assertThat(rule.getFrom()).isNotEmpty();
                    assertThat(rule.getPorts()).isNotEmpty();
                });
    }
}
