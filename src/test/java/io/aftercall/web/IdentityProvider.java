package io.aftercall.web;

import io.aftercall.rpc.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** An OpenID provider at which the server under test is a client. */
public class IdentityProvider implements QuarkusTestResourceLifecycleManager {

    private static TestProvider provider;
    private static int port;

    /** Where browsers reach the server under test. */
    static String origin() {
        return "http://localhost:" + port;
    }

    static TestProvider provider() {
        return provider;
    }

    @Override
    public Map<String, String> start() {
        port = Integer.getInteger("quarkus.http.test-port", FreePorts.free());
        provider = TestProvider.start();
        Map<String, String> settings = new HashMap<>(provider.settings(origin()));
        settings.put("quarkus.http.test-port", Integer.toString(port));
        settings.put(FreePorts.GRPC_PORT_KEY, Integer.toString(FreePorts.free()));
        return settings;
    }

    @Override
    public void stop() {
        if (provider != null) {
            provider.close();
        }
    }
}
