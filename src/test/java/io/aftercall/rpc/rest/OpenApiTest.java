package io.aftercall.rpc.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.rpc.FreePorts;
import io.aftercall.security.Permissions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server says of its calls can be read by the parser of the field, and leaves nothing out. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class OpenApiTest {

    @Inject
    LocalServices services;

    private String json;
    private SwaggerParseResult read;

    @BeforeEach
    void read() {
        json = given().get("/api/openapi.json").then().statusCode(200).extract().asString();
        read = new OpenAPIV3Parser().readContents(json);
    }

    private OpenAPI document() {
        return read.getOpenAPI();
    }

    private Operation post(String path) {
        return document().getPaths().get("/api/v1/" + path).getPost();
    }

    @Test
    void theParserHasNothingToSay() {
        assertThat(read.getMessages()).isEmpty();
        assertThat(document().getOpenapi()).isEqualTo("3.1.0");
    }

    @Test
    void everyCallIsThere() {
        List<String> offered = services.calls().stream()
                .map(JsonCall::new)
                .filter(JsonCall::offered)
                .map(call -> "/api/v1/" + call.path())
                .toList();

        assertThat(document().getPaths().keySet()).containsExactlyInAnyOrderElementsOf(offered);
        assertThat(services.calls().stream().map(JsonCall::new).filter(call -> !call.offered()))
                .extracting(JsonCall::path)
                .as("has no form over HTTP")
                .containsExactly("AgentService/ImportAgents");
    }

    @Test
    void everyCallHasWordsRequestAnswerProblemAndRoles() {
        assertThat(document().getPaths().values().stream().map(PathItem::getPost))
                .allSatisfy(call -> {
                    assertThat(call.getDescription()).as(call.getOperationId()).doesNotStartWith("\n");
                    assertThat(call.getRequestBody().getContent()).containsKey("application/json");
                    assertThat(call.getResponses().get("200").getContent()).isNotEmpty();
                    assertThat(call.getResponses().get("default").get$ref()).endsWith("/Problem");
                    assertThat((List<?>) call.getExtensions().get("x-roles"))
                            .as(call.getOperationId())
                            .isNotEmpty();
                });
    }

    @Test
    void rolesAreThoseOfTheGuard() {
        assertThat(post("AcwService/StartAcw").getExtensions()).containsEntry("x-roles", List.of("router"));
        assertThat(post("AcwService/CompleteAcw").getExtensions())
                .as("with force also a supervisor")
                .containsEntry("x-roles", List.of("router", "agent", "supervisor"));
        assertThat(Permissions.calls()).anyMatch(call -> call.endsWith("AcwService/CompleteAcw?force"));
    }

    @Test
    void streamsAreEventsAndCanBeAskedForByAddress() {
        PathItem stream = document().getPaths().get("/api/v1/AgentStateService/StreamAgentStates");

        assertThat(stream.getPost().getResponses().get("200").getContent()).containsOnlyKeys("text/event-stream");
        assertThat(stream.getGet().getParameters()).extracting("name").containsExactly("request");
        assertThat(document().getPaths().get("/api/v1/AcwService/CompleteAcw").getGet())
                .isNull();
        assertThat(post("ReportService/ExportAcwReport")
                        .getResponses()
                        .get("200")
                        .getContent())
                .containsOnlyKeys("text/csv");
    }

    @Test
    void commentsOfTheContractAreDescriptions() {
        assertThat(post("AcwService/RequestAcw").getDescription())
                .startsWith("Says, while an interaction is live, that the agent wants ACW after it:");
        Map<String, Schema> schemas = document().getComponents().getSchemas();
        assertThat(schemas.get("AgentStatus").getDescription()).contains("- `AGENT_STATUS_AVAILABLE`: ");
        assertThat(schemas.values())
                .filteredOn(schema -> schema.getProperties() != null && schema != schemas.get("Problem"))
                .allSatisfy(schema -> assertThat(schema.getDescription()).isNotBlank());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Map<String, Schema> schemas = document().getComponents().getSchemas();

        assertThat(json.split("#/components/schemas/")).hasSizeGreaterThan(100);
        assertThat(java.util.regex.Pattern.compile("#/components/schemas/([A-Za-z0-9_.]+)")
                        .matcher(json)
                        .results()
                        .map(found -> found.group(1))
                        .distinct())
                .allSatisfy(name -> assertThat(schemas).containsKey(name));
    }

    @Test
    void valuesHaveTheirFormInJson() {
        String state = json.substring(json.indexOf("\"AgentState\":{"));

        assertThat(state).contains("\"status_since_time\":{\"type\":\"string\",\"format\":\"date-time\"");
        assertThat(json).contains("\"revision\":{\"type\":\"string\",\"format\":\"int64\"");
    }
}
