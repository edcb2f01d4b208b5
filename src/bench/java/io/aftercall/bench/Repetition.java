package io.aftercall.bench;

import io.aftercall.bench.stage.MarkdownTable;
import io.aftercall.bench.stage.Measurement;
import io.aftercall.bench.stage.Rounds;
import io.aftercall.bench.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how long and how often to measure. */
final class Repetition {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--seconds", description = "How long to measure each stage (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rounds",
            description = "How often to run all stages; the median is reported (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    /** Measures for so long by default. */
    Repetition(int seconds) {
        this.seconds = seconds;
    }

    /**
     * To be called before anything is started.
     *
     * @throws ParameterException when an option is out of its range
     */
    void check() {
        if (seconds < 1 || rounds < 1) {
            throw new ParameterException(command.commandLine(), "--seconds and --rounds are at least 1");
        }
    }

    /** Prints the median of each measurement, and returns them by name. */
    Map<String, Measurement> measure(List<Stage> stages) throws InterruptedException {
        Map<String, Measurement> medians = Rounds.medians(stages, rounds, Duration.ofSeconds(seconds));
        System.out.printf("Median of %d rounds of %d s; max and failures of all rounds.%n%n", rounds, seconds);
        System.out.println(MarkdownTable.of(medians.values()));
        return medians;
    }
}
