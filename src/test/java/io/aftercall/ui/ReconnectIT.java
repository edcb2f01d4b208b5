package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.faults.TcpProxy;
import io.aftercall.faults.TcpProxy.Weather;
import io.aftercall.rpc.Client;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page whose network or server goes away, and comes back. */
class ReconnectIT {

    @RegisterExtension
    static final ServedPages pages = new ServedPages();

    private static final Pattern CUT_FOR_30_SECONDS = Pattern.compile("Reconnecting, as of 0:[3-5]\\d ago");

    private static final Pattern RECONNECTING = Pattern.compile("Reconnecting");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final String crew = Client.fresh("crew");
    private final List<String> agentIds =
            IntStream.range(0, 10).mapToObj(i -> crew + "-" + i).toList();
    private TcpProxy network;

    @BeforeEach
    void connect() {
        network = new TcpProxy(vertx, pages.server().httpPort());
    }

    @AfterEach
    void disconnect() {
        network.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void nothingIsMissedOrDoubledWhenTheNetworkIsSilentForHalfAMinute() {
        Page page = openThroughTheNetwork();
        startAcws("before");
        assertThat(page.locator(".tile.AGENT_STATUS_AFTER_CALL_WORK")).hasCount(agentIds.size());

        network.turn(Weather.HALF_OPEN);
        completeAcws("before");
        startAcws("meanwhile");
        completeAcws("meanwhile");
        assertThat(mark(page)).hasText(CUT_FOR_30_SECONDS, within(60_000));
        assertThat(page.locator(".tile.AGENT_STATUS_AFTER_CALL_WORK")).hasCount(agentIds.size());

        network.turn(Weather.FAIR);
        assertThat(mark(page)).hasText("Live", within(30_000));
        assertThat(page.locator(".tile.AGENT_STATUS_AVAILABLE")).hasCount(agentIds.size());
        startAcws("after");
        assertThat(page.locator(".tile.AGENT_STATUS_AFTER_CALL_WORK")).hasCount(agentIds.size());
        assertEachChangeCameOnce(page);
    }

    @Test
    void goesOnByItselfWhenTheServerIsBack() throws IOException {
        Page page = openThroughTheNetwork();
        pages.server().killForcibly();
        assertThat(mark(page)).hasText(RECONNECTING);
        pages.server().start();
        assertThat(mark(page)).hasText("Live", within(30_000));
        startAcws("after");
        assertThat(page.locator(".tile.AGENT_STATUS_AFTER_CALL_WORK")).hasCount(agentIds.size());
        assertEachChangeCameOnce(page);
    }

    /** Beside its own, the page has a feed that counts. */
    private Page openThroughTheNetwork() {
        Page page = pages.window(Look.DESK).newPage();
        page.navigate("http://localhost:" + network.port() + "/");
        assertThat(mark(page)).hasText("Live");
        page.evaluate(
                """
                async () => {
                  const { Feed } = await import('/ui/lib/feed.js');
                  const feed = new Feed();
                  globalThis.changes = [];
                  feed.addEventListener('event', ({ detail }) => globalThis.changes.push(detail));
                  const live = new Promise((resolve) => feed.addEventListener('state', resolve, { once: true }));
                  feed.open();
                  await live;
                }
                """);
        page.getByPlaceholder("Find an agent").fill(crew);
        return page;
    }

    private void assertEachChangeCameOnce(Page page) {
        for (String agentId : agentIds) {
            long version = pages.client().state(agentId).getVersion();
            String seen =
                    """
                    ([id, version]) => globalThis.changes.some(({ state }) => state.agent_id === id && state.version === version)
                    """;
            // The page's policy lets nobody wait in it for a text that is evaluated.
            await().pollInSameThread()
                    .until(() -> (Boolean) page.evaluate(seen, List.of(agentId, Long.toString(version))));
        }
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> changes = (List<Map<String, Object>>)
                page.evaluate(
                        """
                () => globalThis.changes.map(({ state, revision, coalesced_count: count }) => ({
                  agent: state.agent_id, version: Number(state.version), revision: Number(revision), count: count ?? 1 }))
                """);
        assertThat(changes)
                .as("none twice, none out of order")
                .extracting(change -> number(change, "revision"))
                .isSorted()
                .doesNotHaveDuplicates();
        for (String agentId : agentIds) {
            long told = changes.stream()
                    .filter(change -> change.get("agent").equals(agentId))
                    .mapToLong(change -> number(change, "count"))
                    .sum();
            assertThat(told)
                    .as("changes of " + agentId)
                    .isEqualTo(pages.client().state(agentId).getVersion());
        }
    }

    private static long number(Map<String, Object> change, String field) {
        return ((Number) change.get(field)).longValue();
    }

    private static com.microsoft.playwright.Locator mark(Page page) {
        return page.locator(".mark");
    }

    private static LocatorAssertions.HasTextOptions within(double millis) {
        return new LocatorAssertions.HasTextOptions().setTimeout(millis);
    }

    private void startAcws(String interactionId) {
        for (String agentId : agentIds) {
            pages.client().rules(agentId, Policy.newBuilder().setDuration(Client.seconds(300)));
            pages.client().startAcw(agentId, interactionId);
        }
    }

    private void completeAcws(String interactionId) {
        for (String agentId : agentIds) {
            pages.client()
                    .acw()
                    .completeAcw(CompleteAcwRequest.newBuilder()
                            .setAgentId(agentId)
                            .setInteractionId(interactionId)
                            .build());
        }
    }
}
