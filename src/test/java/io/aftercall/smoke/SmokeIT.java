package io.aftercall.smoke;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.FreePorts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Iterator;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A little of everything that may be missing from a package, be it a jar, one with an AOT cache or a native program. Looks
 * at any server that runs already and asks nobody for credentials with {@code -Dquarkus.http.test-host=…
 * -Dquarkus.http.test-port=… -Dquarkus.grpc.server.test-port=…}.
 */
@QuarkusIntegrationTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
@QuarkusTestResource(Served.class)
class SmokeIT {

    private final String agent = Client.fresh("agent");

    @RegisterExtension
    final Client client = new Client(Served.grpcPort());

    @ParameterizedTest
    @ValueSource(strings = {"started", "live", "ready"})
    void theServerIsUpAndSaysWhichItIs(String probe) {
        given().get("/q/health/" + probe)
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("version", not(blankOrNullString()));
    }

    @Test
    void anAcwIsStartedWatchedAndEnded() {
        Iterator<StreamAgentStatesResponse> stream = client.agents()
                .streamAgentStates(StreamAgentStatesRequest.newBuilder()
                        .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
                        .build());
        await(stream, AgentStateEvent::hasSnapshotEnd);

        AgentStatus status = client.startAcw(agent, "call-1").getAgentState().getStatus();
        AgentStateEvent change = await(stream, AgentStateEvent::hasChange);
        client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId("call-1")
                        .build());

        assertThat(status).isEqualTo(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);
        assertThat(change.getChange().getState().getStatus()).isEqualTo(status);
        assertThat(client.state(agent).getAcwsCount()).isZero();
    }

    @Test
    void everyViolationIsNamedOverHttpToo() {
        post("AcwService/StartAcw", "{}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", hasItems("agent_id", "interaction"));
    }

    @Test
    void whatAgentsFillInIsHeldAgainstTheFormsSchema() {
        String code = Client.fresh("SALE");
        String form = "{\"type\":\"object\",\"properties\":{\"number\":{\"type\":\"integer\"}}}";
        post(
                        "DispositionService/UpdateDisposition",
                        "{\"disposition\":{\"code\":\"%s\",\"label\":\"Sale\",\"form_schema\":%s}}"
                                .formatted(code, form))
                .statusCode(200);
        client.startAcw(agent, "call-1");

        complete(code, "{\"number\":\"many\"}")
                .statusCode(400)
                .body("violations.field", hasItem(containsString("number")));
        complete(code, "{\"number\":7}").statusCode(200).body("acw.end_reason", equalTo("ACW_END_REASON_COMPLETED"));
    }

    private ValidatableResponse complete(String code, String values) {
        return post(
                "AcwService/CompleteAcw",
                """
                {"agent_id":"%s","interaction_id":"call-1",
                 "wrap_up":{"disposition_code":"%s","notes":"Wants seven","form_values":%s}}
                """
                        .formatted(agent, code, values));
    }

    @Test
    void anEmailIsWritten() {
        client.startAcw(agent, "call-1");

        post(
                        "EmailTemplateService/PreviewEmail",
                        """
                        {"agent_id":"%s","interaction_id":"call-1",
                         "wrap_up":{"subject":"Order 4711","email_summary":{"address":"ann@customer.example","language":"es"}}}
                        """
                                .formatted(agent))
                .statusCode(200)
                .body("email.subject", startsWith("Resumen de nuestra conversación"))
                .body("email.text", containsString("Order 4711"));
    }

    @Test
    void aReportIsMade() {
        post(
                        "ReportService/GetAcwReport",
                        """
                        {"query":{"start_time":"2026-01-01T00:00:00Z","end_time":"2026-01-02T00:00:00Z",
                         "time_zone":"Europe/Madrid","interval":"REPORT_INTERVAL_HOUR"}}
                        """)
                .statusCode(200);
    }

    @Test
    void theContractIsDescribedWithItsComments() {
        given().get("/api/openapi.json")
                .then()
                .statusCode(200)
                .body("openapi", startsWith("3.1"))
                .body("paths.'/api/v1/AcwService/StartAcw'.post.description", not(blankOrNullString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/floor.html",
                "/ui/floor/page.js",
                "/ui/texts/floor.es.js",
                "/_static/lit-html/lit-html.js",
                "/ui/css/base.css",
                "/ui/icon.svg"
            })
    void thePagesAreThere(String path) {
        given().get(path).then().statusCode(200).body(not(blankOrNullString()));
    }

    @Test
    void agentsAreDescribedAndListed() {
        post("AgentService/UpdateAgent", "{\"agent\":{\"agent_id\":\"%s\",\"team_id\":\"blue\"}}".formatted(agent))
                .statusCode(200);

        post("AgentService/ListAgents", "{\"id_contains\":\"%s\"}".formatted(agent))
                .statusCode(200)
                .body("agents", hasSize(1));
    }

    private static ValidatableResponse post(String call, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/" + call)
                .then();
    }

    private static AgentStateEvent await(
            Iterator<StreamAgentStatesResponse> stream, Predicate<AgentStateEvent> wanted) {
        while (true) {
            for (AgentStateEvent event : stream.next().getEventsList()) {
                if (wanted.test(event)) {
                    return event;
                }
            }
        }
    }
}
