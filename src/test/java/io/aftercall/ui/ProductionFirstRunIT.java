package io.aftercall.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.options.RequestOptions;
import io.aftercall.security.Issuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where callers are asked who they are, as in production, nobody simulates anything. */
class ProductionFirstRunIT {

    private static final Issuer ISSUER = new Issuer();

    @RegisterExtension
    static final ServedPages pages = new ServedPages().askingFor(ISSUER);

    @Test
    void theRouteIsNotThere() {
        APIRequestContext requests = pages.window(Look.DESK).request();
        RequestOptions admin = RequestOptions.create()
                .setHeader("authorization", "Bearer " + ISSUER.token("default", "boss", "admin"))
                .setHeader("content-type", "application/json")
                .setData("{}");
        String nowhere = pages.address("/api/nowhere");
        String simulator = pages.address("/api/simulator");

        assertThat(requests.get(simulator, admin).status()).isEqualTo(404);
        assertThat(requests.post(simulator, admin).status())
                .isEqualTo(requests.post(nowhere, admin).status())
                .isGreaterThanOrEqualTo(400);
        assertThat(requests.delete(simulator, admin).status())
                .isEqualTo(requests.delete(nowhere, admin).status())
                .isGreaterThanOrEqualTo(400);
        assertThat(requests.get(pages.address("/api/session"), admin).text()).contains("\"simulator\":false");
    }
}
