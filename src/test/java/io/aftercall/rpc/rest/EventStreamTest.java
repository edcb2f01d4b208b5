package io.aftercall.rpc.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.rpc.AgentStateStreams;
import io.aftercall.rpc.FreePorts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stream of agents as browsers read it. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class EventStreamTest {

    @TestHTTPResource
    URI server;

    @Inject
    AgentStateStreams streams;

    private final String agent = "agent-" + UUID.randomUUID();
    private final String filter = "{\"filter\":{\"agent_ids\":[\"" + agent + "\"]}}";

    @AfterEach
    void noStreamIsLeft() {
        await().untilAsserted(() -> assertThat(streams.count()).isZero());
    }

    @Test
    void aStreamGoesOnBehindTheLastEventThatWasSeen() {
        String last;
        try (EventReader reader = EventReader.open(server, filter, "")) {
            await().until(() -> reader.data().contains("snapshot_end"));
            declare("PRESENCE_AVAILABLE");
            await().until(() -> reader.data().contains("\"PRESENCE_AVAILABLE\""));
            last = reader.lastId();
        }
        declare("PRESENCE_NOT_READY");
        declare("PRESENCE_OFFLINE");

        try (EventReader reader = EventReader.open(server, filter, last)) {
            await().until(() -> reader.data().contains("\"presence\":\"PRESENCE_OFFLINE\""));

            assertThat(reader.data())
                    .doesNotContain("snapshot_end")
                    .contains("\"version\":\"3\"")
                    .doesNotContain("\"version\":\"1\"");
        }
    }

    /** What several want is put into bytes once, for those who come by gRPC. */
    @Test
    void severalWhoWatchEverythingAllSeeEachChange() {
        List<EventReader> readers = IntStream.range(0, 3)
                .mapToObj(i -> EventReader.open(server, "{}", ""))
                .toList();
        try {
            readers.forEach(reader -> await().until(() -> reader.data().contains("snapshot_end")));
            declare("PRESENCE_AVAILABLE");
            declare("PRESENCE_NOT_READY");

            readers.forEach(reader -> await().untilAsserted(() -> assertThat(reader.data())
                    .contains("\"agent_id\":\"" + agent + "\"")
                    .contains("\"presence\":\"PRESENCE_NOT_READY\"")
                    .contains("\"version\":\"1\"")
                    .contains("\"version\":\"2\"")));
            assertThat(readers)
                    .extracting(EventReader::lastId)
                    .doesNotContain("")
                    .containsOnly(readers.get(0).lastId());
        } finally {
            readers.forEach(EventReader::close);
        }
    }

    @Test
    void aTokenOfAnotherFilterIsAProblem() {
        String last;
        try (EventReader reader = EventReader.open(server, filter, "")) {
            await().until(() -> !reader.lastId().isEmpty());
            last = reader.lastId();
        }

        given().header("Last-Event-ID", last)
                .contentType(ContentType.JSON)
                .body("{}")
                .post(RestRoutes.ROOT + "AgentStateService/StreamAgentStates")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void whoGoesIsForgotten() {
        List<EventReader> readers = List.of(
                EventReader.open(server, filter, ""),
                EventReader.open(server, filter, ""),
                EventReader.open(server, filter, ""));
        await().until(() -> streams.count() == 3);

        readers.forEach(EventReader::close);

        await().untilAsserted(() -> assertThat(streams.count()).isZero());
    }

    private void declare(String presence) {
        given().contentType(ContentType.JSON)
                .body("{\"agent_id\":\"%s\",\"presence\":\"%s\"%s}"
                        .formatted(
                                agent,
                                presence,
                                presence.equals("PRESENCE_NOT_READY") ? ",\"not_ready_reason\":\"lunch\"" : ""))
                .post(RestRoutes.ROOT + "AgentStateService/SetPresence")
                .then()
                .statusCode(200);
    }
}
