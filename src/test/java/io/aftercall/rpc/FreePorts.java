package io.aftercall.rpc;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** Ports for a server under test that nobody else uses: HTTP picks its own, the separate gRPC server has to be told. */
public class FreePorts implements QuarkusTestResourceLifecycleManager {

    public static final String GRPC_PORT_KEY = "quarkus.grpc.server.test-port";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.http.test-port",
                "0",
                "quarkus.management.test-port",
                "0",
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
