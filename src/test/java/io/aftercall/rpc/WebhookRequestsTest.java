package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.api.v1.UpdateWebhookRequest;
import io.aftercall.api.v1.Webhook;
import io.aftercall.security.NetworkGuard;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRequestsTest {

    private static final NetworkGuard NOTHING_ALLOWED = new NetworkGuard(List.of());
    private static final NetworkGuard OWN_NETWORK = new NetworkGuard(List.of("10.1.0.0/16"));

    private static void update(NetworkGuard guard, String url) {
        new WebhookRequests(guard)
                .update(UpdateWebhookRequest.newBuilder()
                        .setWebhook(Webhook.newBuilder().setWebhookId("crm").setUrl(url))
                        .build());
    }

    private static void refuses(NetworkGuard guard, String url) {
        assertThatThrownBy(() -> update(guard, url))
                .isInstanceOfSatisfying(Violations.InvalidFields.class, refused -> assertThat(refused.violations())
                        .containsOnlyKeys("webhook.url"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://0177.0.0.1/",
                "https://0177.0.0.1:18701/",
                "https://1.1.1.01/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://127.0.0.1./",
                "https://1.1.1.256/",
                "https://crm.example.7/"
            })
    void whatSomeTakeForAnIpv4AddressIsRefused(String url) {
        refuses(NOTHING_ALLOWED, url);
        refuses(OWN_NETWORK, url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://crm.example/", "http://localhost.localdomain/", "http://1.1.1.1/"})
    void plainHttpIsRefusedWhereNoNetworkIsAllowed(String url) {
        refuses(NOTHING_ALLOWED, url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://crm.example:0/", "http://10.1.0.1:0/"})
    void nothingListensOnPortZero(String url) {
        refuses(OWN_NETWORK, url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://1.1.1.1/",
                "https://crm7.example/",
                "https://7.crm.example:8443/",
                "https://[2606:4700:4700::1111]/",
                "http://crm.example/",
                "http://10.1.0.1/"
            })
    void othersAreAccepted(String url) {
        assertThatCode(() -> update(OWN_NETWORK, url)).doesNotThrowAnyException();
    }
}
