package io.aftercall.bench;

import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Program;
import io.aftercall.bench.client.StopSignal;
import io.aftercall.bench.compare.Contest;
import io.aftercall.bench.compare.Section;
import io.aftercall.bench.peer.ConnectionCounts;
import io.aftercall.bench.peer.DebianPackages;
import io.aftercall.bench.peer.Etcd;
import io.aftercall.bench.peer.Nats;
import io.aftercall.bench.peer.Pgbench;
import io.aftercall.bench.peer.Redis;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import io.aftercall.bench.stage.Goal;
import io.aftercall.bench.stage.Measurement;
import io.aftercall.bench.stage.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
 * Measures the packaged server beside etcd, Redis, NATS and PostgreSQL, all on this machine, all fresh, all started
 * and stopped here.
 */
@Command(name = "compare", mixinStandardHelpOptions = true, description = "Measures the server beside its peers.")
public final class Comparison implements Callable<Integer> {
    private static final int STOPPED = 130;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SECTION",
            description = "Some of ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Section> only = Set.of(Section.values());

    @Mixin
    private Repetition repetition = new Repetition(5);

    @Option(
            names = "--directory",
            defaultValue = "target",
            description = "Where all keep their data meanwhile; not in memory (default: ${DEFAULT-VALUE}).")
    private Path parent;

    @Option(names = "--install", description = "Install the Debian packages that are missing, as root.")
    private boolean install;

    /** Starts the program; exits with 1 if it cannot run, with 130 after Ctrl-C. */
    public static void main(String[] args) {
        Program.run(new Comparison(), args);
    }

    @Override
    public Integer call() throws IOException {
        repetition.check();
        ConnectionCounts counts = new ConnectionCounts(4, 10);
        try (StopSignal stop = new StopSignal()) {
            requirePackages();
            try (WorkDirectory directory = WorkDirectory.below(parent);
                    BenchDatabase database = BenchDatabase.start(directory);
                    PackagedServer server = PackagedServer.start(directory.log("server"), database);
                    Connections callers = server.connect(counts.callers());
                    Connections watchers = server.connect(counts.watchers());
                    Etcd etcd = Etcd.start(directory, counts);
                    Redis redis = Redis.start(directory, counts);
                    Nats nats = Nats.start(directory, counts)) {
                Pgbench pgbench = Pgbench.on(database, directory);
                Contest contest = new Contest(callers, watchers, server.handle(), etcd, redis, nats, pgbench, parent);
                measure(contest);
            }
            return 0;
        } catch (InterruptedException e) {
            return STOPPED;
        }
    }

    private void measure(Contest contest) throws InterruptedException {
        List<Stage> stages = sections().flatMap(contest::stages).toList();
        Map<String, Measurement> medians = repetition.measure(stages);
        System.out.println(Goal.table(sections().flatMap(Section::goals).toList(), medians));
    }

    private Stream<Section> sections() {
        return Stream.of(Section.values()).filter(only::contains);
    }

    private void requirePackages() throws IOException, InterruptedException {
        List<String> missing = DebianPackages.missing();
        if (missing.isEmpty()) {
            return;
        }
        if (!install) {
            throw new ParameterException(
                    command.commandLine(),
                    "Missing here: " + String.join(", ", missing) + ". Install with --install or, as root, "
                            + String.join(" ", DebianPackages.installation(missing)));
        }
        DebianPackages.install(missing);
    }
}
