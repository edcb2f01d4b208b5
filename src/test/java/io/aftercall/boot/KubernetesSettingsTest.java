package io.aftercall.boot;

import io.aftercall.k8s.Rendered;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With what the manifests set, the server starts. */
class KubernetesSettingsTest {

    private static SmallRyeConfig config(String overlay, Map<String, String> secrets) {
        Map<String, String> settings = Rendered.overlay(overlay).settings();
        return new SmallRyeConfigBuilder()
                .withProfile(settings.getOrDefault("QUARKUS_PROFILE", "prod"))
                .withSources(new EnvConfigSource(settings, 300), new PropertiesConfigSource(secrets, "secrets", 100))
                .build();
    }

    private static void requireIn(SmallRyeConfig config) {
        SettingRanges.requireIn(config);
        EmailSender.requireIn(config);
        AuthSettings.requireIn(config);
        WebSettings.requireIn(config);
    }

    @Test
    void inDevelopment() {
        requireIn(config("dev", Map.of()));
    }

    @Test
    void inProductionWithoutPeopleWhoSignIn() {
        requireIn(config("production", Map.of()));
    }

    @Test
    void inProductionWithThem() {
        requireIn(config(
                "production",
                Map.of(
                        "aftercall.sign-in.client-id", "aftercall-pages",
                        "aftercall.sign-in.client-secret", "secret",
                        "aftercall.sign-in.keys", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")));
    }
}
