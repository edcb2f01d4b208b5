package io.aftercall.rpc;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/** A broker in a process of its own, which can be killed and started again. */
public class KafkaBroker implements QuarkusTestResourceLifecycleManager {

    static final String TOPIC = "told";

    private static Path directory;
    private static int port;
    private static Process process;

    static String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory(Path.of("target"), "kafka").toAbsolutePath();
            port = freePort();
            Files.write(directory.resolve("broker.properties"), settings(freePort()));
            run("kafka.tools.StorageTool", "format", "-t", Uuid.randomUuid().toString(), "-c", "broker.properties")
                    .waitFor();
            up();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return Map.of(
                "aftercall.kafka.enabled",
                "true",
                "aftercall.kafka.topic",
                TOPIC,
                "kafka.bootstrap.servers",
                address());
    }

    private static List<String> settings(int controller) {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "listeners=PLAINTEXT://" + address() + ",CONTROLLER://127.0.0.1:" + controller,
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + directory.resolve("log"),
                "num.partitions=3",
                "offsets.topic.replication.factor=1",
                "group.initial.rebalance.delay.ms=0");
    }

    private static Process run(String program, String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program),
                        Stream.of(arguments))
                .toList();
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("out").toFile()))
                .start();
    }

    static void up() {
        try {
            process = run("kafka.Kafka", "broker.properties");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        await().atMost(Duration.ofSeconds(60)).until(KafkaBroker::answers);
    }

    private static boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    static void kill() {
        process.destroyForcibly().onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            kill();
        }
    }
}
