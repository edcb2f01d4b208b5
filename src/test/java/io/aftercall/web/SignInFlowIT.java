package io.aftercall.web;

import static io.aftercall.web.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.PackagedServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in at an OpenID provider and come back with a session, and nothing else gets them one. */
class SignInFlowIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new SignInProfile());

    private static final String TO_FLOOR = "/sign-in?return=%2Fui%2Ffloor.html";

    private final Browser browser = new Browser();

    /** Its keys are read when the server starts, and that may take a moment. */
    @BeforeEach
    void awaitKeys() {
        await().until(() -> browser.session().getInteger("http") == 401);
    }

    @Test
    void withoutASessionAPageIsToldThatOneCanSignIn() {
        JsonObject problem = browser.session();

        assertThat(problem.getInteger("http")).isEqualTo(401);
        assertThat(problem.getBoolean("sign_in")).isTrue();
    }

    @Test
    void whoSignsInIsWhoTheTokenSays() {
        HttpResponse<String> back =
                browser.signIn(new Person("default", "ana", "agent", "viewer").with("agent_id", "ana-1"), TO_FLOOR);

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(location(back)).isEqualTo("/ui/floor.html");
        JsonObject session = browser.session();
        assertThat(session.getString("subject")).isEqualTo("ana");
        assertThat(session.getString("tenant")).isEqualTo("default");
        assertThat(session.getString("agent_id")).isEqualTo("ana-1");
        assertThat(session.getJsonArray("roles"))
                .isEqualTo(new JsonArray().add("agent").add("viewer"));
        assertThat(session.getBoolean("sign_in")).isTrue();
    }

    @Test
    void callsAreTheSessionsAndPassTheSameGuard() {
        browser.signIn(new Person("default", "wall", "viewer"), TO_FLOOR);

        assertThat(browser.call("/api/v1/AgentStateService/ListAgentStates", "{}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.call("/api/v1/PolicyService/UpdatePolicy", "{}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void noScriptAndNobodyElseSeesTheTokens() {
        browser.signIn(new Person("default", "ana", "supervisor"), TO_FLOOR);

        assertThat(browser.asSet.get("aftercall-session")).contains("HTTPOnly", "SameSite=Lax", "Path=/");
        assertThat(browser.cookies.values())
                .allSatisfy(value -> assertThat(decoded(value)).doesNotContain("eyJ", "access", "ana", "supervisor"));
    }

    private static String decoded(String sealed) {
        return java.util.Arrays.stream(sealed.split("\\."))
                .skip(1)
                .map(part ->
                        new String(Base64.getUrlDecoder().decode(part), java.nio.charset.StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
    }

    @Test
    void theProviderIsAskedWithProofAndForThisServer() {
        String url = location(browser.visit(TO_FLOOR));

        assertThat(url)
                .startsWith(IdentityProvider.provider().issuer() + "/authorize?")
                .contains("response_type=code", "code_challenge_method=S256", "code_challenge=")
                .contains("client_id=" + TestProvider.CLIENT, "scope=openid", "audience=aftercall")
                .doesNotContain(TestProvider.SECRET);
    }

    @Test
    void aStateOfNobodyIsRefused() {
        IdentityProvider.provider().expect(new Person("default", "ana", "admin"));
        String back = browser.toProvider(TO_FLOOR);

        HttpResponse<String> answer = browser.follow(back.replaceAll("state=[^&]*", "state=" + "x".repeat(43)));

        assertThat(location(answer)).isEqualTo("/ui/sign-in.html?problem=unexpected");
        assertThat(browser.session().getInteger("http")).isEqualTo(401);
        // It was not used up by that.
        browser.follow(back);
        assertThat(browser.session().getString("subject")).isEqualTo("ana");
    }

    @Test
    void whatAnotherBrowserHasBegunIsRefused() {
        IdentityProvider.provider().expect(new Person("default", "mallory", "admin"));
        Browser mallory = new Browser();
        String ofMallory = mallory.toProvider(TO_FLOOR);

        HttpResponse<String> answer = browser.follow(ofMallory);

        assertThat(location(answer)).isEqualTo("/ui/sign-in.html?problem=unexpected");
        assertThat(browser.session().getInteger("http")).isEqualTo(401);
        mallory.follow(ofMallory);
        assertThat(mallory.session().getString("subject")).isEqualTo("mallory");
    }

    @Test
    void aCodeIsGoodOnce() {
        IdentityProvider.provider().expect(new Person("default", "ana", "admin"));
        String back = browser.toProvider(TO_FLOOR);
        Browser thief = new Browser();
        thief.cookies.putAll(browser.cookies);
        browser.follow(back);

        HttpResponse<String> again = browser.follow(back);
        HttpResponse<String> withTheCookie = thief.follow(back);

        assertThat(location(again)).isEqualTo("/ui/sign-in.html?problem=unexpected");
        assertThat(location(withTheCookie)).startsWith("/ui/sign-in.html?problem=");
        assertThat(thief.session().getInteger("http")).isEqualTo(401);
    }

    @Test
    void whoIsDeclinedIsToldSo() {
        String state = browser.toProvider(TO_FLOOR).replaceAll(".*state=([^&]*).*", "$1");

        HttpResponse<String> answer = browser.follow("/sign-in/callback?error=access_denied&state=" + state);

        assertThat(location(answer)).isEqualTo("/ui/sign-in.html?problem=declined");
    }

    @Test
    void whoHasNoTenantHasNoSession() {
        HttpResponse<String> answer = browser.signIn(new Person(null, "ana", "admin"), TO_FLOOR);

        assertThat(location(answer)).isEqualTo("/ui/sign-in.html?problem=refused");
        assertThat(browser.session().getInteger("http")).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/ui/floor.html",
                "//evil.example/ui/floor.html",
                "/\\evil.example",
                "/ui/../api/session",
                "/ui/floor.html%0d%0aLocation:https://evil.example",
                "javascript:alert(1)",
                "/sign-out/continue",
                "floor.html",
                ""
            })
    void nobodyIsSentElsewhere(String path) {
        String asked = java.net.URLEncoder.encode(path, java.nio.charset.StandardCharsets.UTF_8);

        HttpResponse<String> back = browser.signIn(new Person("default", "ana", "viewer"), "/sign-in?return=" + asked);

        assertThat(location(back)).isEqualTo("/ui/floor.html");
    }

    @Test
    void theWayBackMayHaveAQuestion() {
        HttpResponse<String> back = browser.signIn(
                new Person("default", "ana", "viewer"), "/sign-in?return=%2Fui%2Fwrap-up.html%3Finteraction%3Dx-1");

        assertThat(location(back)).isEqualTo("/ui/wrap-up.html?interaction=x-1");
    }

    @Test
    void aCookieThatWasChangedIsNone() {
        browser.signIn(new Person("default", "ana", "viewer"), TO_FLOOR);
        browser.cookies.computeIfPresent("aftercall-session", (name, value) -> changed(value));

        assertThat(browser.session().getInteger("http")).isEqualTo(401);
        browser.cookies.put("aftercall-session", "nonsense");
        assertThat(browser.session().getInteger("http")).isEqualTo(401);
    }

    private static String changed(String sealed) {
        int middle = sealed.length() / 2;
        char other = sealed.charAt(middle) == 'A' ? 'B' : 'A';
        return sealed.substring(0, middle) + other + sealed.substring(middle + 1);
    }

    @Test
    void aCookieOfTheWayInIsNoSession() {
        browser.visit(TO_FLOOR);
        String attempt = browser.cookies.values().iterator().next();
        browser.cookies.put("aftercall-session", attempt);

        assertThat(browser.session().getInteger("http")).isEqualTo(401);
    }

    @Test
    void longTokensTakeSeveralCookies() {
        Person person = new Person("default", "ana", "viewer").with("groups", "g".repeat(2_000));
        browser.signIn(person, TO_FLOOR);

        assertThat(browser.cookies).containsKeys("aftercall-session", "aftercall-session-1");
        assertThat(browser.cookies.values())
                .allSatisfy(value -> assertThat(value.length()).isLessThan(3_800));
        assertThat(browser.session().getString("subject")).isEqualTo("ana");
        // A shorter one leaves nothing of a longer one behind.
        browser.signIn(new Person("default", "bo", "viewer"), TO_FLOOR);
        assertThat(browser.session().getString("subject")).isEqualTo("bo");
    }

    @Test
    void tokensThatNoBrowserKeepsGetNoSession() {
        Person person = new Person("default", "ana", "viewer").with("groups", "g".repeat(9_000));

        assertThat(location(browser.signIn(person, TO_FLOOR))).isEqualTo("/ui/sign-in.html?problem=unavailable");
    }

    @Test
    void eachIsInHisOwnTenant() {
        String operator = IdentityProvider.provider().token(new Person(null, "root", "operator"));
        browser.send(browser.request("/api/v1/TenantService/CreateTenant")
                .header("Authorization", "Bearer " + operator)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"tenant\":{\"tenant_id\":\"acme\"}}")));
        Browser other = new Browser();
        browser.signIn(new Person("default", "ana", "admin"), TO_FLOOR);
        other.signIn(new Person("acme", "ana", "admin"), TO_FLOOR);
        String agent = "{\"agent\":{\"agent_id\":\"only-there\"}}";

        HttpResponse<String> made = other.call("/api/v1/AgentService/UpdateAgent", agent);

        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(other.session().getString("tenant")).isEqualTo("acme");
        String ask = "{\"agent_id\":\"only-there\"}";
        assertThat(other.call("/api/v1/AgentService/GetAgent", ask).statusCode())
                .isEqualTo(200);
        assertThat(browser.call("/api/v1/AgentService/GetAgent", ask).statusCode())
                .isEqualTo(404);
    }
}
