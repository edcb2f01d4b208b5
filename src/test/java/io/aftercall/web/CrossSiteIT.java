package io.aftercall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.PackagedServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites, to whose requests a browser adds the cookies, get nothing by them. */
class CrossSiteIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new SignInProfile());

    private static final String LIST = "/api/v1/AgentStateService/ListAgentStates";

    private final Browser browser = new Browser();

    @BeforeEach
    void signIn() {
        await().until(() -> browser.session().getInteger("http") == 401);
        browser.signIn(new Person("default", "ana", "supervisor"), "/sign-in");
    }

    private HttpRequest.Builder post(String path) {
        return browser.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://localhost",
        "Origin, http://localhost.evil.example:8080"
    })
    void aCallOfAnotherSiteIsRefused(String header, String value) {
        HttpResponse<String> answer = browser.send(post(LIST).header(header, value));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("NOT_SAME_ORIGIN");
    }

    @Test
    void oneWordForItDoesNotOutweighAnotherAgainstIt() {
        HttpRequest.Builder disagreeing =
                post(LIST).header("Sec-Fetch-Site", "same-origin").header("Origin", "https://evil.example");
        HttpRequest.Builder twice =
                post(LIST).header("Sec-Fetch-Site", "same-origin").header("Sec-Fetch-Site", "cross-site");

        assertThat(browser.send(disagreeing).statusCode()).isEqualTo(403);
        assertThat(browser.send(twice).statusCode()).isEqualTo(403);
    }

    @Test
    void whoDoesNotSayWhereItComesFromIsRefused() {
        assertThat(browser.send(post(LIST)).statusCode()).isEqualTo(403);
        assertThat(browser.send(browser.request("/api/session")).statusCode()).isEqualTo(403);
    }

    @Test
    void anOldBrowserSaysItByTheOriginAlone() {
        assertThat(browser.send(post(LIST).header("Origin", IdentityProvider.origin()))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void aFormIsRefused(String type) {
        for (String path : new String[] {LIST, "/sign-out", "/sign-in/take-over"}) {
            HttpResponse<String> answer = browser.send(browser.request(path)
                    .header("Content-Type", type)
                    .header("Origin", IdentityProvider.origin())
                    .POST(HttpRequest.BodyPublishers.ofString("{}")));

            assertThat(answer.statusCode()).as(path).isEqualTo(415);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/AgentStateService/StreamAgentStates?request=%7B%7D",
                "/api/v1/ReportService/ExportAcwReport?request=%7B%7D",
                "/api/session",
                "/api/openapi.json"
            })
    void anAddressInAPageOfAnotherSiteIsRefused(String path) {
        HttpResponse<String> answer = browser.send(browser.request(path).header("Sec-Fetch-Site", "cross-site"));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void nothingIsCommandedByAnAddress() {
        HttpResponse<String> answer = browser.get("/api/v1/AcwService/CompleteAcw?request=%7B%7D");

        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void anotherSiteSignsNobodyOut() {
        assertThat(browser.send(post("/sign-out").header("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.session().getString("subject")).isEqualTo("ana");
    }

    @Test
    void whoShowsATokenIsAskedForNone() {
        String token = IdentityProvider.provider().token(new Person("default", "wall", "viewer"));
        Browser program = new Browser();

        HttpResponse<String> answer = program.send(program.request(LIST)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenIsWhoseItIsWhateverCookieComesWithIt() {
        String token = IdentityProvider.provider().token(new Person("default", "wall", "viewer"));

        HttpResponse<String> answer = browser.send(browser.request("/api/session")
                .header("Authorization", "Bearer " + token)
                .header("Sec-Fetch-Site", "same-origin"));

        assertThat(answer.body()).contains("wall").doesNotContain("ana");
        assertThat(browser.send(browser.request("/api/session")
                                .header("Authorization", "Bearer nonsense")
                                .header("Sec-Fetch-Site", "same-origin"))
                        .statusCode())
                .as("a bad one does not fall back on the cookie")
                .isEqualTo(401);
    }

    @Test
    void answersAreForNoOtherOrigin() {
        HttpResponse<String> answer = browser.get("/api/session");

        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
}
