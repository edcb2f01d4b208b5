package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.rpc.Client;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent's day in a real browser. */
class AgentDayIT {

    @RegisterExtension
    static final ServedPages pages = new ServedPages();

    private final String agentId = Client.fresh("agent");
    private final String interactionId = "call-of-" + agentId;

    /** Available, engaged, in ACW, at lunch. */
    @BeforeEach
    void work() {
        declare(Presence.PRESENCE_AVAILABLE, "");
        pages.client()
                .agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(Client.call(interactionId).setQueueId("sales"))
                        .build());
        pages.client()
                .acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(Client.call(interactionId).setQueueId("sales"))
                        .build());
        declare(Presence.PRESENCE_NOT_READY, "LUNCH");
        pages.client()
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteractionId(interactionId)
                        .setWrapUp(WrapUp.newBuilder()
                                .setSubject("New address")
                                .setNotes("Moves in May")
                                .addTags("address"))
                        .build());
    }

    private void declare(Presence presence, String reason) {
        pages.client()
                .agents()
                .setPresence(SetPresenceRequest.newBuilder()
                        .setAgentId(agentId)
                        .setPresence(presence)
                        .setNotReadyReason(reason)
                        .build());
    }

    private Page open(Look look) {
        Page page = pages.open("/ui/agent-day.html?agent=" + agentId, look);
        assertThat(page.locator("rect.span")).hasCount(4);
        return page;
    }

    @Test
    void tellsWhatHeDid() {
        Page page = open(Look.DESK);

        page.getByText("Statuses (4)").click();
        Locator statuses = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Statuses (4)"))
                .locator("tbody tr");
        assertThat(statuses).containsText(new Pattern[] {
            Pattern.compile("Available"),
            Pattern.compile("Engaged"),
            Pattern.compile("After-call work"),
            Pattern.compile("now.*Not ready\\s*LUNCH", Pattern.DOTALL)
        });
        Locator acw = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(interactionId));
        assertThat(acw).containsText("sales");
        assertThat(acw).containsText("Completed");
        assertThat(acw).containsText("Complete");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Wrap-ups")))
                .containsText(Pattern.compile("New address\\s*Moves in May"));
        assertThat(page.getByText(Pattern.compile("Times in .+ \\(GMT.*\\)"))).isVisible();
    }

    /** A slip is noticed after *Done*, and the day is where it is seen. */
    @Test
    void aWrapUpIsOpenedAgainFromTheDay() {
        Page page = open(Look.DESK);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Edit"))
                .click();

        assertThat(page.getByLabel("What the customer wanted")).hasValue("New address");
        assertThat(page.getByLabel("Disposition")).isVisible();
        assertThat(page.getByText("No dispositions are set up yet")).isVisible();
        ServedPages.assertAccessible(page);
    }

    @Test
    void isOpenedFromTheFloorAndGoesFromDayToDay() {
        Page page = pages.open("/");
        page.locator("[data-agent='" + agentId + "']").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open the day"))
                .click();
        assertThat(page.locator("rect.span")).hasCount(4);
        assertThat(page.getByText("My day")).not().hasAttribute("aria-current", "page");
        String today = page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))
                .textContent();

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("The day before"))
                .click();
        assertThat(page.getByText("No after-call work on this day")).isVisible();
        assertThat(page.locator("rect.span")).hasCount(0);
        page.goBack();
        assertThat(page.locator("rect.span")).hasCount(4);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(today);
    }

    @Test
    void theTimelineIsUsedWithTheKeyboardAlone() {
        Page page = open(Look.DESK);
        Locator told = page.locator("day-timeline [role=status]");
        page.locator(".plot").focus();

        page.keyboard().press("Home");
        assertThat(told).containsText("Available");
        page.keyboard().press("ArrowRight");
        assertThat(told).containsText("Engaged");
        page.keyboard().press("End");
        assertThat(told).containsText("Not ready (LUNCH)");
        assertThat(page.getByText("Closer")).isDisabled();
        page.keyboard().press("-");
        assertThat(page.getByText("Closer")).isEnabled();
        page.keyboard().press("+");
        assertThat(page.getByText("Closer")).isDisabled();
    }

    @Test
    void whoIsNotKnownIsSaidToBe() {
        Page page = pages.open("/ui/agent-day.html?agent=nobody");

        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    }

    @ParameterizedTest
    @MethodSource("io.aftercall.ui.Look#all")
    void isAccessibleInEachLook(Look look) {
        Page page = open(look);
        page.locator("summary").click();
        assertThat(page.locator("html")).hasAttribute("lang", look.language().substring(0, 2));
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("nothing is beyond the window's edge")
                .isLessThanOrEqualTo(look.width());
        ServedPages.picture(page, "day-" + look);
        ServedPages.assertAccessible(page);
    }
}
