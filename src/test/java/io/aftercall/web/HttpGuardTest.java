package io.aftercall.web;

import static io.aftercall.security.IssuerResource.ISSUER;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.rpc.Authenticated;
import io.aftercall.rpc.FreePorts;
import io.aftercall.security.Issuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP nobody is let in whom gRPC would not let in. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class HttpGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q",
                "/q/metrics",
                "/api/session",
                "/api/v1/AcwService/StartAcw",
                "/q/health/group/x",
                "/index.html",
                "/uix",
                "/ui/../api/session"
            })
    void withoutCredentialsNothingIsToldNotEvenWhatThereIs(String path) {
        given().get(path)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"))
                .contentType("application/problem+json")
                .body("title", equalTo("CREDENTIALS_MISSING"));
    }

    @Test
    void aForgedTokenIsRefused() {
        given().header("Authorization", "Bearer " + new Issuer().token("default", "router", "router"))
                .get("/api/agents")
                .then()
                .statusCode(401)
                .body("title", equalTo("CREDENTIALS_INVALID"));
    }

    @Test
    void whoIsKnownIsLetIn() {
        given().header("Authorization", "Bearer " + ISSUER.token("default", "router", "router"))
                .get("/api/agents")
                .then()
                .statusCode(404)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", startsWith("default-src 'none'"));
    }

    @Test
    void aCallOverHttpIsItsCallers() {
        given().header("Authorization", "Bearer " + ISSUER.token("default", "wall", "viewer"))
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/PolicyService/UpdatePolicy")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("PERMISSION_DENIED"));
        given().header("Authorization", "Bearer " + ISSUER.token("default", "wall", "viewer"))
                .get("/api/session")
                .then()
                .statusCode(200)
                .body("subject", equalTo("wall"))
                .body("roles", equalTo(List.of("viewer")))
                .body("authenticated", equalTo(true))
                .body("email_summaries", equalTo(false));
    }

    @Test
    void pagesAreTheSameForEverybodyAndTakeNothingFromElsewhere() {
        for (String door : List.of("/", "/ui", "/ui/")) {
            given().redirects().follow(false).get(door).then().statusCode(302).header("Location", "/ui/floor.html");
            given().redirects().follow(false).head(door).then().statusCode(302).header("Location", "/ui/floor.html");
        }
        given().get("/ui/floor.html")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Cache-Control", "no-cache")
                .header("Content-Security-Policy", startsWith("default-src 'none'; script-src 'self';"));
        given().get("/_static/lit-html/lit-html.js").then().statusCode(200);
        given().get("/webjars/chart.js/dist/chart.umd.min.js")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-cache");
    }

    @Test
    void whereThereIsNoPagePeopleAreLedOnAndProgramsAreTold() {
        given().accept("text/html,application/xhtml+xml")
                .get("/ui/nope.html")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .header("Content-Security-Policy", startsWith("default-src 'none'; script-src 'self';"))
                .body(containsString("/ui/not-found/page.js"));
        given().accept("*/*")
                .get("/ui/nope.js")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("title", equalTo("NOT_FOUND"));
    }

    @Test
    void whatIsReadIsAlsoAskedForByItsHead() {
        given().header("Authorization", "Bearer " + ISSUER.token("default", "router", "router"))
                .head("/api/openapi.json")
                .then()
                .statusCode(200)
                .contentType("application/json");
    }

    /** Also in development, as here: whoever asks for credentials has agents of his own. */
    @Test
    void whereCredentialsAreAskedForNobodyStartsASimulation() {
        String token = "Bearer " + ISSUER.token("default", "boss", "supervisor", "admin");

        given().header("Authorization", token).get("/api/simulator").then().statusCode(404);
        int nowhere = given().header("Authorization", token)
                .contentType("application/json")
                .body("{}")
                .post("/api/nowhere")
                .statusCode();
        given().header("Authorization", token)
                .contentType("application/json")
                .body("{}")
                .post("/api/simulator")
                .then()
                .statusCode(nowhere);
    }

    @Test
    void probesAreOpen() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../etc/passwd",
                "/..%2f..%2f..%2fetc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/q/health/../../etc/passwd",
                "/q/health/live/..%5c..%5cetc%5cpasswd",
                "//etc/passwd",
                "/q/health/live;/../../api",
                "/q/health/live%00.html",
                "/ui/../api/session",
                "/ui/%2e%2e/api/session",
                "/ui/..%2fapi/session",
                "/_static/..;/api/session",
                "/webjars/..;/api/session",
                "/webjars/%2e%2e/api/session"
            })
    void aPathThatClimbsGetsNowhere(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).doesNotContain("root:").containsPattern("^HTTP/1.1 (400|401|404)");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", io.restassured.RestAssured.port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
