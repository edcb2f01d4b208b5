package io.aftercall.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.ServerProcess;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.rpc.Client;
import io.aftercall.security.Issuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The two routers in {@code examples} share an agent of a server that asks for tokens and is killed under them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RouterExamplesIT {

    private static final Issuer ISSUER = new Issuer();
    private static Path keys;
    private static Path token;
    private static ServerProcess server;
    private static ExampleRouter java;
    private static ExampleRouter node;

    @BeforeAll
    static void start() throws Exception {
        Path place = Files.createTempDirectory(Files.createDirectories(Path.of("target", "issuer")), "routers-")
                .toAbsolutePath();
        keys = place.resolve("keys.json");
        token = place.resolve("token");
        server = ServerProcess.onFreshData()
                .with("AFTERCALL_AUTH_ISSUER", Issuer.NAME)
                .with("AFTERCALL_AUTH_AUDIENCE", Issuer.AUDIENCE)
                .with("AFTERCALL_AUTH_KEYS", keys.toString());
        renewKeys();
        renewToken();
        Map<String, String> environment =
                Map.of("AFTERCALL", "127.0.0.1:" + server.grpcPort(), "AFTERCALL_TOKEN_FILE", token.toString());
        Process packages = ExampleRouter.start("nodejs", Map.of(), "npm", "ci");
        server.start();
        java = new ExampleRouter(
                "java",
                environment,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Router.class.getName(),
                "../service-config.json");
        assertThat(packages.waitFor()).as("npm ci").isZero();
        node = new ExampleRouter("nodejs", environment, "node", "router.js");
    }

    @AfterAll
    static void stop() throws IOException {
        for (ExampleRouter router : routers()) {
            router.close();
        }
        server.close();
    }

    @Test
    @Order(1)
    void oneHasTheAgentAndTheOtherWaitsUntilHisAcwIsOver() {
        soon().untilAsserted(() -> assertThat(routers())
                .allSatisfy(router -> assertThat(router.snapshots()).hasSize(1)));
        try (Client client = client()) {
            client.rules("ana", Policy.newBuilder().setDuration(Client.seconds(1)));
            client.agents()
                    .setPresence(SetPresenceRequest.newBuilder()
                            .setAgentId("ana")
                            .setPresence(Presence.PRESENCE_AVAILABLE)
                            .build());
        }
        bothSee("ana AVAILABLE AGENT_REGISTERED");

        java.happens("call j-1");
        says(java, "j-1 goes to ana");
        bothSee("ana ENGAGED INTERACTION_BEGAN j-1");
        node.happens("call n-1");
        says(node, "n-1 waits");
        java.happens("hangup j-1");
        says(java, "j-1 ended for ana: ACW");
        bothSee("ana AFTER_CALL_WORK ACW_STARTED j-1");

        says(node, "n-1 goes to ana");
        bothSee("ana ENGAGED INTERACTION_BEGAN n-1");
    }

    @Test
    @Order(2)
    void nothingIsMissedOrDoubledWhenTheServerIsKilledAndTheirTokensAreNoMore() throws Exception {
        server.killForcibly();
        node.happens("hangup n-1");
        ISSUER.rotate();
        ISSUER.withdrawOldKeys();
        renewKeys();
        server.start();
        soon().untilAsserted(() -> assertThat(routers()).allSatisfy(router -> assertThat(router.complaints())
                .anyMatch(line -> line.contains("UNAUTHENTICATED"))));
        try (Client client = client()) {
            client.startAcw("bea", "b-1");
        }
        renewToken();

        says(node, "n-1 ended for ana: ACW");
        bothSee("bea AFTER_CALL_WORK ACW_STARTED b-1");
        bothSee("ana AVAILABLE ACW_ENDED n-1");
        assertThat(java.changes()).isEqualTo(node.changes());
        assertThat(routers()).allSatisfy(router -> {
            assertThat(router.snapshots()).as("nobody had to begin anew").hasSize(1);
            assertThat(router.changes()).extracting(ExampleRouter::revision).isEqualTo(dense(router.changes()));
        });
    }

    @Test
    @Order(3)
    void bothEndWellWithTheirTelephony() {
        assertThat(routers()).allSatisfy(router -> assertThat(router.end()).isZero());
    }

    private static List<Long> dense(List<String> changes) {
        long first = ExampleRouter.revision(changes.get(0));
        return LongStream.range(first, first + changes.size()).boxed().toList();
    }

    private static void renewKeys() {
        ISSUER.publishTo(keys);
    }

    private static void renewToken() throws IOException {
        Files.writeString(token, ISSUER.token("default", "router-1", "router"));
    }

    private static Client client() {
        return server.client().showing(ISSUER.token("default", "admin-1", "router", "admin"));
    }

    private static List<ExampleRouter> routers() {
        return Stream.of(java, node).filter(router -> router != null).toList();
    }

    private static void says(ExampleRouter router, String line) {
        soon().untilAsserted(() -> assertThat(router.said()).contains(line));
    }

    private static void bothSee(String change) {
        soon().untilAsserted(() -> assertThat(routers())
                .allSatisfy(router -> assertThat(router.changes()).anyMatch(line -> line.endsWith(" " + change))));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }
}
