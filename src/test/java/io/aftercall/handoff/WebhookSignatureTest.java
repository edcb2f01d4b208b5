package io.aftercall.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.aftercall.delivery.SigningSecrets;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Against the example of the specification, and its library for receivers. */
class WebhookSignatureTest {

    private static final byte[] SECRET = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final byte[] OTHER = "another secret, of 32 characters".getBytes(UTF_8);
    private static final String BODY = "{\"test\": 2432232314}";

    private static Map<String, String> headers(Instant now, byte[]... secrets) {
        return WebhookSignature.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", now, BODY.getBytes(UTF_8), new SigningSecrets(List.of(secrets)));
    }

    private static void verify(byte[] secret, Map<String, String> headers, String body)
            throws WebhookVerificationException {
        new Webhook(Base64.getEncoder().encodeToString(secret))
                .verify(
                        body,
                        HttpHeaders.of(
                                headers.entrySet().stream()
                                        .collect(Collectors.toMap(
                                                Map.Entry::getKey, header -> List.of(header.getValue()))),
                                (name, value) -> true));
    }

    @Test
    void itIsWhatTheSpecificationHasAsItsExample() {
        assertThat(headers(Instant.ofEpochSecond(1_614_265_330), SECRET))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whileTwoSecretsAreValidEitherVerifiesIt() {
        Map<String, String> headers = headers(Instant.now(), SECRET, OTHER);

        assertThatCode(() -> verify(SECRET, headers, BODY)).doesNotThrowAnyException();
        assertThatCode(() -> verify(OTHER, headers, BODY)).doesNotThrowAnyException();
    }

    @Test
    void anotherBodyOrAnotherSecretDoesNot() {
        Map<String, String> headers = headers(Instant.now(), SECRET);

        assertThatThrownBy(() -> verify(SECRET, headers, BODY + " ")).isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(OTHER, headers, BODY)).isInstanceOf(WebhookVerificationException.class);
    }
}
