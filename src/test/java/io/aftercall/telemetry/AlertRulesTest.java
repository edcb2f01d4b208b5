package io.aftercall.telemetry;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertRulesTest {

    private static final Path CASES = Path.of("src", "test", "resources", "alerts.test.yaml");
    private static final Path OPERATIONS = Path.of("docs", "operations.md");
    private static final Pattern RUNBOOK = Pattern.compile("(?m)^### (Aftercall\\w+)$");

    @Test
    void promtoolFindsThemRightInEveryCase(@TempDir Path directory) throws Exception {
        Path rules = directory.resolve("rules.yaml");
        Path cases = Files.copy(CASES, directory.resolve("alerts.test.yaml"));
        Monitoring.write(Monitoring.ruleFile(), rules);

        promtool("check", rules);
        promtool("test", cases);
    }

    @Test
    void eachFiresInOneCaseAndIsSilentInAnother() {
        assertThat(tried(expected -> expected.size() > 0)).as("fires").isEqualTo(alerts());
        assertThat(tried(expected -> expected.size() == 0)).as("is silent").isEqualTo(alerts());
    }

    @Test
    void eachHasItsRunbookAndEachRunbookItsAlert() throws IOException {
        Set<String> runbooks = RUNBOOK.matcher(Files.readString(OPERATIONS))
                .results()
                .map(found -> found.group(1))
                .collect(toSet());

        assertThat(runbooks).isEqualTo(alerts());
        assertThat(Monitoring.alerts()).allSatisfy(alert -> assertThat(
                        alert.path("annotations").path("runbook").asText())
                .isEqualTo("docs/operations.md#" + name(alert).toLowerCase(Locale.ROOT)));
    }

    @Test
    void eachSaysHowBadItIsAndWhatIsWrong() {
        assertThat(Monitoring.alerts()).allSatisfy(alert -> {
            assertThat(alert.path("labels").path("severity").asText()).isIn("critical", "warning");
            assertThat(alert.path("annotations").path("summary").asText()).isNotBlank();
        });
    }

    private static Set<String> alerts() {
        return Monitoring.alerts().stream().map(AlertRulesTest::name).collect(toSet());
    }

    private static String name(JsonNode alert) {
        return alert.path("alert").asText();
    }

    /** The alerts that are looked at in a case, and are expected to be like this. */
    private static Set<String> tried(Predicate<JsonNode> expected) {
        return Monitoring.all(Monitoring.yaml(CASES).path("tests"))
                .flatMap(test -> Monitoring.all(test.path("alert_rule_test")))
                .filter(look -> expected.test(look.path("exp_alerts")))
                .map(look -> look.path("alertname").asText())
                .collect(toSet());
    }

    private static void promtool(String what, Path file) throws Exception {
        Process promtool = new ProcessBuilder("promtool", what, "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes());

        assertThat(promtool.waitFor()).as(said).isZero();
    }
}
