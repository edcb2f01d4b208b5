package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunningWithTest {

    private static final int FROM_OUTSIDE = 300;
    private static final int IN_THE_JAR = 250;

    private static String said(Map<String, String> settings, int ordinal) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", ordinal))
                .build();
        return RunningWith.settings(config);
    }

    @Test
    void whatIsSetIsSaidByKey() {
        String said = said(
                Map.of("aftercall.lane.batch", "256", "aftercall.feed.hints", "false", "quarkus.other", "x"),
                FROM_OUTSIDE);

        assertThat(said).isEqualTo("aftercall.feed.hints=false, aftercall.lane.batch=256");
    }

    @Test
    void whatIsInTheJarIsADefault() {
        assertThat(said(Map.of("aftercall.lane.batch", "512"), IN_THE_JAR)).isEmpty();
    }

    @Test
    void secretsAreNotSaid() {
        String said = said(
                Map.of(
                        "aftercall.sign-in.client-secret", "tell-nobody",
                        "aftercall.sign-in.keys[0]", "tell-nobody",
                        "quarkus.datasource.reactive.url",
                                "postgresql://me:tell-nobody@db:5432/acw?password=tell-nobody"),
                FROM_OUTSIDE);

        assertThat(said)
                .isEqualTo("aftercall.sign-in.client-secret=(set), aftercall.sign-in.keys[0]=(set),"
                        + " quarkus.datasource.reactive.url=postgresql://db:5432/acw");
    }

    @Test
    void whatSoundsLikeASecretIsOne() throws IOException {
        String reference =
                ConfigurationReference.of(Path.of("src/main/java/io/aftercall/boot/AftercallConfig.java"), "aftercall");

        assertThat(reference
                        .lines()
                        .filter(line -> line.matches("\\| `.*(SECRET|PASSWORD|TOKEN|SIGN_IN_KEYS).*` \\|.*")))
                .hasSize(RunningWith.SECRETS.size());
    }
}
