package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.Assignee;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.FollowUp;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.FollowUpState;
import io.aftercall.api.v1.GetFollowUpRequest;
import io.aftercall.api.v1.ListFollowUpsRequest;
import io.aftercall.api.v1.TakeFollowUpRequest;
import io.aftercall.api.v1.UpdateAgentRequest;
import io.aftercall.api.v1.UpdateFollowUpRequest;
import io.aftercall.rpc.Client;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Follow-ups in a real browser. */
class FollowUpsIT {

    private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"([^\"]+)\"");
    private static final int HOUR = 3_600;

    @RegisterExtension
    static final ServedPages pages = new ServedPages();

    private final String agentId = Client.fresh("agent");
    private final String colleague = Client.fresh("colleague");
    private final String team = Client.fresh("team");
    private final String department = Client.fresh("department");

    @BeforeEach
    void hire() {
        for (String id : List.of(agentId, colleague)) {
            pages.client()
                    .directory()
                    .updateAgent(UpdateAgentRequest.newBuilder()
                            .setAgent(Agent.newBuilder().setAgentId(id).setTeamId(team))
                            .build());
        }
    }

    @Test
    void eachListHasItsFollowUpsAndSaysHowMany() {
        FollowUp own = create(agentId, "own", HOUR, null);
        FollowUp ofTeam = create(
                colleague,
                "of-team",
                2 * HOUR,
                Assignee.newBuilder().setTeamId(team).build());
        FollowUp ofDepartment = create(
                colleague,
                "of-department",
                HOUR,
                Assignee.newBuilder().setDepartmentId(department).build());
        Page page = open();

        assertThat(item(page, own)).containsText("Callback · own");
        assertThat(page.locator(".follow-up")).hasCount(1);
        assertThat(button(page, "Of " + agentId)).containsText("1");
        assertThat(button(page, "Team")).containsText("1");
        button(page, "Team").click();
        assertThat(item(page, ofTeam)).containsText("With team " + team);
        assertThat(item(page, ofTeam)).containsText("Promised by " + colleague);
        assertThat(page.locator(".follow-up")).hasCount(1);
        button(page, "Department").click();
        page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Department"))
                .fill(department);
        page.keyboard().press("Enter");
        assertThat(item(page, ofDepartment)).isVisible();
        page.goBack();
        page.goBack();
        assertThat(item(page, ofTeam)).isVisible();
        page.reload();
        assertThat(item(page, ofTeam)).isVisible();
    }

    @Test
    void whatIsWithTheTeamIsTakenAndDoneAndOpenedAgain() {
        FollowUp made = create(
                colleague, "maria", HOUR, Assignee.newBuilder().setTeamId(team).build());
        Page page = open("&scope=team");

        button(item(page, made), "Take").click();
        assertThat(page.locator(".notice")).containsText("Callback · maria, Open");
        assertThat(page.locator(".follow-up")).hasCount(0);
        button(page, "Of " + agentId).click();
        assertThat(item(page, made)).containsText("With " + agentId);
        button(item(page, made), "Done").click();
        assertThat(page.locator(".follow-up")).hasCount(0);
        assertThat(get(agentId, made).getState()).isEqualTo(FollowUpState.FOLLOW_UP_STATE_DONE);
        button(page, "Done").click();
        button(item(page, made), "Open again").click();
        assertThat(page.locator(".follow-up")).hasCount(0);
        assertThat(get(agentId, made).getState()).isEqualTo(FollowUpState.FOLLOW_UP_STATE_OPEN);
        button(page, "Open").click();
        button(item(page, made), "Cancel it").click();
        assertThat(page.locator(".follow-up")).hasCount(0);
        assertThat(get(agentId, made).getState()).isEqualTo(FollowUpState.FOLLOW_UP_STATE_CANCELLED);
    }

    @Test
    void itIsPutOffToTomorrowMorningAndGivenToAColleague() {
        FollowUp made = create(agentId, "maria", HOUR, null);
        Page page = open();

        button(item(page, made), "Postpone").click();
        button(item(page, made), "Tomorrow 9:00").click();
        assertThat(item(page, made)).containsText("09:00");
        Instant tomorrow = LocalDate.now(ZoneId.systemDefault())
                .plusDays(1)
                .atTime(9, 0)
                .atZone(ZoneId.systemDefault())
                .toInstant();
        assertThat(Timestamps.toMillis(get(agentId, made).getDetails().getDueTime()))
                .isEqualTo(tomorrow.toEpochMilli());

        button(item(page, made), "Reassign").click();
        item(page, made).getByLabel("Name").fill(colleague);
        item(page, made).getByLabel("Name").press("Enter");
        assertThat(page.locator(".follow-up")).hasCount(0);
        assertThat(get(colleague, made).getDetails().getAssignee().getAgentId()).isEqualTo(colleague);
    }

    @Test
    void anotherDepartmentIsToldWhyAndStillWhatItIsAbout() {
        FollowUp made = create(agentId, "maria", HOUR, null);
        Page page = open();

        button(item(page, made), "Escalate").click();
        item(page, made).getByLabel("Department").fill("legal");
        item(page, made).getByLabel("Reason").fill("He threatens to sue");
        item(page, made)
                .locator("form")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Escalate"))
                .click();

        assertThat(item(page, made)).containsText("With department legal");
        FollowUpDetails details = get(agentId, made).getDetails();
        assertThat(details.getAssignee().getDepartmentId()).isEqualTo("legal");
        assertThat(details.getNote()).isEqualTo("He threatens to sue\n\nAbout maria");
        button(item(page, made), "History").click();
        assertThat(item(page, made).getByRole(AriaRole.LISTITEM)).hasCount(2);
        assertThat(item(page, made).getByRole(AriaRole.LISTITEM).last()).containsText("With " + agentId);
    }

    @Test
    void whatBecomesDueIsSaidOnceAndMarkedByShapeAndWord() {
        Page page = open();
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        FollowUp made = create(agentId, "maria", 2, null);
        assertThat(item(page, made)).containsText("Due");

        Locator reminders = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Due now"));
        assertThat(reminders).containsText("Callback · maria About maria");
        assertThat(page.locator("[aria-live=polite]")).hasText("Follow-up due: Callback · maria");
        assertThat(page).hasTitle("(1) Follow-ups · Aftercall");
        assertThat(item(page, made).locator(".when")).containsText("Overdue");
        assertThat(item(page, made)).hasClass(Pattern.compile("overdue"));
        assertThat(button(page, "Overdue")).containsText("1");

        button(reminders, "Done").click();
        assertThat(reminders).hasCount(0);
        assertThat(page).hasTitle("Follow-ups · Aftercall");
        assertThat(item(page, made)).hasCount(0);
        assertThat(get(agentId, made).getState()).isEqualTo(FollowUpState.FOLLOW_UP_STATE_DONE);
    }

    @Test
    void whoWasOvertakenSeesHowItIsAndLosesNothingThatHeTyped() {
        FollowUp made = create(agentId, "maria", HOUR, null);
        Page page = open();
        button(item(page, made), "Edit").click();
        item(page, made).getByLabel("What about").fill("Mine");
        pages.client()
                .followUps()
                .updateFollowUp(UpdateFollowUpRequest.newBuilder()
                        .setAgentId(agentId)
                        .setFollowUpId(made.getFollowUpId())
                        .setDetails(FollowUpDetails.newBuilder().setNote("Theirs"))
                        .build());

        button(item(page, made), "Save").click();
        assertThat(item(page, made).getByRole(AriaRole.ALERT)).containsText("your change was not made");
        assertThat(item(page, made).locator(".what")).containsText("Theirs");
        assertThat(item(page, made).getByLabel("What about")).hasValue("Mine");
        assertThat(get(agentId, made).getDetails().getNote()).isEqualTo("Theirs");

        button(item(page, made), "Save").click();
        assertThat(item(page, made).locator(".what")).containsText("Mine");
        assertThat(get(agentId, made).getDetails().getNote()).isEqualTo("Mine");
    }

    @Test
    void whatSomebodyElseHasTakenIsNotTakenTwice() {
        FollowUp made = create(
                colleague, "maria", HOUR, Assignee.newBuilder().setTeamId(team).build());
        Page page = open("&scope=team");
        assertThat(item(page, made)).isVisible();
        pages.client()
                .followUps()
                .updateFollowUp(UpdateFollowUpRequest.newBuilder()
                        .setAgentId(colleague)
                        .setFollowUpId(made.getFollowUpId())
                        .setDetails(FollowUpDetails.newBuilder()
                                .setAssignee(Assignee.newBuilder().setAgentId(colleague)))
                        .build());

        button(item(page, made), "Take").click();
        assertThat(item(page, made).getByRole(AriaRole.ALERT)).containsText("your change was not made");
        assertThat(get(colleague, made).getHolderAgentId()).isEqualTo(colleague);
    }

    /** He may not look at what others hold, so he is not offered to. */
    @Test
    void anAgentIsOfferedOnlyWhatHeMayDo() {
        FollowUp made = create(
                colleague, "maria", HOUR, Assignee.newBuilder().setTeamId(team).build());
        FollowUp own = create(agentId, "luis", HOUR, null);
        BrowserContext window = pages.window(Look.DESK);
        window.route(
                "**/api/session",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"roles\":[\"agent\"],\"team_ids\":[],\"agent_id\":\"%s\",\"server_time\":\"%s\"}"
                                .formatted(agentId, Instant.now()))));
        Page page = window.newPage();
        page.navigate(pages.address("/ui/follow-ups.html"));

        assertThat(item(page, own).getByRole(AriaRole.BUTTON)).hasCount(7);
        assertThat(button(page, "All")).hasCount(0);
        assertThat(page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Agent")))
                .hasCount(0);
        button(page, "Team").click();
        assertThat(item(page, made).getByRole(AriaRole.BUTTON)).hasText(new String[] {"Take"});
        pages.client()
                .followUps()
                .takeFollowUp(TakeFollowUpRequest.newBuilder()
                        .setAgentId(colleague)
                        .setFollowUpId(made.getFollowUpId())
                        .build());
        button(item(page, made), "Take").click();
        assertThat(page.locator(".notice")).containsText("Somebody else has it by now");
        assertThat(item(page, made)).hasCount(0);
    }

    @Test
    void aChangeThatWasNotAnsweredIsSentAgainAsTheSame() {
        FollowUp made = create(agentId, "maria", HOUR, null);
        Page page = open();
        List<String> sent = new ArrayList<>();
        page.onRequest(request -> requestId(request, sent));
        page.route("**/FollowUpService/UpdateFollowUp", route -> {
            // It arrives, but not its answer.
            route.fetch();
            route.abort();
        });

        button(item(page, made), "Done").click();
        assertThat(item(page, made).getByRole(AriaRole.ALERT)).containsText("The server does not answer");
        page.unroute("**/FollowUpService/UpdateFollowUp");
        button(item(page, made), "Done").click();
        assertThat(item(page, made)).hasCount(0);

        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isEqualTo(sent.get(0));
        assertThat(get(agentId, made).getEtag()).isEqualTo("2");
    }

    @Test
    void aNewOneIsWrittenDownAndEveryMistakeIsNamed() {
        Page page = open();
        button(page, "New follow-up").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Customer").fill("a b");
        dialog.getByLabel("Interaction").fill("c d");
        dialog.getByLabel("What about").fill("The invoice");
        button(dialog, "Create").click();
        assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("Customer: Please use only letters");
        assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("Interaction: Please use only letters");
        assertThat(listed()).isEmpty();

        dialog.getByLabel("Customer").fill("maria");
        dialog.getByLabel("Interaction").fill("c-1");
        dialog.getByLabel("Kind").selectOption("Order");
        button(dialog, "Create").click();
        assertThat(dialog).isHidden();
        assertThat(page.locator(".follow-up")).containsText("Order · maria");
        assertThat(listed()).singleElement().satisfies(made -> {
            assertThat(made.getDetails().getNote()).isEqualTo("The invoice");
            assertThat(made.getInteractionId()).isEqualTo("c-1");
        });
    }

    @Test
    void theNextNewOneBeginsAsTheFirst() {
        Page page = open("&customer=maria");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        for (int made = 1; made <= 2; made++) {
            button(page, "New follow-up").click();
            assertThat(dialog.getByLabel("Customer")).hasValue("maria");
            assertThat(dialog.getByLabel("What about")).hasValue("");
            dialog.getByLabel("What about").fill("The invoice");
            button(dialog, "Create").click();
            assertThat(page.locator(".follow-up")).hasCount(made);
        }
        assertThat(listed()).allSatisfy(made -> {
            assertThat(made.getDetails().getCustomerId()).isEqualTo("maria");
            assertThat(made.getDetails().getDueTime().getSeconds()).isPositive();
        });
    }

    @Test
    void theKeyboardGoesOnWithTheNextOne() {
        FollowUp first = create(agentId, "first", HOUR, null);
        FollowUp next = create(agentId, "next", 2 * HOUR, null);
        Page page = open();

        button(item(page, first), "Done").press("Enter");
        assertThat(item(page, first)).hasCount(0);
        assertThat(item(page, next)).isFocused();
        button(item(page, next), "Done").press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .isFocused();
    }

    @Test
    void aLongListComesInPages() {
        for (int i = 0; i < 60; i++) {
            create(agentId, "customer-" + i, HOUR + i, null);
        }
        Page page = open();
        assertThat(page.locator(".follow-up")).hasCount(50);
        assertThat(button(page, "Of " + agentId)).containsText("60");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("More"))
                .click();
        assertThat(page.locator(".follow-up")).hasCount(60);
        assertThat(page.locator(".follow-up").last()).containsText("customer-59");
    }

    /** The page is drawn again every few seconds; whoever is writing does not notice. */
    @Test
    void whatIsBeingTypedIsNotTypedOver() {
        FollowUp made = create(agentId, "maria", 1, null);
        BrowserContext window = pages.window(Look.DESK);
        window.clock().install();
        Page page = window.newPage();
        page.navigate(pages.address("/ui/follow-ups.html?agent=" + agentId));
        assertThat(item(page, made)).containsText("Overdue");
        button(item(page, made), "Postpone").click();
        Locator due = item(page, made).getByLabel("Due", new Locator.GetByLabelOptions().setExact(true));
        due.fill("2090-01-02T03:04");
        window.clock().runFor(120_000);
        assertThat(due).hasValue("2090-01-02T03:04");
        due.press("Enter");
        assertThat(item(page, made)).containsText("03:04");
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        FollowUp made = create(agentId, "maria", HOUR, null);
        Page page = open();
        assertThat(item(page, made)).isVisible();
        tabTo(page, "Postpone");
        page.keyboard().press("Enter");
        tabTo(page, "In 4 hours");
        page.keyboard().press("Space");
        assertThat(item(page, made)).containsText(Pattern.compile("in [34] hours"));
        tabTo(page, "Done");
        page.keyboard().press("Enter");
        assertThat(item(page, made)).hasCount(0);
    }

    @Test
    void saysThatTheServerIsAwayAndThatThereIsNothing() {
        Page page = open();
        assertThat(page.getByText("Nothing to do here.")).isVisible();
        page.route("**/FollowUpService/**", route -> route.abort());
        button(page, "Overdue").click();
        assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("The server does not answer");
    }

    @ParameterizedTest
    @MethodSource("io.aftercall.ui.Look#all")
    void isAccessibleInEachLook(Look look) {
        create(agentId, "maria", 1, null);
        FollowUp later = create(
                agentId, "luis", HOUR, Assignee.newBuilder().setTeamId(team).build());
        Page page = pages.open("/ui/follow-ups.html?agent=" + agentId, look);
        item(page, later).getByRole(AriaRole.BUTTON).nth(4).click();
        assertThat(item(page, later).locator("form")).isVisible();
        assertThat(page.locator(".overdue.follow-up")).isVisible();
        assertThat(page.locator("html")).hasAttribute("lang", look.language().substring(0, 2));
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("nothing is beyond the window's edge")
                .isLessThanOrEqualTo(look.width());
        ServedPages.picture(page, "follow-ups-" + look);
        ServedPages.assertAccessible(page);
    }

    // ---- how

    private Page open(String... more) {
        return pages.open("/ui/follow-ups.html?agent=" + agentId + String.join("", more));
    }

    private static Locator item(Page page, FollowUp followUp) {
        return page.locator("[data-follow-up='" + followUp.getFollowUpId() + "']");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name + "( \\d+)?$")))
                .first();
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name + "( .*)?$")))
                .last();
    }

    private static void tabTo(Page page, String text) {
        for (int i = 0; i < 40; i++) {
            page.keyboard().press("Tab");
            if (text.equals(page.evaluate("document.activeElement.textContent.trim()"))) {
                return;
            }
        }
        throw new AssertionError("Tab does not reach " + text);
    }

    private static void requestId(Request request, List<String> sent) {
        if (request.url().endsWith("/UpdateFollowUp")) {
            Matcher found = REQUEST_ID.matcher(request.postData());
            assertThat(found.find()).isTrue();
            sent.add(found.group(1));
        }
    }

    private FollowUp create(String holder, String customerId, int seconds, Assignee assignee) {
        FollowUpDetails.Builder details = FollowUpDetails.newBuilder()
                .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                .setDueTime(Timestamps.fromMillis(System.currentTimeMillis() + seconds * 1_000L))
                .setCustomerId(customerId)
                .setNote("About " + customerId);
        if (assignee != null) {
            details.setAssignee(assignee);
        }
        return pages.client()
                .followUps()
                .createFollowUp(CreateFollowUpRequest.newBuilder()
                        .setAgentId(holder)
                        .setDetails(details)
                        .build())
                .getFollowUp();
    }

    private static FollowUp get(String holder, FollowUp followUp) {
        return pages.client()
                .followUps()
                .getFollowUp(GetFollowUpRequest.newBuilder()
                        .setAgentId(holder)
                        .setFollowUpId(followUp.getFollowUpId())
                        .build())
                .getFollowUp();
    }

    private List<FollowUp> listed() {
        return pages.client()
                .followUps()
                .listFollowUps(
                        ListFollowUpsRequest.newBuilder().addAgentIds(agentId).build())
                .getFollowUpsList();
    }
}
