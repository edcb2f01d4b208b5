package io.aftercall.web;

import static io.aftercall.web.Browser.location;
import static io.aftercall.web.IdentityProvider.provider;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.PackagedServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session follows what the issuer says, and ends when it is to end. */
class SessionIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new SignInProfile());

    private static final String TO_FLOOR = "/sign-in?return=%2Fui%2Ffloor.html";

    private final Browser browser = new Browser();

    @BeforeEach
    void awaitKeys() {
        await().until(() -> browser.session().getInteger("http") == 401);
    }

    @Test
    void beforeATokenEndsItIsRefreshedAndRolesAreAsTheyAreThen() {
        Person person = new Person("default", "ana", "viewer").forSeconds(4);
        browser.signIn(person, TO_FLOOR);
        String before = browser.cookies.get("aftercall-session");
        assertThat(browser.session().getJsonArray("roles")).isEqualTo(new JsonArray().add("viewer"));
        assertThat(browser.cookies.get("aftercall-session"))
                .as("not before it is time")
                .isEqualTo(before);

        person.become("admin");

        await().until(() -> browser.session().getJsonArray("roles").contains("admin"));
        assertThat(browser.cookies.get("aftercall-session")).isNotEqualTo(before);
        assertThat(browser.call("/api/v1/PolicyService/UpdatePolicy", "{}").statusCode())
                .as("permitted, and malformed")
                .isEqualTo(400);
    }

    @Test
    void whileTheProviderIsAwayTheTokenIsGoodUntilItsEndAndThenOneOfManyRefreshesIt() {
        browser.signIn(new Person("default", "ana", "viewer").forSeconds(2), TO_FLOOR);
        provider().away(true);
        int asked = provider().tokenRequests();
        await().until(() -> provider().tokenRequests() > asked || !isAna(browser));
        assertThat(provider().tokenRequests()).isGreaterThan(asked);

        await().until(() -> !isAna(browser));
        assertThat(browser.session().getString("title")).isEqualTo("ISSUER_UNAVAILABLE");

        provider().away(false);
        int before = provider().tokenRequests();
        List<CompletableFuture<Boolean>> answers = IntStream.range(0, 8)
                .mapToObj(each -> CompletableFuture.supplyAsync(() -> isAna(copy())))
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isTrue());
        assertThat(provider().tokenRequests()).isEqualTo(before + 1);
    }

    private static boolean isAna(Browser browser) {
        return "ana".equals(browser.session().getString("subject"));
    }

    private Browser copy() {
        Browser copy = new Browser();
        copy.cookies.putAll(browser.cookies);
        return copy;
    }

    @Test
    void whoseRefreshTokenIsTakenBackIsSignedOutWhenHisTokenEnds() {
        browser.signIn(new Person("default", "ana", "viewer").forSeconds(2), TO_FLOOR);
        provider().refuse(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Session not active\"}");

        await().until(() -> !isAna(browser));

        JsonObject problem = browser.session();
        assertThat(problem.getInteger("http")).isEqualTo(401);
        assertThat(problem.getString("title")).isEqualTo("CREDENTIALS_EXPIRED");
    }

    @Test
    void aSessionWhoseSubjectIsRevokedIsNotRefreshedIntoAnother() {
        Person person = new Person("default", "eve", "viewer").forSeconds(2);
        browser.signIn(person, TO_FLOOR);
        Browser again = new Browser();
        String operator = provider().token(new Person(null, "root", "operator"));

        HttpResponse<String> revoked = again.send(again.request("/api/v1/TenantService/RevokeCredentials")
                .header("Authorization", "Bearer " + operator)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"tenant_id\":\"default\",\"subject\":\"eve\"}")));

        assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(200);
        await().until(() -> browser.session().getInteger("http") == 401);
        int before = provider().tokenRequests();
        await().until(() ->
                browser.session().getInteger("http") != 401 || provider().tokenRequests() > before);
        assertThat(browser.session().getString("title"))
                .as("also after a refresh")
                .isEqualTo("CREDENTIALS_INVALID");
        // A token of the very second of the revocation counts as one of before.
        await("who signs in again").until(() -> {
            again.signIn(person, TO_FLOOR);
            return "eve".equals(again.session().getString("subject"));
        });
    }

    @Test
    void aStreamEndsWithItsTokenAndTheNextOneHasAnother() {
        browser.signIn(new Person("default", "ana", "viewer").forSeconds(2), TO_FLOOR);

        HttpResponse<String> stream = browser.call("/api/v1/AgentStateService/StreamAgentStates", "{}");

        assertThat(stream.body()).contains("event: problem").contains("UNAUTHENTICATED");
        assertThat(browser.session().getString("subject")).isEqualTo("ana");
    }

    @Test
    void whoSignsOutIsSignedOutHereAndThere() {
        browser.signIn(new Person("default", "ana", "viewer"), TO_FLOOR);

        HttpResponse<String> answer = browser.call("/sign-out", "{}");

        assertThat(browser.cookies).doesNotContainKey("aftercall-session");
        assertThat(browser.session().getInteger("http")).isEqualTo(401);
        String next = new JsonObject(answer.body()).getString("location");
        assertThat(next).as("no token for scripts").isEqualTo("/sign-out/continue");
        assertThat(location(browser.get(next)))
                .startsWith(provider().issuer() + "/endsession?")
                .contains("id_token_hint=eyJ", "client_id=" + TestProvider.CLIENT)
                .contains("post_logout_redirect_uri=");
        assertThat(location(browser.get(next))).as("once").isEqualTo("/ui/sign-in.html");
    }

    @Test
    void withoutASessionSigningOutIsNothing() {
        assertThat(browser.call("/sign-out", "{}").statusCode()).isEqualTo(200);
        assertThat(location(browser.get("/sign-out/continue"))).isEqualTo("/ui/sign-in.html");
    }
}
