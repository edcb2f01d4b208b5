package io.aftercall.rpc.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.rpc.FreePorts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What gRPC answers, HTTP answers with the same words. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class RestCallsTest {

    private final String agent = "agent-" + UUID.randomUUID();

    @Test
    void aCallIsItsMessageAsJson() {
        ended("call-1")
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("acw.interaction.interaction_id", equalTo("call-1"))
                .body("agent_state.status", equalTo("AGENT_STATUS_AFTER_CALL_WORK"));

        post("AcwService/CompleteAcw", "{\"agent_id\":\"%s\",\"interaction_id\":\"call-1\"}".formatted(agent))
                .statusCode(200)
                .body("acw.end_reason", equalTo("ACW_END_REASON_COMPLETED"));
    }

    @Test
    void everyViolationIsNamed() {
        post("AcwService/StartAcw", "{}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("code", equalTo("INVALID_ARGUMENT"))
                .body("title", equalTo("INVALID_FIELDS"))
                .body("violations.field", hasItems("agent_id", "interaction"));
    }

    @Test
    void aRefusalHasItsReason() {
        post("AcwService/ExtendAcw", "{\"agent_id\":\"%s\",\"interaction_id\":\"never\"}".formatted(agent))
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"))
                .body("metadata.agent_id", equalTo(agent));
    }

    @Test
    void whatIsNoMessageOfTheCallIsMalformed() {
        post("AcwService/StartAcw", "{\"agent\":\"ana\"}")
                .statusCode(400)
                .body("title", equalTo("MALFORMED_JSON"))
                .body("detail", containsString("agent"));
        for (String json : new String[] {"{\"agent_id\":", "{} garbage", "{\"agent_id\":\"a\",\"agent_id\":\"b\"}"}) {
            post("AcwService/StartAcw", json)
                    .statusCode(400)
                    .body("title", equalTo("MALFORMED_JSON"))
                    .body("detail", not(containsString("com.")));
        }
    }

    @Test
    void aTimeThatDoesNotExistIsRefusedByItsField() {
        post(
                        "ReportService/GetAcwReport",
                        "{\"query\":{\"start_time\":\"2026-13-01T00:00:00Z\",\"end_time\":\"2027-02-30T00:00:00Z\"}}")
                .statusCode(400)
                .body("title", equalTo("INVALID_FIELDS"))
                .body("violations.field", hasItems("query.start_time", "query.end_time"));
    }

    @Test
    void anEmptyBodyIsAnEmptyMessage() {
        given().contentType(ContentType.JSON)
                .post(RestRoutes.ROOT + "AgentStateService/ListAgentStates")
                .then()
                .statusCode(200);
    }

    @Test
    void aFormOfAnotherPageIsRefused() {
        given().contentType("text/plain")
                .body("{}")
                .post(RestRoutes.ROOT + "AcwService/StartAcw")
                .then()
                .statusCode(415)
                .body("title", equalTo("UNSUPPORTED_MEDIA_TYPE"));
    }

    @Test
    void whatIsNoCallIsNotFound() {
        post("AcwService/NoSuchCall", "{}").statusCode(404).body("title", equalTo("NO_SUCH_CALL"));
        // A client sends it in many messages.
        post("AgentService/ImportAgents", "{}").statusCode(404);
    }

    @Test
    void readingACommandIsNotAllowed() {
        given().get(RestRoutes.ROOT + "AcwService/StartAcw")
                .then()
                .statusCode(405)
                .header("Allow", equalTo("POST"));
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        post("AcwService/StartAcw", "{\"agent_id\":\"" + "a".repeat(2 * 1024 * 1024) + "\"}")
                .statusCode(413)
                .contentType("application/problem+json")
                .body("title", equalTo("REQUEST_TOO_LARGE"));
    }

    @Test
    void aReportComesAsCsvByLink() {
        given().queryParam(
                        "request",
                        "{\"query\":{\"start_time\":\"2026-01-01T00:00:00Z\",\"end_time\":\"2026-01-02T00:00:00Z\"}}")
                .get(RestRoutes.ROOT + "ReportService/ExportAcwReport")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .header("Content-Disposition", containsString("ExportAcwReport.csv"))
                .body(containsString("acw_count"));
    }

    private ValidatableResponse ended(String call) {
        return post(
                "AcwService/StartAcw",
                """
                {"agent_id": "%s", "interaction": {"interaction_id": "%s", "channel": "CHANNEL_VOICE",
                "direction": "DIRECTION_INBOUND", "outcome": "INTERACTION_OUTCOME_ANSWERED"}}
                """
                        .formatted(agent, call));
    }

    private static ValidatableResponse post(String call, String json) {
        return given().contentType(ContentType.JSON)
                .body(json)
                .post(RestRoutes.ROOT + call)
                .then();
    }
}
