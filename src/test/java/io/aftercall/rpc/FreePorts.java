package io.aftercall.rpc;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Ports for a server under test that nobody else uses. None is left to the system by a 0: Micrometer counts the bytes of
 * such an HTTP server under other labels than those of one with a port, of which Prometheus takes the first alone, and the
 * second then never starts.
 */
public class FreePorts implements QuarkusTestResourceLifecycleManager {

    public static final String GRPC_PORT_KEY = "quarkus.grpc.server.test-port";

    /** Below those that the system gives to whoever connects, or asks for any port. */
    private static final int LOWEST = 12_000;

    private static final int RANGES = 20;
    private static final int OF_RANGE = 1_000;

    /** Not closed: the range is taken until this JVM ends. */
    private static FileChannel holder;

    private static int first;
    private static int given;

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.http.test-port",
                Integer.toString(free()),
                "quarkus.management.test-port",
                Integer.toString(free()),
                GRPC_PORT_KEY,
                Integer.toString(free()));
    }

    @Override
    public void stop() {}

    /** A port that is free, and stays so: each JVM of tests, and each class loader in it, has a range of its own. */
    public static synchronized int free() {
        if (holder == null) {
            takeRange();
        }
        while (true) {
            try (ServerSocket probe = new ServerSocket(first + given++ % OF_RANGE)) {
                return probe.getLocalPort();
            } catch (BindException taken) {
                // By whoever runs on this machine besides the tests.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void takeRange() {
        for (int range = 0; range < RANGES; range++) {
            Path mark = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "aftercall-test-ports-" + System.getProperty("user.name") + "-" + range);
            try {
                FileChannel channel = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (locked(channel)) {
                    holder = channel;
                    first = LOWEST + range * OF_RANGE;
                    return;
                }
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("All " + RANGES + " ranges of ports are taken: too many tests run at once");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException elsewhereInThisJvm) {
            return false;
        }
    }
}
