package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.sun.net.httpserver.HttpServer;
import io.aftercall.web.Person;
import io.aftercall.web.TestProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** People sign in and out with a real browser, also in a frame of another site, and lose nothing by it. */
class SignInIT {

    private static final TestProvider PROVIDER = TestProvider.start();

    /** To a browser, another site than localhost. */
    private static final HttpServer CRM = crm();

    private static final String CRM_ADDRESS =
            "http://127.0.0.1:" + CRM.getAddress().getPort() + "/";

    @RegisterExtension
    static final ServedPages pages = served();

    private static ServedPages served() {
        ServedPages served = new ServedPages();
        PROVIDER.environment(served.address("")).forEach(served::with);
        return served.with("AFTERCALL_WEB_FRAME_ANCESTORS", CRM_ADDRESS.replaceAll("/$", ""));
    }

    private static HttpServer crm() {
        try {
            HttpServer crm = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            crm.createContext("/", exchange -> {
                byte[] page = ("<!doctype html><title>CRM</title><iframe name=acw width=900 height=500 src='"
                                + pages.address("/ui" + exchange.getRequestURI().getPath()) + "'></iframe>")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            crm.start();
            return crm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        CRM.stop(0);
        PROVIDER.close();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** The floor, on the way to which somebody has signed in. */
    private static Page floor(String subject) {
        PROVIDER.expect(new Person("default", subject, "supervisor"));
        Page page = pages.open("/ui/floor.html");
        assertThat(page).hasURL(pages.address("/ui/floor.html"));
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        return page;
    }

    @Test
    void whoOpensAPageSignsInOnTheWayAndOutAgain() {
        Page page = floor("sofia");

        assertThat(page.getByText("sofia")).isVisible();
        assertThat(page.evaluate("document.cookie")).as("what scripts see").isEqualTo("");
        ServedPages.picture(page, "sign-in-floor");

        button(page, "Sign out").click();
        page.waitForURL(Pattern.compile(".*(endsession|sign-in\\.html).*"));
        page.navigate(pages.address("/ui/sign-in.html"));
        assertThat(page.getByText("You are signed out.")).isVisible();
        assertThat(page.evaluate("fetch('/api/session').then((answer) => answer.status)"))
                .isEqualTo(401);
    }

    @Test
    void aSessionThatEndsTakesNothingThatWasTyped() {
        Page page = floor("sofia");
        Locator find = page.getByLabel("Find an agent");
        find.pressSequentially("ana");

        page.context().clearCookies();
        page.evaluate("import('/ui/lib/call.js').then(({ answer }) => answer('/api/session', {})).catch(() => {})");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("You are signed out.");
        assertThat(page).hasURL(pages.address("/ui/floor.html?find=ana"));
        ServedPages.assertAccessible(page);
        ServedPages.picture(page, "sign-in-ended");

        PROVIDER.expect(new Person("default", "rosa", "supervisor"));
        Page window = page.waitForPopup(() -> button(page, "Sign in").click());
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
        assertThat(page.getByText("rosa")).isVisible();
        assertThat(find).hasValue("ana");
        page.waitForCondition(window::isClosed);
    }

    @Test
    void anAgentSignsInWithinACrm() {
        BrowserContext desk = pages.window(Look.DESK);
        desk.route(pages.address("/ui/wrap-up.html"), SignInIT::standIn);
        Page page = desk.newPage();
        page.navigate(CRM_ADDRESS + "wrap-up.html");
        FrameLocator frame = page.frameLocator("iframe");
        assertThat(frame.getByRole(AriaRole.ALERT)).containsText("You are signed out.");
        frame.getByRole(AriaRole.TEXTBOX).fill("Wants to be called back");

        PROVIDER.expect(new Person("default", "ana", "agent").with("agent_id", "ana"));
        Page window = page.waitForPopup(
                () -> frame.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Sign in"))
                        .click());

        assertThat(frame.getByRole(AriaRole.ALERT)).hasCount(0);
        assertThat(frame.getByText("ana", new FrameLocator.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(frame.getByRole(AriaRole.TEXTBOX)).hasValue("Wants to be called back");
        page.waitForCondition(window::isClosed);
        ServedPages.picture(page, "sign-in-crm");
        assertThat(desk.cookies().stream().filter(cookie -> cookie.name.contains("session")))
                .as("kept for the frames of this CRM alone")
                .isNotEmpty()
                .allSatisfy(SignInIT::assertPartitioned);
        assertThat(page.evaluate("fetch('" + pages.address("/api/session")
                        + "', { credentials: 'include' }).then(() => 'read', () => 'refused')"))
                .as("what the CRM itself gets")
                .isEqualTo("refused");
        pages.complaints().removeIf(complaint -> complaint.contains(CRM_ADDRESS) || complaint.contains("CORS"));
    }

    private static void assertPartitioned(Cookie cookie) {
        assertThat(cookie.secure).isTrue();
        assertThat(cookie.httpOnly).isTrue();
    }

    /** With the server's headers; what an agent's window has in it matters elsewhere. */
    private static void standIn(Route route) {
        APIResponse served = route.fetch();
        route.fulfill(new Route.FulfillOptions()
                .setResponse(served)
                .setStatus(200)
                .setContentType("text/html")
                .setBody("<!doctype html><html lang=en><title>Stand-in</title><textarea aria-label=Notes></textarea>"
                        + "<app-frame></app-frame><script type=module src=/ui/lib/frame.js></script></html>"));
    }

    @Test
    void noOtherPageIsFramed() {
        Page page = pages.window(Look.DESK).newPage();
        page.navigate(CRM_ADDRESS + "sign-in.html");

        assertThat(page.frameLocator("iframe").getByText("Aftercall")).hasCount(0);
        assertThat(pages.complaints()).anyMatch(complaint -> complaint.contains("frame-ancestors"));
        pages.complaints().clear();
    }

    static java.util.stream.Stream<Look> looks() {
        return Look.all();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void whatWentWrongIsSaidForEverybody(Look look) {
        for (String problem : new String[] {"unexpected", "declined", "refused", "unavailable"}) {
            Page page = pages.open("/ui/sign-in.html?problem=" + problem, look);
            assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
            assertThat(page.getByRole(AriaRole.ALERT)).not().containsText("access.");
            ServedPages.assertAccessible(page);
            ServedPages.picture(page, "sign-in-" + problem + "-" + look);
        }
    }
}
