package io.aftercall;

import io.aftercall.boot.OwnerPool;
import io.aftercall.rpc.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The packaged server for the tests of a class, with the settings of a profile of Quarkus's tests and of its resources.
 * Starts in a quarter of the processor time that a server with a profile of its own takes in a test's JVM, and is found by
 * the same properties.
 */
public final class PackagedServer implements BeforeAllCallback, AfterAllCallback {

    private static final String HTTP_PORT = "quarkus.http.test-port";
    private static final String MANAGEMENT_PORT = "quarkus.management.test-port";

    private final QuarkusTestProfile profile;
    private final List<QuarkusTestResourceLifecycleManager> resources = new ArrayList<>();
    private ServerProcess server;
    private Vertx vertx;
    private OwnerPool owner;

    private PackagedServer(QuarkusTestProfile profile) {
        this.profile = profile;
    }

    public static PackagedServer with(QuarkusTestProfile profile) {
        return new PackagedServer(profile);
    }

    public static PackagedServer with(Map<String, String> settings) {
        return new PackagedServer(new QuarkusTestProfile() {
            @Override
            public Map<String, String> getConfigOverrides() {
                return settings;
            }
        });
    }

    /** Its database, past the server. */
    public synchronized OwnerPool owner() {
        if (owner == null) {
            try {
                Map<String, String> database = server.database();
                String url = database.get("QUARKUS_DATASOURCE_REACTIVE_URL");
                vertx = Vertx.vertx();
                owner = new OwnerPool(
                        vertx,
                        url,
                        "jdbc:" + url,
                        database.get("QUARKUS_FLYWAY_USERNAME"),
                        database.get("QUARKUS_FLYWAY_PASSWORD"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return owner;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        server = ServerProcess.onFreshData().withProperties(profile.getConfigOverrides());
        System.setProperty(HTTP_PORT, Integer.toString(server.httpPort()));
        System.setProperty(MANAGEMENT_PORT, Integer.toString(server.managementPort()));
        System.setProperty(FreePorts.GRPC_PORT_KEY, Integer.toString(server.grpcPort()));
        for (QuarkusTestProfile.TestResourceEntry entry : profile.testResources()) {
            QuarkusTestResourceLifecycleManager resource =
                    entry.getClazz().getDeclaredConstructor().newInstance();
            resources.add(resource);
            server.withProperties(resource.start());
        }
        server.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (owner != null) {
            owner.close();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        server.close();
        resources.forEach(QuarkusTestResourceLifecycleManager::stop);
        List.of(HTTP_PORT, MANAGEMENT_PORT, FreePorts.GRPC_PORT_KEY).forEach(System::clearProperty);
    }
}
