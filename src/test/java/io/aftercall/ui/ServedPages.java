package io.aftercall.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.aftercall.ServerProcess;
import io.aftercall.rpc.Client;
import io.aftercall.security.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The packaged server's pages in a real browser: a server for each class of tests, a browser for all. A test fails also
 * if one of its pages reported an error or asked anybody else for anything.
 */
final class ServedPages implements BeforeAllCallback, AfterTestExecutionCallback, AfterEachCallback, AfterAllCallback {

    private static final Path PICTURES = Path.of("target", "pages");

    private final ServerProcess server;
    private final List<BrowserContext> windows = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private Browser browser;
    private Client client;

    ServedPages() {
        try {
            server = ServerProcess.onFreshData();
        } catch (IOException e) {
            throw new IllegalStateException("No place for the server's data", e);
        }
    }

    /** With a setting of the server's, by its environment variable. */
    ServedPages with(String variable, String value) {
        server.with(variable, value);
        return this;
    }

    /** Of a server that asks for tokens of this issuer. */
    ServedPages askingFor(Issuer issuer) {
        try {
            Path keys = Files.createTempFile(Files.createDirectories(Path.of("target", "issuer")), "keys-", ".json");
            issuer.publishTo(keys);
            return with("AFTERCALL_AUTH_ISSUER", Issuer.NAME)
                    .with("AFTERCALL_AUTH_AUDIENCE", Issuer.AUDIENCE)
                    .with("AFTERCALL_AUTH_KEYS", keys.toAbsolutePath().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        browser = SharedBrowser.of(context);
        server.start();
        client = server.client();
    }

    /** Calls of a router. */
    Client client() {
        return client;
    }

    ServerProcess server() {
        return server;
    }

    String address(String path) {
        return "http://localhost:" + server.httpPort() + path;
    }

    /** A window of a browser that nobody has used before. */
    BrowserContext window(Look look) {
        BrowserContext window = browser.newContext(look.options());
        windows.add(window);
        window.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        window.onWebError(error -> complaints.add(error.error()));
        window.onRequest(request -> {
            if (!request.url().startsWith("http://localhost:") && !request.url().startsWith("data:")) {
                complaints.add("asked " + request.url());
            }
        });
        return window;
    }

    Page open(String path, Look look) {
        Page page = window(look).newPage();
        page.navigate(address(path));
        return page;
    }

    Page open(String path) {
        return open(path, Look.DESK);
    }

    /** What is shown now, to be looked at, as {@code target/pages/<name>.png}. */
    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    /** Fails if somebody with a handicap could not use what is shown now, after the rules of WCAG 2.2 AA and axe's own. */
    static void assertAccessible(Page page) {
        // Legacy mode: no second page for each check, which only frames of other origins want.
        assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                .as("accessibility of %s", page.url())
                .isEmpty();
    }

    /** A test that expects a complaint takes it away. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            String test = context.getRequiredTestClass().getSimpleName() + "-" + context.getDisplayName();
            List<Page> pages =
                    windows.stream().flatMap(window -> window.pages().stream()).toList();
            for (int i = 0; i < pages.size(); i++) {
                picture(pages.get(i), "failed-" + test.replaceAll("[^A-Za-z0-9]+", "-") + "-" + i);
            }
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        windows.forEach(BrowserContext::close);
        windows.clear();
        List<String> found = List.copyOf(complaints);
        complaints.clear();
        assertThat(found).as("what the pages complained of").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        client.close();
        server.close();
    }
}
