package io.aftercall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set is what the server reads. */
class SettingsTest {

    private static PodSpec pod(String overlay) {
        return Rendered.overlay(overlay)
                .the(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void everyVariableIsASetting(String overlay) {
        PodSpec pod = pod(overlay);
        for (Container container : Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .toList()) {
            assertThat(Settings.of(container, Rendered.overlay(overlay)).keySet())
                    .allMatch(Settings::known);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void everyFileWithASecretIsASetting(String overlay) {
        List<String> files = pod(overlay).getVolumes().stream()
                .filter(volume -> volume.getProjected() != null)
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .flatMap(source -> source.getSecret().getItems().stream())
                .map(KeyToPath::getPath)
                .toList();

        assertThat(files)
                .contains("quarkus.datasource.password", "quarkus.flyway.password")
                .allMatch(Settings::known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AFTERCALL_AUTH_ISUER",
                "AFTERCALL_TLS",
                "QUARKUS_HTTP_HSOT",
                "aftercall.sign-in.kyes",
                "AFTERCALL_AUTH_CERTIFICATES_0__NAEM"
            })
    void oneWithATypoIsNone(String key) {
        assertThat(Settings.known(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AFTERCALL_AUTH_CERTIFICATES_0__NAME",
                "AFTERCALL_SIGN_IN_PARAMETERS_AUDIENCE",
                "QUARKUS_HTTP_HOST"
            })
    void oneOfManyIsOne(String key) {
        assertThat(Settings.known(key)).isTrue();
    }
}
