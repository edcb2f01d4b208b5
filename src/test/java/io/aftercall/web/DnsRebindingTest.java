package io.aftercall.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.rpc.FreePorts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nobody is asked for credentials, another site does not become this one by having its name lead here. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class DnsRebindingTest {

    private static final String LIST = "/api/v1/AgentStateService/ListAgentStates";

    private static RequestSpecification call() {
        return given().contentType(ContentType.JSON).body("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example:8080",
                "192.168.1.7:8080",
                "[::2]:8080"
            })
    void whoeverCallsItByAnotherNameIsRefused(String host) {
        call().header("Host", host)
                .post(LIST)
                .then()
                .statusCode(421)
                .contentType("application/problem+json")
                .body("title", equalTo("HOST_NOT_SERVED"))
                .body("detail", containsString("AFTERCALL_WEB_ORIGIN"));
        given().header("Host", host).get("/ui/floor.html").then().statusCode(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:1", "127.0.0.1:8080", "[::1]:8080", "[::1]"})
    void thisMachineIsServedByItsOwnNames(String host) {
        call().header("Host", host).post(LIST).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "null", "http://localhost.evil.example:8080", "http://localhost@evil"})
    void aPageOfAnotherSiteIsRefused(String origin) {
        call().header("Origin", origin).post(LIST).then().statusCode(403).body("title", equalTo("NOT_SAME_ORIGIN"));
        call().header("Origin", "http://localhost:8080")
                .header("Origin", origin)
                .post(LIST)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1", "http://[::1]:3000", "https://localhost"})
    void aPageOfThisMachineIsServed(String origin) {
        call().header("Origin", origin).post(LIST).then().statusCode(200);
    }

    /** They are sent to an address, and have nothing to tell. */
    @Test
    void probesAreAnsweredUnderAnyName() {
        given().header("Host", "10.0.0.7:8080").get("/q/health/live").then().statusCode(200);
    }
}
