package io.aftercall.boot;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Says in one line of the log what the server runs with: all settings that are not left at their defaults. */
@Singleton
class RunningWith {

    private static final Logger LOG = Logger.getLogger(RunningWith.class);

    static final Set<String> SECRETS = Set.of("aftercall.sign-in.client-secret", "aftercall.sign-in.keys");

    private static final Set<String> OF_THE_PLATFORM = Set.of(
            "quarkus.datasource.reactive.url",
            "quarkus.datasource.username",
            "quarkus.grpc.server.host",
            "quarkus.grpc.server.port",
            "quarkus.http.host",
            "quarkus.http.port",
            "quarkus.mailer.host",
            "quarkus.management.host",
            "quarkus.management.port",
            "kafka.bootstrap.servers");

    /** Of what is in the jar; what is set from outside stands above. */
    private static final int DEFAULTS_ORDINAL = 250;

    private final SmallRyeConfig config;

    RunningWith(SmallRyeConfig config) {
        this.config = config;
    }

    void say(@Observes StartupEvent event) {
        LOG.infof(
                "Aftercall %s in profile %s, with %s",
                Version.read(), String.join(",", config.getProfiles()), settings(config));
    }

    /** {@code key=value}, by key; of secrets only that they are set. */
    static String settings(SmallRyeConfig config) {
        Set<String> names = new TreeSet<>(OF_THE_PLATFORM);
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("aftercall."))
                .forEach(names::add);
        return names.stream()
                .map(config::getConfigValue)
                .filter(set -> set.getRawValue() != null && set.getConfigSourceOrdinal() > DEFAULTS_ORDINAL)
                .map(RunningWith::shown)
                .collect(Collectors.joining(", "));
    }

    private static String shown(ConfigValue set) {
        boolean secret = SECRETS.stream().anyMatch(set.getName()::startsWith);
        return set.getName() + '=' + (secret ? "(set)" : withoutCredentials(set.getRawValue()));
    }

    /** URLs may have them before an {@code @} or behind a question mark. */
    private static String withoutCredentials(String value) {
        return value.contains("://") ? value.replaceAll("//[^/]*@", "//").replaceAll("\\?.*", "") : value;
    }
}
