package io.aftercall.bench;

import io.aftercall.api.v1.Policy;
import io.aftercall.bench.client.BorrowedPolicy;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.client.Percentiles;
import io.aftercall.bench.client.Program;
import io.aftercall.bench.client.ProtoTime;
import io.aftercall.bench.client.StopSignal;
import io.aftercall.bench.client.Target;
import io.aftercall.simulator.CallCentre;
import io.aftercall.simulator.DayReplay;
import io.grpc.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A call centre to play with: agents, queues, calls and ACWs against a running server, until time is up or Ctrl-C. */
@Command(name = "simulate", mixinStandardHelpOptions = true, description = "Simulates a call centre.")
public final class Simulator implements Callable<Integer> {
    private static final Duration ACW = Duration.ofSeconds(20);
    private static final Duration SHORTEST_ACW = Duration.ofSeconds(1);
    // Back to column 1, clear, and no line wrap while writing: a line too long for the window is cut off.
    private static final String REWRITE = "\r\033[K\033[?7l%s\033[?7h";

    @Spec
    private CommandSpec command;

    @Mixin
    private Target target;

    @Option(names = "--agents", defaultValue = "30", description = "1 to 5,000 agents (default: ${DEFAULT-VALUE}).")
    private int agents;

    @Option(
            names = "--speed",
            defaultValue = "10",
            description = "Simulated seconds per second, 0.1 to 1,000 (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "When to end, in real seconds (default: ${DEFAULT-VALUE}).")
    private int duration;

    @Option(names = "--seed", defaultValue = "1", description = "The same seed brings the same calls.")
    private long seed;

    @Option(
            names = "--keep-policy",
            description =
                    "Do not scale the tenant's ACW duration with the speed; agents write up as fast as people then.")
    private boolean keepPolicy;

    @Option(
            names = "--replay",
            description =
                    "At the end let the last calls finish, have the server replay the day's ACWs under the policies"
                            + " as they are (SimulatePolicy), and exit with 1 unless its counts are those that were seen.")
    private boolean replay;

    private final Latencies latencies = new Latencies();
    private final Failures failures = new Failures();

    /** Starts the program; exits with 1 if it cannot run. */
    public static void main(String[] args) {
        Program.run(new Simulator(), args);
    }

    @Override
    public Integer call() throws ExecutionException, TimeoutException {
        if (agents < 1 || agents > 5_000 || !(speed >= 0.1 && speed <= 1_000)) {
            throw new ParameterException(command.commandLine(), "--agents is 1 to 5,000, --speed 0.1 to 1,000");
        }
        try (StopSignal stop = new StopSignal();
                Connections connections = target.connect(1);
                BorrowedPolicy policy = keepPolicy ? null : scaledPolicy(connections.channel(0));
                CallCentre centre = new CallCentre(
                        connections.channel(0),
                        new Calls(latencies, failures),
                        agents,
                        speed,
                        keepPolicy ? CallCentre.AcwLength.REAL : CallCentre.AcwLength.SIMULATED,
                        InstantSource.system())) {
            SplittableGenerator random = RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom")
                    .create(seed);
            DayReplay day = new DayReplay(connections.channel(0), Instant.now());
            centre.open(connections.channel(0), random);
            watch(centre);
            boolean same = !replay || day.isAsItWas(centre, System.out);
            report(centre);
            return same ? 0 : 1;
        } catch (InterruptedException e) {
            System.out.println("stopped");
        }
        return 0;
    }

    /** One ACW and one extension each take 20 simulated seconds, but no less than a real one. */
    private BorrowedPolicy scaledPolicy(Channel channel) {
        Duration scaled = Duration.ofMillis(Math.round(ACW.toMillis() / speed));
        Duration real = scaled.compareTo(SHORTEST_ACW) < 0 ? SHORTEST_ACW : scaled;
        return new BorrowedPolicy(
                channel,
                Policy.newBuilder()
                        .setDuration(ProtoTime.duration(real))
                        .setExtensionDuration(ProtoTime.duration(real))
                        .build());
    }

    private void watch(CallCentre centre) throws ExecutionException, TimeoutException {
        boolean console = System.console() != null;
        int interval = console ? 1 : 5;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(duration);
        try {
            while (System.nanoTime() - end < 0) {
                TimeUnit.NANOSECONDS.sleep(Math.min(end - System.nanoTime(), TimeUnit.SECONDS.toNanos(interval)));
                Percentiles calls = latencies.sinceLast();
                String line = "%s | %d calls/s p50 %.1f p99 %.1f ms"
                        .formatted(centre.summary(), calls.count() / interval, calls.p50(), calls.p99());
                System.out.printf(console ? REWRITE : "%s%n", line);
                System.out.flush();
            }
        } catch (InterruptedException e) {
            // Ctrl-C ends the day early; the totals are still of interest.
        }
    }

    private void report(CallCentre centre) throws InterruptedException, ExecutionException, TimeoutException {
        Percentiles calls = latencies.overall();
        System.out.printf("%n%s%n", centre.summary());
        System.out.printf(
                "%d calls to the server: p50 %.1f, p99 %.1f, max %.1f ms; failed or refused: %s%n",
                calls.count(), calls.p50(), calls.p99(), calls.max(), Failures.inWords(failures.counts()));
    }
}
