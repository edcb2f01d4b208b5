package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.security.Authority;
import io.aftercall.security.Issuer;
import io.aftercall.security.TlsHandshake;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP as over gRPC: encrypted, with a certificate that may change, and nobody in before the keys are there. */
class HttpTlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Authority AUTHORITY = new Authority();
    private static final Issuer ISSUER = new Issuer();

    private static Path files;
    private static HttpClient client;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        files = Files.createTempDirectory(Path.of("target"), "http-tls-");
        client = HttpClient.newBuilder().sslContext(TlsHandshake.trusting()).build();
        Authority.Issued certificate = certificate();
        server = ServerProcess.onFreshData()
                .with("AFTERCALL_TLS_CERTIFICATE", certificate.certificate().toString())
                .with("AFTERCALL_TLS_KEY", certificate.key().toString())
                .with("AFTERCALL_TLS_INTERVAL", "1s")
                .with("AFTERCALL_AUTH_ISSUER", Issuer.NAME)
                .with("AFTERCALL_AUTH_AUDIENCE", Issuer.AUDIENCE)
                .with("AFTERCALL_AUTH_KEYS", keys().toString())
                .begin();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get("/q/health/ready", "").statusCode() == 200);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static Authority.Issued certificate() {
        return AUTHORITY.issue(files, "server", Authority.dns("localhost"), Authority.ip("127.0.0.1"));
    }

    private static Path keys() {
        return files.resolve("keys.json");
    }

    private static HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        URI uri = URI.create("https://localhost:" + server.httpPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anOldProtocolIsNotSpoken(int minor) throws IOException {
        assertThat(TlsHandshake.alert(server.httpPort(), minor)).isEqualTo(TlsHandshake.PROTOCOL_VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theTwoThatAreGoodAre(String protocol) throws IOException {
        assertThat(TlsHandshake.at(server.httpPort(), protocol)).isNotNull();
    }

    @Test
    void browsersAreToldToStayWithIt() throws Exception {
        assertThat(get("/q/health/live", "").headers().firstValue("Strict-Transport-Security"))
                .contains("max-age=31536000");
    }

    @Test
    void inPlainWordsNobodyIsAnswered() {
        assertThat(server.answers("live")).isNotEqualTo(200);
    }

    @Test
    void aNewCertificateIsShownOnBothPortsWithoutARestart() throws IOException {
        BigInteger before = TlsHandshake.at(server.httpPort(), "TLSv1.3").getSerialNumber();

        certificate();

        // Who comes when one of its two files has been replaced, and the other not yet, is not let in.
        await().ignoreExceptionsInstanceOf(SSLHandshakeException.class).untilAsserted(() -> assertThat(
                        TlsHandshake.at(server.httpPort(), "TLSv1.3").getSerialNumber())
                .isNotEqualTo(before)
                .isEqualTo(TlsHandshake.at(server.grpcPort(), "TLSv1.3").getSerialNumber()));
    }

    @Test
    void beforeTheIssuersKeysAreThereNobodyIsLetInAndThatIsNotHisFault() throws Exception {
        String token = ISSUER.token("default", "router", "router");
        HttpResponse<String> early = get("/api", token);
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).contains("KEYS_UNAVAILABLE");

        ISSUER.publishTo(keys());

        // Known, and there is nothing yet at this path.
        await().untilAsserted(() -> assertThat(get("/api", token).statusCode()).isEqualTo(404));
    }
}
