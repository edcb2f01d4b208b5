package io.aftercall.bench;

import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Program;
import io.aftercall.bench.client.StopSignal;
import io.aftercall.bench.client.Target;
import io.aftercall.bench.process.Listener;
import io.aftercall.bench.stage.ConflatedStage;
import io.aftercall.bench.stage.DeadlineStage;
import io.aftercall.bench.stage.FloorStage;
import io.aftercall.bench.stage.ForecastStage;
import io.aftercall.bench.stage.HistoryStage;
import io.aftercall.bench.stage.MemoryStage;
import io.aftercall.bench.stage.NeighbourStage;
import io.aftercall.bench.stage.PolicyCostStage;
import io.aftercall.bench.stage.PolicyResetStage;
import io.aftercall.bench.stage.PolicyResolveStage;
import io.aftercall.bench.stage.ReadStage;
import io.aftercall.bench.stage.ReportStage;
import io.aftercall.bench.stage.SecurityCostStage;
import io.aftercall.bench.stage.SilentStage;
import io.aftercall.bench.stage.Stage;
import io.aftercall.bench.stage.StreamStage;
import io.aftercall.bench.stage.TraceCostStage;
import io.aftercall.bench.stage.WebhookStage;
import io.aftercall.bench.stage.WrapUpCostStage;
import io.aftercall.bench.stage.WriteStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Measures a running server: writes, reads, the stream, deadlines; memory and policies on servers of its own, the
 * forecast without any. Leaves its agents behind, but no policy.
 */
@Command(name = "benchmark", mixinStandardHelpOptions = true, description = "Measures a running server.")
public final class Benchmark implements Callable<Integer> {
    private static final int STREAM_CONNECTIONS = 10;
    private static final int STOPPED = 130;

    @Spec
    private CommandSpec command;

    @Mixin
    private Target target;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SECTION",
            description = "Some of ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Section> only = Set.of(Section.values());

    @Mixin
    private Repetition repetition = new Repetition(10);

    @Option(
            names = "--channels",
            defaultValue = "4",
            description = "Connections of the callers (default: ${DEFAULT-VALUE}).")
    private int channels;

    @Option(
            names = "--callers",
            split = ",",
            defaultValue = "1,64,256",
            description = "How many callers write at once, one stage each (default: ${DEFAULT-VALUE}).")
    private List<Integer> callers;

    @Option(
            names = "--wrap-ups",
            defaultValue = "10000000",
            description =
                    "How many the history has; ten million take half an hour to write (default: ${DEFAULT-VALUE}).")
    private int wrapUps;

    /** What can be measured alone. */
    enum Section {
        writes,
        reads,
        stream,
        subscribers,
        deadlines,
        memory,
        silent,
        rules,
        policies,
        resets,
        security,
        traces,
        neighbours,
        forecast,
        wrapups,
        webhooks,
        history,
        reports,
        floor
    }

    /** Starts the program; exits with 1 if it cannot run, with 130 after Ctrl-C. */
    public static void main(String[] args) {
        Program.run(new Benchmark(), args);
    }

    @Override
    public Integer call() {
        repetition.check();
        if (channels < 1 || callers.stream().anyMatch(count -> count < 1)) {
            throw new ParameterException(command.commandLine(), "--channels and --callers are at least 1");
        }
        try (StopSignal stop = new StopSignal();
                Connections connections = target.connect(channels);
                Connections watchers = target.connect(STREAM_CONNECTIONS)) {
            List<Stage> stages = Stream.of(Section.values())
                    .filter(only::contains)
                    .flatMap(section -> stages(section, connections, watchers))
                    .toList();
            repetition.measure(stages);
            return 0;
        } catch (InterruptedException e) {
            return STOPPED;
        }
    }

    private Stream<Stage> stages(Section section, Connections connections, Connections watchers) {
        return switch (section) {
            case writes -> callers.stream().map(count -> new WriteStage(connections, count));
            case reads -> Stream.of(new ReadStage(connections, 64, false), new ReadStage(connections, 64, true));
            case stream -> Stream.of(new StreamStage(connections, watchers, 100, 200));
            case subscribers -> Stream.of(new ConflatedStage(connections, watchers, server(), 1_000, 200));
            case deadlines -> Stream.of(new DeadlineStage(connections, 3_000));
            case memory -> Stream.of(new MemoryStage(Path.of("target"), 100_000));
            case silent -> SilentStage.ofEachDelivery(Path.of("target"), 1_000);
            case rules -> Stream.of(new PolicyResolveStage(1), new PolicyResolveStage(1_000));
            case policies -> Stream.of(new PolicyCostStage(Path.of("target"), 1_000, 50_000));
            case resets -> Stream.of(new PolicyResetStage(Path.of("target"), 50_000));
            case security -> Stream.of(new SecurityCostStage(Path.of("target")));
            case traces -> Stream.of(new TraceCostStage(Path.of("target")));
            case neighbours ->
                Stream.of(new NeighbourStage(Path.of("target"), 500), new NeighbourStage(Path.of("target"), 1_000));
            case forecast -> Stream.of(new ForecastStage(5), new ForecastStage(30), new ForecastStage(600));
            case wrapups ->
                Stream.of(new WrapUpCostStage(Path.of("target"), 64), new WrapUpCostStage(Path.of("target"), 1));
            case webhooks ->
                Stream.of(
                        new WebhookStage(Path.of("target"), 500, true),
                        new WebhookStage(Path.of("target"), 1_000, false));
            case history -> Stream.of(new HistoryStage(Path.of("target"), wrapUps));
            case reports -> Stream.of(new ReportStage(Path.of("target")));
            case floor -> Stream.of(new FloorStage(Path.of("target"), 5_000, 200, 100));
        };
    }

    /** The process whose processor time counts as the server's. */
    private ProcessHandle server() {
        try {
            return Listener.on(target.port())
                    .orElseThrow(() -> new ParameterException(
                            command.commandLine(),
                            "The server's process cannot be seen from here: leave subscribers out with --only."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
