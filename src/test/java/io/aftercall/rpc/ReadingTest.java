package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Consistency;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.GetAgentStateResponse;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentStatesResponse;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class ReadingTest {

    private static final Consistency ANY = Consistency.newBuilder().setAny(true).build();

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");

    @Test
    void anAgentThatWasNeverSeenIsNotFoundAtEveryConsistency() {
        List<Consistency> levels = List.of(Consistency.getDefaultInstance(), ANY, atLeast(0));

        List<GrpcError> errors =
                levels.stream().map(level -> GrpcError.of(() -> read(level))).toList();

        assertThat(errors).allSatisfy(error -> {
            assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
            assertThat(error.reason()).isEqualTo("AGENT_NOT_FOUND");
            assertThat(error.metadata()).isEqualTo(Map.of("agent_id", agent));
        });
    }

    @Test
    void aLinearizableReadSeesEveryWriteThatWasAcknowledged() {
        for (int write = 0; write < 50; write++) {
            Presence presence = write % 2 == 0 ? Presence.PRESENCE_AVAILABLE : Presence.PRESENCE_NOT_READY;
            AgentState written = declare(agent, presence);

            GetAgentStateResponse read = read(Consistency.getDefaultInstance());

            assertThat(read.getAgentState()).isEqualTo(written);
            assertThat(read.getRevision()).isGreaterThanOrEqualTo(written.getRevision());
        }
    }

    @Test
    void aReaderWhoPassesTheRevisionOfAWriteSeesIt() {
        StartAcwResponse written = client.startAcw(agent, Client.fresh("call"));

        GetAgentStateResponse read = read(atLeast(written.getRevision()));

        assertThat(read.getAgentState()).isEqualTo(written.getAgentState());
        assertThat(read.getRevision()).isGreaterThanOrEqualTo(written.getRevision());
    }

    @Test
    void aReaderWhoPassesTheRevisionOfAPolicyChangeIsServedToo() {
        declare(agent, Presence.PRESENCE_AVAILABLE);
        long revision = client.rules(
                        agent, io.aftercall.api.v1.Policy.newBuilder().setVisible(false))
                .getRevision();

        GetAgentStateResponse read = read(atLeast(revision));

        assertThat(read.getRevision()).isGreaterThanOrEqualTo(revision);
    }

    @Test
    void whateverIsInMemoryIsServedWithoutWaiting() {
        AgentState written = declare(agent, Presence.PRESENCE_AVAILABLE);

        GetAgentStateResponse read = read(ANY);

        assertThat(read.getAgentState()).isEqualTo(written);
    }

    @Test
    void aRevisionFromTheFutureIsRefusedWithTheLastOne() {
        long last = declare(agent, Presence.PRESENCE_AVAILABLE).getRevision();

        GrpcError error = GrpcError.of(() -> read(atLeast(last + 1_000_000)));

        assertThat(error.code()).isEqualTo(Code.OUT_OF_RANGE);
        assertThat(error.reason()).isEqualTo("REVISION_FROM_FUTURE");
        assertThat(Long.parseLong(error.metadata().get("revision"))).isGreaterThanOrEqualTo(last);
    }

    @Test
    void pagesHaveEveryAgentOnceInOrder() {
        List<String> ids = Stream.of("b", "a", "d", "c", "e").map(this::named).toList();
        ids.forEach(id -> declare(id, Presence.PRESENCE_AVAILABLE));
        ListAgentStatesRequest request = ListAgentStatesRequest.newBuilder()
                .setFilter(AgentStateFilter.newBuilder().addAllAgentIds(ids))
                .setPageSize(2)
                .build();

        List<ListAgentStatesResponse> pages = pages(request);

        assertThat(pages)
                .extracting(ListAgentStatesResponse::getAgentStatesCount)
                .containsExactly(2, 2, 1);
        assertThat(pages.stream().flatMap(page -> page.getAgentStatesList().stream()))
                .extracting(AgentState::getAgentId)
                .containsExactlyElementsOf(ids.stream().sorted().toList());
    }

    @Test
    void filtersAreCombined() {
        String queue = Client.fresh("queue");
        String working = named("working");
        String away = named("away");
        startIn(queue, working);
        startIn(queue, named("loggedOut"));
        startIn(Client.fresh("queue"), away);

        ListAgentStatesResponse found = client.agents()
                .listAgentStates(ListAgentStatesRequest.newBuilder()
                        .setFilter(AgentStateFilter.newBuilder()
                                .addQueueIds(queue)
                                .addAgentIds(working)
                                .addAgentIds(away)
                                .addStatuses(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK))
                        .build());

        assertThat(found.getAgentStatesList())
                .extracting(AgentState::getAgentId)
                .containsExactly(working);
    }

    @Test
    void aPageTokenOfAnotherFilterOrOfNobodyIsForeign() {
        List.of("a", "b").forEach(id -> declare(named(id), Presence.PRESENCE_AVAILABLE));
        String token = client.agents()
                .listAgentStates(
                        ListAgentStatesRequest.newBuilder().setPageSize(1).build())
                .getNextPageToken();
        AgentStateFilter other =
                AgentStateFilter.newBuilder().addAgentIds(agent).build();

        GrpcError ofOther = GrpcError.of(() -> list(other, token));
        GrpcError ofNobody = GrpcError.of(() -> list(AgentStateFilter.getDefaultInstance(), "made up"));

        assertThat(List.of(ofOther, ofNobody)).allSatisfy(error -> {
            assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(error.reason()).isEqualTo("FOREIGN_TOKEN");
            assertThat(error.metadata()).isEqualTo(Map.of("field", "page_token"));
        });
    }

    /** In the form of a token of ours, with a position that cannot be. */
    @Test
    void aForgedPageTokenIsForeignAndNoFaultOfTheServers() {
        List.of("a", "b").forEach(id -> declare(named(id), Presence.PRESENCE_AVAILABLE));
        String ours = client.agents()
                .listAgentStates(
                        ListAgentStatesRequest.newBuilder().setPageSize(1).build())
                .getNextPageToken();
        String plain = new String(Base64.getUrlDecoder().decode(ours), StandardCharsets.UTF_8);
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((plain.split("\n")[0] + "\nno id").getBytes(StandardCharsets.UTF_8));

        GrpcError error = GrpcError.of(() -> list(AgentStateFilter.getDefaultInstance(), forged));

        assertThat(error.reason()).isEqualTo("FOREIGN_TOKEN");
    }

    private String named(String suffix) {
        return agent + '-' + suffix;
    }

    private void startIn(String queue, String agentId) {
        client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(Client.call(Client.fresh("call")).setQueueId(queue))
                        .build());
    }

    private List<ListAgentStatesResponse> pages(ListAgentStatesRequest request) {
        List<ListAgentStatesResponse> pages = new ArrayList<>();
        String token = "";
        do {
            pages.add(client.agents()
                    .listAgentStates(request.toBuilder().setPageToken(token).build()));
            token = pages.get(pages.size() - 1).getNextPageToken();
        } while (!token.isEmpty());
        return pages;
    }

    private ListAgentStatesResponse list(AgentStateFilter filter, String token) {
        return client.agents()
                .listAgentStates(ListAgentStatesRequest.newBuilder()
                        .setFilter(filter)
                        .setPageToken(token)
                        .build());
    }

    private AgentState declare(String agentId, Presence presence) {
        return client.agents()
                .setPresence(SetPresenceRequest.newBuilder()
                        .setAgentId(agentId)
                        .setPresence(presence)
                        .build())
                .getAgentState();
    }

    private GetAgentStateResponse read(Consistency consistency) {
        return client.agents()
                .getAgentState(GetAgentStateRequest.newBuilder()
                        .setAgentId(agent)
                        .setConsistency(consistency)
                        .build());
    }

    private static Consistency atLeast(long revision) {
        return Consistency.newBuilder().setAtLeastRevision(revision).build();
    }
}
