package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first page in production: nobody simulates anything there. */
class ProductionFirstRunIT {

    @RegisterExtension
    static final ServedPages pages = new ServedPages().inProduction();

    @Test
    void saysHowToConnectARouterAndHasNoButton() {
        Page page = pages.open("/");

        assertThat(page.locator("first-run")).containsText("/api/v1/AcwService/StartAcw");
        assertThat(page.locator("first-run button")).hasCount(0);
    }

    @Test
    void theRouteIsNotThere() {
        APIRequestContext requests = pages.window(Look.DESK).request();
        RequestOptions json = RequestOptions.create()
                .setHeader("content-type", "application/json")
                .setData("{}");
        String nowhere = pages.address("/api/nowhere");
        String simulator = pages.address("/api/simulator");

        assertThat(requests.get(simulator).status()).isEqualTo(404);
        assertThat(requests.post(simulator, json).status())
                .isEqualTo(requests.post(nowhere, json).status())
                .isGreaterThanOrEqualTo(400);
        assertThat(requests.delete(simulator).status())
                .isEqualTo(requests.delete(nowhere).status())
                .isGreaterThanOrEqualTo(400);
        assertThat(requests.get(pages.address("/api/session")).text()).contains("\"simulator\":false");
    }
}
