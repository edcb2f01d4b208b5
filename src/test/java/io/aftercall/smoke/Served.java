package io.aftercall.smoke;

import io.aftercall.rpc.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The ports of the packaged server, which has to be told them; one that runs already is asked for where it is. */
public class Served implements QuarkusTestResourceLifecycleManager {

    private static final boolean RUNNING = System.getProperty("quarkus.http.test-host") != null;

    private static int grpcPort;

    static int grpcPort() {
        return grpcPort;
    }

    @Override
    public Map<String, String> start() {
        grpcPort = RUNNING ? Integer.getInteger(FreePorts.GRPC_PORT_KEY, 9000) : FreePorts.free();
        return Map.of(
                "quarkus.grpc.server.port", Integer.toString(grpcPort),
                "quarkus.http.port", Integer.toString(FreePorts.free()),
                "quarkus.management.port", Integer.toString(FreePorts.free()));
    }

    @Override
    public void stop() {}
}
