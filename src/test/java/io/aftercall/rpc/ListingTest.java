package io.aftercall.rpc;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentStatesResponse;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.TenantId;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All pages of one listing show one moment. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class ListingTest {

    private static final int AGENTS = 40;
    private static final int LISTINGS = 3;

    @RegisterExtension
    final Client client = new Client();

    @Inject
    AgentStore store;

    private final String prefix = Client.fresh("agent");
    private final List<String> ids =
            IntStream.range(0, AGENTS).mapToObj(n -> prefix + '-' + n).sorted().toList();
    private final AtomicInteger written = new AtomicInteger();

    @Test
    void whileAgentsChangeAllPagesAreOfOneRevisionAndTogetherWhatTheLogSays() {
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> changeUntil(enough));
        try {
            for (int listing = 0; listing < LISTINGS; listing++) {
                await().until(() -> written.get() > AGENTS);

                List<ListAgentStatesResponse> pages = pages(filter().build(), AGENTS / 8);

                assertThat(pages).hasSize(8);
                assertThat(pages)
                        .extracting(ListAgentStatesResponse::getRevision)
                        .containsOnly(pages.get(0).getRevision());
                assertThat(agents(pages)).isEqualTo(logged(pages.get(0).getRevision()));
            }
        } finally {
            enough.set(true);
            writer.join();
        }
    }

    @Test
    void aTokenOfAMomentThatIsNotInMemoryIsRefusedInWords() {
        ids.stream().limit(2).forEach(id -> declare(id, Presence.PRESENCE_AVAILABLE));
        String ours = page(filter().build(), 1, "").getNextPageToken();

        for (String place : List.of("of-another-history 1 1 ", "of-another-history 999999999999999999 1 ")) {
            GrpcError error = GrpcError.of(() -> page(filter().build(), 1, at(place + ids.get(0), ours)));

            assertThat(error.code()).isEqualTo(Code.OUT_OF_RANGE);
            assertThat(error.reason()).isEqualTo("TOKEN_EXPIRED");
            assertThat(error.metadata()).isEqualTo(Map.of("field", "page_token"));
        }
    }

    /** A token like ours, of another place. */
    private static String at(String place, String ours) {
        String plain = new String(Base64.getUrlDecoder().decode(ours), StandardCharsets.UTF_8);
        return Pages.token(place, plain.split("\n")[0]);
    }

    private void changeUntil(AtomicBoolean enough) {
        while (!enough.get()) {
            int turn = written.get();
            declare(
                    ids.get(turn * 7 % AGENTS),
                    turn / AGENTS % 2 == 0 ? Presence.PRESENCE_AVAILABLE : Presence.PRESENCE_NOT_READY);
            written.incrementAndGet();
        }
    }

    private void declare(String agent, Presence presence) {
        client.agents()
                .setPresence(SetPresenceRequest.newBuilder()
                        .setAgentId(agent)
                        .setPresence(presence)
                        .build());
    }

    private AgentStateFilter.Builder filter() {
        return AgentStateFilter.newBuilder().addAllAgentIds(ids);
    }

    /** Something is written between any two. */
    private List<ListAgentStatesResponse> pages(AgentStateFilter filter, int size) {
        List<ListAgentStatesResponse> pages = new ArrayList<>();
        String token = "";
        do {
            pages.add(page(filter, size, token));
            token = pages.get(pages.size() - 1).getNextPageToken();
            int before = written.get();
            await().until(() -> written.get() > before);
        } while (!token.isEmpty());
        return pages;
    }

    private ListAgentStatesResponse page(AgentStateFilter filter, int size, String token) {
        return client.agents()
                .listAgentStates(ListAgentStatesRequest.newBuilder()
                        .setFilter(filter)
                        .setPageSize(size)
                        .setPageToken(token)
                        .build());
    }

    private static List<AgentState> agents(List<ListAgentStatesResponse> pages) {
        return pages.stream()
                .flatMap(page -> page.getAgentStatesList().stream())
                .toList();
    }

    /** By ascending id. */
    private List<AgentState> logged(long revision) {
        Map<String, AgentState> agents = new TreeMap<>();
        for (CommittedChange entry : await(store.changesAfter(TenantId.DEFAULT, 0, Instant.EPOCH, Integer.MAX_VALUE))) {
            entry.change()
                    .map(change -> new StoredAgent(change.state(), entry.revision()))
                    .filter(agent -> agent.revision() <= revision
                            && agent.state().agentId().value().startsWith(prefix))
                    .ifPresent(agent -> agents.put(
                            agent.state().agentId().value(), AgentStateProto.write(agent, any -> Optional.empty())));
        }
        return List.copyOf(agents.values());
    }
}
