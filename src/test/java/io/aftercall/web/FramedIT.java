package io.aftercall.web;

import static io.aftercall.web.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.PackagedServer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent's window in a frame of a CRM: of those that are named, and of no other page. */
class FramedIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new InCrm());

    private static final String SECRET = "a-secret-that-only-the-frame-knows";

    /** What the frame sees, and what the window sees that it opens. */
    private final Browser frame = new Browser();

    private final Browser window = new Browser();

    public static class InCrm extends SignInProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("aftercall.web.frame-ancestors", "https://crm.example,https://desk.example:8443");
        }
    }

    @BeforeEach
    void awaitKeys() {
        await().until(() -> frame.session().getInteger("http") == 401);
    }

    private static String policy(HttpResponse<String> page) {
        return page.headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    @Test
    void theAgentsWindowMayBeInTheirs() {
        assertThat(policy(frame.visit("/ui/wrap-up.html")))
                .endsWith("frame-ancestors https://crm.example https://desk.example:8443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/ui/floor.html", "/ui/sign-in.html", "/ui/signed-in.html", "/ui/wrap-up.html/", "/sign-in"
            })
    void nothingElseMay(String path) {
        assertThat(policy(frame.visit(path))).endsWith("frame-ancestors 'none'");
    }

    private HttpResponse<String> takeOver(String handOver, String secret) {
        return frame.call(
                "/sign-in/take-over",
                new JsonObject()
                        .put("hand_over", handOver)
                        .put("secret", secret)
                        .encode());
    }

    private String handOver() throws Exception {
        String hash = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(SECRET.getBytes(StandardCharsets.US_ASCII)));
        String last = location(window.signIn(new Person("default", "ana", "agent"), "/sign-in?hand_over=" + hash));
        assertThat(last).startsWith("/ui/signed-in.html#");
        return last.substring(last.indexOf('#') + 1);
    }

    @Test
    void theFrameTakesOverTheSessionThatAWindowHasGot() throws Exception {
        String handOver = handOver();

        assertThat(takeOver(handOver, SECRET).statusCode()).isEqualTo(204);

        assertThat(frame.session().getString("subject")).isEqualTo("ana");
        assertThat(frame.asSet.get("aftercall-session-framed"))
                .contains("Secure", "HTTPOnly", "SameSite=None", "Partitioned");
        assertThat(window.session().getInteger("http"))
                .as("the window keeps none")
                .isEqualTo(401);
    }

    @Test
    void whoDoesNotKnowTheSecretGetsNothing() throws Exception {
        String handOver = handOver();

        assertThat(takeOver(handOver, "another").statusCode()).isEqualTo(400);
        assertThat(takeOver("nonsense", SECRET).statusCode()).isEqualTo(400);
        assertThat(frame.call("/sign-in/take-over", "[1]").statusCode()).isEqualTo(400);
        assertThat(frame.call("/sign-in/take-over", "{\"hand_over\":1}").statusCode())
                .isEqualTo(400);
        assertThat(frame.session().getInteger("http")).isEqualTo(401);
        frame.cookies.put("aftercall-session-framed", handOver);
        assertThat(frame.session().getInteger("http"))
                .as("it is no session by itself")
                .isEqualTo(401);
    }

    @Test
    void anotherSiteTakesNothingOver() throws Exception {
        String handOver = handOver();
        String body = new JsonObject()
                .put("hand_over", handOver)
                .put("secret", SECRET)
                .encode();

        HttpResponse<String> answer = frame.send(frame.request("/sign-in/take-over")
                .header("Content-Type", "application/json")
                .header("Origin", "https://crm.example")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void thePageThatHasTheFrameMakesNoCalls() throws Exception {
        takeOver(handOver(), SECRET);

        HttpResponse<String> answer = frame.send(frame.request("/api/session")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Origin", "https://crm.example"));

        assertThat(answer.statusCode()).isEqualTo(403);
    }
}
