package io.aftercall.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is given to Prometheus and Grafana. */
final class Monitoring {

    private static final Path COMPONENT = Path.of("k8s", "components", "monitoring");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern METRIC = Pattern.compile("\\b(?:acw|grpc|http|jvm|process)_[a-z_]+");

    private Monitoring() {}

    /** The rules as Prometheus reads them from a file. */
    static JsonNode ruleFile() {
        return yaml(COMPONENT.resolve("prometheus-rule.yaml")).path("spec");
    }

    static List<JsonNode> alerts() {
        return Stream.of(ruleFile())
                .flatMap(rules -> all(rules.path("groups")))
                .flatMap(group -> all(group.path("rules")))
                .toList();
    }

    static JsonNode dashboard() {
        try {
            return new ObjectMapper()
                    .readTree(COMPONENT.resolve("dashboard.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Prometheus is asked: by the alerts, and by the dashboard with what Grafana would put in. */
    static List<String> expressions() {
        return Stream.concat(
                        alerts().stream().map(alert -> alert.path("expr").asText()),
                        all(dashboard().path("panels"))
                                .flatMap(panel -> all(panel.path("targets")))
                                .map(target -> target.path("expr").asText()))
                .map(expression -> expression.replace("$__rate_interval", "1m").replace("$namespace", ".*"))
                .toList();
    }

    static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(JsonNode content, Path file) throws IOException {
        YAML.writeValue(file.toFile(), content);
    }

    static Stream<JsonNode> all(JsonNode array) {
        return Stream.iterate(0, place -> place < array.size(), place -> place + 1)
                .map(array::get);
    }
}
