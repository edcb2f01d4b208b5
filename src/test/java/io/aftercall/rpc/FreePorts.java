package io.aftercall.rpc;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/**
 * Ports for a server under test that nobody else uses. None is left to the system by a 0: Micrometer counts the bytes of
 * such an HTTP server under other labels than those of one with a port, of which Prometheus takes the first alone, and the
 * second then never starts.
 */
public class FreePorts implements QuarkusTestResourceLifecycleManager {

    public static final String GRPC_PORT_KEY = "quarkus.grpc.server.test-port";

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

    /** A port that is free at the moment. */
    public static int free() {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
