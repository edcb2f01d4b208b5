package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.rpc.Client;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The floor in a real browser. */
class FloorIT {

    @RegisterExtension
    static final ServedPages pages = new ServedPages();

    private final String agentId = Client.fresh("agent");
    private final String queueId = Client.fresh("queue");

    @Test
    void showsWhatAnAgentDoesWhileItHappens() {
        Page page = pages.open("/");
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();

        startAcw(300);
        assertThat(tile(page)).containsText("After-call work");
        assertThat(tile(page)).containsText(Pattern.compile("4:5\\d"));

        pages.client()
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteractionId("call-of-" + agentId)
                        .build());
        assertThat(tile(page)).containsText("Available");
    }

    @Test
    void extendsAnAcwAndEndsItForAReason() {
        startAcw(60);
        Page page = pages.open("/");
        tile(page).click();
        Locator panel = page.getByRole(AriaRole.COMPLEMENTARY, new Page.GetByRoleOptions().setName(agentId));

        button(panel, "Extend +30 s").click();
        assertThat(panel.getByRole(AriaRole.HEADING).last()).containsText(Pattern.compile("1:[2-5]\\d"));

        assertThat(panel).containsText(Pattern.compile("it ends at \\d"));

        button(panel, "End now").click();
        assertThat(panel.getByRole(AriaRole.ALERT)).containsText("Say why");
        panel.getByLabel("Reason").fill("Callers are waiting");
        panel.getByLabel("Reason").press("Enter");
        assertThat(panel).containsText("No open work");
        assertThat(pages.client().state(agentId).getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
    }

    @Test
    void endsAllAcwsOfAQueueFromItsHeading() {
        startAcw(300);
        String other = Client.fresh("agent");
        startAcw(300, other, "another-queue");
        Page page = pages.open("/ui/floor.html?group=queue");
        Locator heading = page.locator(".group").filter(new Locator.FilterOptions().setHasText(queueId));
        assertThat(heading).containsText("on average");

        button(heading, "End ACW (1)").click();
        Locator question = page.getByRole(AriaRole.DIALOG);
        assertThat(question).containsText("One ACW is open");
        ServedPages.assertAccessible(page);
        question.getByLabel("Reason").fill("Callers are waiting");
        button(question, "End all").click();

        assertThat(page.getByText("One ACW was ended.")).isVisible();
        assertThat(pages.client().state(agentId).getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
        assertThat(pages.client().state(other).getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);
    }

    @Test
    void setsAStatusForAfterTheWork() {
        startAcw(300);
        Page page = pages.open("/");
        tile(page).click();
        Locator panel = page.getByRole(AriaRole.COMPLEMENTARY);

        panel.getByLabel("Set the status").selectOption("Not ready: Lunch");
        button(panel, "Set").click();

        assertThat(panel).containsText("After the work: Not ready.");
        assertThat(pages.client().state(agentId).getNextPresence().getNotReadyReason())
                .isEqualTo("LUNCH");
    }

    /** A wall is a bookmark, and is filled also by few. */
    @Test
    void isAsItsAddressSays() {
        startAcw(300);
        Page page = pages.open(
                "/ui/floor.html?status=after_call_work&find=" + agentId,
                new Look("en-GB", ColorScheme.LIGHT, 3840, 2160));
        assertThat(page.locator(".tile")).hasCount(1);
        assertThat((Integer) tile(page).evaluate("e => e.offsetHeight")).isGreaterThan(200);

        page.getByLabel("View").selectOption("List");
        button(page.locator("main"), "Available").click();
        page.reload();
        assertThat(page.getByLabel("View")).hasValue("list");
        assertThat(page.getByLabel("Find an agent")).hasValue(agentId);
        assertThat(page.locator("[aria-pressed=true].status")).hasCount(2);
        assertThat(page.locator(".heads")).containsText("ACW left");
    }

    /** The countdown is the server's, whatever the browser believes. */
    @Test
    void countsDownByTheServersClock() {
        long deadline = startAcw(120);
        BrowserContext window = pages.window(Look.DESK);
        window.addInitScript(
                """
                const wrong = 3_600_000;
                const { now } = Date;
                Date.now = () => now() + wrong;
                Date = class extends Date { constructor(...of) { super(...(of.length ? of : [now() + wrong])); } };
                const { timeOrigin } = performance;
                Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin + wrong });
                """);
        Page page = window.newPage();
        page.navigate(pages.address("/"));
        assertThat(tile(page)).containsText(Pattern.compile("1:[0-5]\\d"));

        double believed =
                ((Number) page.evaluate("async () => (await import('/ui/lib/clock.js')).now()")).doubleValue();
        long real = System.currentTimeMillis();
        assertThat(believed).isCloseTo(real, org.assertj.core.data.Offset.offset(200.0));
        String shown = tile(page).locator(".time b").textContent().strip();
        long seconds = Long.parseLong(shown.split(":")[0]) * 60 + Long.parseLong(shown.split(":")[1]);
        assertThat(seconds * 1_000).isBetween(deadline - System.currentTimeMillis() - 250, deadline - real + 1_250);
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        startAcw(60);
        Page page = pages.open("/");
        page.getByPlaceholder("Find an agent").focus();
        page.keyboard().type(agentId);
        assertThat(page.locator(".tile")).hasCount(1);
        for (int i = 0;
                i < 5
                        && tile(page)
                                .evaluate("e => e !== document.activeElement")
                                .equals(true);
                i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.COMPLEMENTARY)).containsText(agentId);
    }

    @ParameterizedTest
    @MethodSource("io.aftercall.ui.Look#all")
    void isAccessibleInEachLook(Look look) {
        startAcw(60);
        Page page = pages.open("/", look);
        tile(page).click();
        assertThat(page.getByRole(AriaRole.COMPLEMENTARY)).containsText(agentId);
        if (look != Look.NARROW) {
            assertThat((List<?>) page.locator(".tile .who")
                            .evaluateAll(
                                    "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"))
                    .as("names of 42 characters that are cut")
                    .isEmpty();
        }
        assertThat(page.locator("html")).hasAttribute("lang", look.language().substring(0, 2));
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("nothing is beyond the window's edge")
                .isLessThanOrEqualTo(look.width());
        ServedPages.picture(page, "floor-" + look);
        ServedPages.assertAccessible(page);
    }

    private Locator tile(Page page) {
        return page.locator("[data-agent='" + agentId + "']");
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    /** Returns its deadline, in milliseconds. */
    private long startAcw(long seconds) {
        return startAcw(seconds, agentId, queueId);
    }

    private static long startAcw(long seconds, String agentId, String queueId) {
        pages.client()
                .rules(
                        agentId,
                        Policy.newBuilder()
                                .setDuration(Client.seconds(seconds))
                                .setMaxExtensions(3)
                                .setExtensionDuration(Client.seconds(30)));
        return Timestamps.toMillis(pages.client()
                .acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(Client.call("call-of-" + agentId).setQueueId(queueId))
                        .build())
                .getAcw()
                .getDeadlineTime());
    }
}
