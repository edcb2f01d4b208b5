package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.aftercall.ui.AgentWindow.isSaved;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import io.aftercall.api.v1.WrapUpStatus;
import io.aftercall.rpc.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The window of an agent in a page of another origin: the one that the documentation shows. */
class EmbeddingIT {

    private static final Path EXAMPLE = Path.of("docs", "examples", "embedding.html");

    private static final HttpServer CRM_SERVER = serving(EXAMPLE);
    private static final HttpServer STRANGERS_SERVER = serving(EXAMPLE);
    private static final String CRM = origin(CRM_SERVER);
    private static final String STRANGER = origin(STRANGERS_SERVER);

    @RegisterExtension
    static final ServedPages pages = new ServedPages().with("AFTERCALL_WEB_FRAME_ANCESTORS", CRM);

    private final String call = Client.fresh("call");
    private final AgentWindow agent = new AgentWindow(pages).rules(60);

    @AfterEach
    void theParentIsNoneOfOurPages() {
        pages.complaints().removeIf(complaint -> complaint.startsWith("asked http://127.0.0.1:"));
    }

    @Test
    void thePageAroundFollowsTheWorkAndWritesIntoIt() {
        Page crm = embedded(CRM);
        assertThat(crm.locator("#log")).containsText("aftercall.ready");
        agent.hangUp(call);
        assertThat(crm.locator("#customer")).hasText(agent.customerId);
        assertThat(crm.locator("#log")).containsText("aftercall.acw-started");
        assertThat(crm.locator("#log")).containsText(Pattern.compile("\"deadline_time\":\"20"));

        crm.locator("#note").click();
        FrameLocator window = crm.frameLocator("#aftercall");
        assertThat(window.locator("textarea[name=notes]")).hasValue("Bought: fibre 600");
        assertThat(window.locator("header")).not().isVisible();
        isSaved(window.locator(".saving"));
        assertThat(agent.written(call).getWrapUp().getNotes()).isEqualTo("Bought: fibre 600");
        crm.onceDialog(dialog -> {
            assertThat(dialog.message()).startsWith("DISPOSITION_REQUIRED");
            dialog.accept();
        });
        crm.locator("#done").click();
        assertThat(crm.locator("#log")).containsText("\"reason\":\"DISPOSITION_REQUIRED\"");

        crm.locator("#sale").click();
        crm.locator("#done").click();
        assertThat(crm.locator("#log")).containsText("aftercall.wrap-up-completed");
        assertThat(crm.locator("#log")).containsText("\"end_reason\":\"ACW_END_REASON_COMPLETED\"");
        assertThat(crm.locator("#log")).not().containsText("Bought");
        assertThat(agent.written(call).getVersion().getStatus()).isEqualTo(WrapUpStatus.WRAP_UP_STATUS_FINAL);
        assertThat(agent.written(call).getWrapUp().getDispositionCode()).isEqualTo("SALE");
    }

    @Test
    void theAgentOpensACustomerThere() {
        Page crm = embedded(CRM);
        agent.hangUp(call);
        crm.frameLocator("#aftercall")
                .getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName(agent.customerId))
                .first()
                .click();
        assertThat(crm.locator("#log")).containsText("aftercall.open-customer");
    }

    @Test
    void aRequestThatIsNotAsDocumentedChangesNothing() {
        Page crm = embedded(CRM);
        agent.hangUp(call);
        FrameLocator window = crm.frameLocator("#aftercall");
        assertThat(window.locator("textarea[name=notes]")).isVisible();
        post(crm, "{type: 'aftercall.set-notes', version: 2, request_id: 'r1', text: 7}");
        assertThat(crm.locator("#log")).containsText("\"reason\":\"INVALID_FIELDS\"");
        assertThat(crm.locator("#log")).containsText("\"field\":\"version\"");
        assertThat(crm.locator("#log")).containsText("\"field\":\"text\"");
        assertThat(window.locator("textarea[name=notes]")).hasValue("");
    }

    /** As if the browser had let it in: the window itself neither believes a stranger nor tells him anything. */
    @Test
    void aStrangerIsNeitherHeardNorTold() {
        Page stranger = letIn(STRANGER);
        agent.hangUp(call);
        FrameLocator window = stranger.frameLocator("#aftercall");
        assertThat(window.locator("textarea[name=notes]")).isVisible();
        post(stranger, "{type: 'aftercall.set-notes', version: 1, text: 'forged'}");
        window.locator("[name=subject]").fill("typed");
        isSaved(window.locator(".saving"));
        assertThat(agent.written(call).getWrapUp().getSubject()).isEqualTo("typed");
        assertThat(window.locator("textarea[name=notes]")).hasValue("");
        assertThat(stranger.locator("#log")).isEmpty();
    }

    @AfterAll
    static void stop() {
        CRM_SERVER.stop(0);
        STRANGERS_SERVER.stop(0);
    }

    /** A site of its own, as 127.0.0.1 is another one than localhost. */
    private static HttpServer serving(Path page) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", exchange -> {
                byte[] content = Files.readAllBytes(page);
                exchange.getResponseHeaders().add("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String origin(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void post(Page page, String message) {
        page.evaluate("document.getElementById('aftercall').contentWindow.postMessage(" + message + ", '*')");
    }

    private Page embedded(String origin) {
        return embedded(origin, pages.window(Look.DESK));
    }

    private Page letIn(String origin) {
        BrowserContext browser = pages.window(Look.DESK);
        browser.route("**/ui/wrap-up.html*", route -> {
            APIResponse page = route.fetch();
            Map<String, String> headers = new HashMap<>(page.headers());
            headers.computeIfPresent("content-security-policy", (name, policy) -> policy.replace(CRM, origin));
            route.fulfill(new Route.FulfillOptions().setResponse(page).setHeaders(headers));
        });
        return embedded(origin, browser);
    }

    /** The documented example at an origin. */
    private Page embedded(String origin, BrowserContext browser) {
        Page page = browser.newPage();
        page.navigate(origin + "/crm.html?aftercall=" + pages.address("/") + "&agent=" + agent.agentId);
        assertThat(page.frameLocator("#aftercall").locator("main")).containsText("You appear with your first call");
        return page;
    }
}
