package io.aftercall;

import static io.aftercall.IdleConnections.beginningOfHeaders;
import static io.aftercall.IdleConnections.greeting;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.rpc.Client;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever only takes connections takes them for a short while, and from nobody else. */
class IdleConnectionsIT {

    private static final int MANY = 10_000;
    private static final int SLOW = 500;
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void thousandsOfThemDisturbNobodyAndAreClosed() throws Exception {
        try (ServerProcess server = ServerProcess.onFreshData()
                        .with("AFTERCALL_CONNECTION_PING_INTERVAL", "1s")
                        .with("AFTERCALL_CONNECTION_PONG_TIMEOUT", "1s")
                        .with("QUARKUS_HTTP_IDLE_TIMEOUT", "2s")
                        .start();
                IdleConnections silent = new IdleConnections(server.grpcPort());
                IdleConnections slow = new IdleConnections(server.grpcPort());
                IdleConnections http = new IdleConnections(server.httpPort());
                Client router = server.client()) {
            router.startAcw("agent", "before");
            slow.open(SLOW, beginningOfHeaders());
            http.open(SLOW, "GET /q/health/live HTTP/1.1\r\nHost:".getBytes(US_ASCII));
            silent.open(MANY / 2);
            silent.open(MANY / 2, greeting());

            router.startAcw("agent", "meanwhile");
            try (Client another = server.client()) {
                assertThat(another.state("agent").getAgentId()).isEqualTo("agent");
            }
            assertThat(server.answers("ready")).isEqualTo(200);
            await().atMost(SOON).untilAsserted(() -> {
                slow.trickle(0);
                assertThat(slow.open()).as("trickling headers").isZero();
                assertThat(silent.open()).as("silent").isZero();
                assertThat(http.open()).as("silent, HTTP").isZero();
            });
            assertThat(router.startAcw("agent", "afterwards").getAlreadyStarted())
                    .isFalse();
        }
    }
}
