package io.aftercall.k8s;

import io.aftercall.boot.AftercallConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server can be set to, and what it is. */
final class Settings {

    /** Of Quarkus and SmallRye Config; what stands in {@code application.properties} may be set as well. */
    private static final Set<String> OTHERS = Set.of(
            "quarkus.datasource.reactive.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "quarkus.flyway.username",
            "quarkus.flyway.password",
            "quarkus.mailer.host",
            "quarkus.mailer.port",
            "quarkus.mailer.username",
            "quarkus.mailer.password",
            "quarkus.profile",
            "smallrye.config.source.file.locations");

    private static final Properties DEFAULTS = defaults();

    private static final Pattern GRANT = Pattern.compile("GRANT ([\\w, ]+)\\s+TO aftercall WITH");

    private Settings() {}

    private static Properties defaults() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** @param key with points, or as an environment variable */
    static boolean known(String key) {
        String variable = variable(key);
        return OTHERS.stream().anyMatch(other -> variable(other).equals(variable))
                || DEFAULTS.stringPropertyNames().stream()
                        .anyMatch(name -> variable(name).equals(variable))
                || ConfigMappings.getProperties(ConfigClass.configClass(AftercallConfig.class)).keySet().stream()
                        .anyMatch(name -> variable.matches(form(name)));
    }

    /** The variables of a name that may have the number of a list, {@code [*]}, or the key of a map, {@code .*}, in it. */
    private static String form(String name) {
        return variable(name)
                .replace("____", "_\\d+__")
                .replaceAll("___$", "_\\\\d+_")
                .replaceAll("__$", "_.+");
    }

    /** As SmallRye Config finds it in the environment. */
    private static String variable(String key) {
        return key.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    static String inProperties(String key) {
        return DEFAULTS.getProperty(key);
    }

    /** Connections that a server may have to the database. */
    static int pool() {
        return Integer.parseInt(inProperties("quarkus.datasource.reactive.max-size"));
    }

    static List<String> rolesGrantedToTheServer() {
        try {
            Matcher grant = GRANT.matcher(Files.readString(Path.of("src/main/resources/db/roles.sql")));
            if (!grant.find()) {
                throw new AssertionError("roles.sql grants the server nothing");
            }
            return List.of(grant.group(1).strip().split(",\\s*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isServer(Container container) {
        return container.getImage().matches("(.+/)?aftercall:.+");
    }

    /** The variables that a container of the server's starts with. */
    static Map<String, String> of(Container container, Rendered rendered) {
        Map<String, String> variables = new TreeMap<>(rendered.settings());
        container.getEnv().forEach(variable -> variables.put(variable.getName(), variable.getValue()));
        return variables;
    }
}
