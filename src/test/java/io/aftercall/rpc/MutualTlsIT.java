package io.aftercall.rpc;

import static io.aftercall.security.Authority.dns;
import static io.aftercall.security.Authority.ip;
import static io.aftercall.security.Authority.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aftercall.PackagedServer;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.security.Authority;
import io.aftercall.security.TlsHandshake;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routers show certificates instead of tokens, and the server's own changes while it runs. */
class MutualTlsIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new Certificates());

    private static final String ROUTER = "spiffe://acme/router";
    private static final Authority AUTHORITY = new Authority();
    private static final Path FILES = directory();
    private static final ListAgentStatesRequest ALL = ListAgentStatesRequest.getDefaultInstance();

    private final List<ManagedChannel> channels = new ArrayList<>();

    private static Path directory() {
        try {
            Path directory =
                    Files.createTempDirectory(Files.createDirectories(Path.of("target", "certificates")), "tls-");
            AUTHORITY.writeTo(directory.resolve("authority.pem"));
            AUTHORITY.issue(directory, "server", dns("localhost"), ip("127.0.0.1"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server with certificates, and no issuer of tokens. */
    public static class Certificates implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(CertificatesResource.class));
        }
    }

    /** Where the server finds them. */
    public static class CertificatesResource implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return Map.of(
                    "aftercall.tls.certificate", FILES.resolve("server.pem").toString(),
                    "aftercall.tls.key", FILES.resolve("server.key").toString(),
                    "aftercall.tls.client-authority",
                            FILES.resolve("authority.pem").toString(),
                    "aftercall.tls.interval", "1s",
                    "aftercall.auth.certificates[0].name", "URI:" + ROUTER,
                    "aftercall.auth.certificates[0].tenant", "default",
                    "aftercall.auth.certificates[0].roles", "router",
                    "aftercall.auth.certificates[1].name", "DNS:wall.acme.example",
                    "aftercall.auth.certificates[1].tenant", "default",
                    "aftercall.auth.certificates[1].roles", "viewer");
        }

        @Override
        public void stop() {}
    }

    @AfterEach
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private AgentStateServiceGrpc.AgentStateServiceBlockingStub client(Authority.Issued certificate)
            throws IOException {
        SslContextBuilder tls = GrpcSslContexts.forClient()
                .trustManager(FILES.resolve("authority.pem").toFile());
        if (certificate != null) {
            tls.keyManager(certificate.certificate().toFile(), certificate.key().toFile());
        }
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", port())
                .sslContext(tls.build())
                .build();
        channels.add(channel);
        return AgentStateServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue(FreePorts.GRPC_PORT_KEY, Integer.class);
    }

    private void assertRefused(Authority.Issued certificate, Status.Code code) {
        assertThatThrownBy(() -> client(certificate).listAgentStates(ALL))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(code));
    }

    @Test
    void whoIsConfiguredIsLetIn() throws IOException {
        Authority.Issued router = AUTHORITY.issue(FILES, "router", dns("router-7.acme.example"), uri(ROUTER));

        assertThat(client(router).listAgentStates(ALL).getRevision()).isNotNegative();
    }

    @Test
    void whatHeMayDoIsWhatHeIsConfiguredAs() throws IOException {
        Authority.Issued wall = AUTHORITY.issue(FILES, "wall", dns("wall.acme.example"));

        client(wall).listAgentStates(ALL);

        assertThatThrownBy(() -> client(wall).setPresence(SetPresenceRequest.getDefaultInstance()))
                .hasMessageContaining("PERMISSION_DENIED");
    }

    @Test
    void withoutACertificate() {
        assertRefused(null, Status.Code.UNAUTHENTICATED);
    }

    @Test
    void ofAnotherAuthority() {
        Authority.Issued forged = AUTHORITY.impostor().issue(FILES, "forged", uri(ROUTER));

        // The connection is not even made.
        assertRefused(forged, Status.Code.UNAVAILABLE);
    }

    @Test
    void ofAnAuthorityThatTheServerDoesNotName() {
        // A client does not even show it.
        assertRefused(new Authority().issue(FILES, "other", uri(ROUTER)), Status.Code.UNAUTHENTICATED);
    }

    @Test
    void ofNobodyWhoIsConfigured() {
        assertRefused(AUTHORITY.issue(FILES, "stranger", uri("spiffe://other/router")), Status.Code.UNAUTHENTICATED);
    }

    @Test
    void withTheNameInAnotherKindOfName() {
        assertRefused(AUTHORITY.issue(FILES, "kind", uri("wall.acme.example")), Status.Code.UNAUTHENTICATED);
    }

    @Test
    void ofTwoWhoAreConfigured() {
        assertRefused(
                AUTHORITY.issue(FILES, "both", uri(ROUTER), dns("wall.acme.example")), Status.Code.UNAUTHENTICATED);
    }

    @Test
    void thatHasExpired() {
        assertRefused(
                AUTHORITY.issue(FILES, "old", java.time.Instant.now().minusSeconds(60), uri(ROUTER)),
                Status.Code.UNAVAILABLE);
    }

    @Test
    void inPlainWordsNobodyIsAnswered() {
        ManagedChannel plain = NettyChannelBuilder.forAddress("localhost", port())
                .usePlaintext()
                .build();
        channels.add(plain);

        assertThatThrownBy(() -> AgentStateServiceGrpc.newBlockingStub(plain)
                        .withDeadlineAfter(10, TimeUnit.SECONDS)
                        .listAgentStates(ALL))
                .hasMessageContaining("UNAVAILABLE");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anOldProtocolIsNotSpoken(int minor) throws IOException {
        assertThat(TlsHandshake.alert(port(), minor)).isEqualTo(TlsHandshake.PROTOCOL_VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theTwoThatAreGoodAre(String protocol) throws Exception {
        assertThat(TlsHandshake.at(port(), protocol)).isNotNull();
    }

    @Test
    void aNewCertificateIsShownWithoutARestart() throws Exception {
        BigInteger before = TlsHandshake.at(port(), "TLSv1.3").getSerialNumber();

        AUTHORITY.issue(FILES, "server", dns("localhost"), ip("127.0.0.1"));

        await().untilAsserted(() ->
                assertThat(TlsHandshake.at(port(), "TLSv1.3").getSerialNumber()).isNotEqualTo(before));
    }
}
