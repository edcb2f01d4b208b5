package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.rpc.Client;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The policies window in a real browser: what a supervisor does with rules. */
class PoliciesIT {

    @RegisterExtension
    static final ServedPages pages = new ServedPages();

    private final String team = Client.fresh("team").substring(0, 13);
    private final String ana = "ana-of-" + team;
    private final String ben = "ben-of-" + team;
    private PolicyDesk desk;

    @BeforeEach
    void aTeamOfTwo() {
        desk = new PolicyDesk(pages);
        desk.describe(ana, team);
        desk.describe(ben, team);
    }

    @AfterEach
    void nothingIsLeftForEverybody() {
        desk.clearTenant();
    }

    @Test
    void aPresetHoldsAfterOneClick() {
        Page page = desk.open("rules/TEAM/" + team);

        desk.button(page, "45 s").click();

        assertThat(page.locator("policy-outcome"))
                .containsText("Changed: Team " + team + " · Time: 45 s. 2 agents now have different rules.");
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(45));
        assertThat(desk.button(page, "45 s")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator("[data-holds=duration]")).containsText(cells("45 s", "Team " + team));
    }

    @Test
    void whatIsSetHereIsInheritedAgainAfterOneClick() {
        desk.set(PolicyScope.POLICY_SCOPE_TEAM, team, rules().setMaxExtensions(7));
        Page page = desk.open("rules/TEAM/" + team);
        assertThat(rule(page, "max_extensions")).containsText("Set here");

        page.getByLabel("Inherit: Extensions").click();

        assertThat(rule(page, "max_extensions")).containsText("Default");
        assertThat(desk.effective(ana).getMaxExtensions()).isEqualTo(3);
    }

    @Test
    void anAgentIsFoundAndHisRulesSayWhereTheyComeFrom() {
        desk.set(PolicyScope.POLICY_SCOPE_TEAM, team, rules().setDuration(Client.seconds(75)));
        Page page = desk.open("rules");

        page.getByLabel("Find a team, queue or agent").fill(ben.toUpperCase());
        page.locator(".node", new Page.LocatorOptions().setHasText(ben)).click();

        assertThat(page.locator("[data-holds=duration]")).containsText(cells("1 min 15 s", "Team " + team));
        assertThat(page.locator("[data-holds=max_extensions]")).containsText(cells("3", "Default"));
        assertThat(rule(page, "duration")).containsText("From Team " + team);
        page.locator("policy-editor select").first().selectOption("Chats");
        assertThat(page).hasURL(Pattern.compile("#rules/AGENT/.*/CHAT"));
        desk.button(page, "10 s").click();
        assertThat(page.locator("[data-holds=duration]")).containsText(cells("10 s", "Agent " + ben + " · Chats"));
        assertThat(desk.effective(ben).getDuration()).isEqualTo(Client.seconds(75));
    }

    @Test
    void isSwitchedOffForOneAndOnAgain() {
        desk.set(PolicyScope.POLICY_SCOPE_TEAM, team, rules().setMode(AcwMode.ACW_MODE_FIXED));
        Page page = desk.open("agents");
        page.getByPlaceholder("Find an agent").fill(ana);
        Locator box = page.getByLabel("After-call work: " + ana);

        box.click();
        assertThat(box).not().isChecked();
        assertThat(desk.effective(ana).getMode()).isEqualTo(AcwMode.ACW_MODE_OFF);
        assertThat(desk.effective(ben).getMode()).isEqualTo(AcwMode.ACW_MODE_FIXED);

        box.click();
        assertThat(box).isChecked();
        assertThat(desk.effective(ana).getMode()).isEqualTo(AcwMode.ACW_MODE_FIXED);
        assertThat(page.locator("tr[data-agent]").getByText("set here")).hasCount(0);

        page.getByLabel("Agent sees it: " + ana).click();
        assertThat(page.getByLabel("Agent sees it: " + ana)).not().isChecked();
        assertThat(desk.effective(ana).getVisible()).isFalse();
    }

    /** Its rules would be a call for each of them otherwise. */
    @Test
    void aPageOfAgentsIsReadInOneCall() {
        Page page = desk.open("agents");
        assertThat(page.locator("tr[data-agent]").nth(1)).isVisible();

        Object calls = page.evaluate(
                """
                performance.getEntriesByType('resource').map((one) => one.name.split('/').pop())
                    .filter((call) => call.includes('EffectivePolic'))
                """);
        assertThat(calls).isEqualTo(List.of("BatchGetEffectivePolicies"));
    }

    @Test
    void isSwitchedOffForAllOnceItIsSaidWhoChangesAndOnAgain() {
        desk.set(PolicyScope.POLICY_SCOPE_AGENT, ana, rules().setMode(AcwMode.ACW_MODE_FIXED));
        Page page = desk.open("agents");
        page.getByPlaceholder("Find an agent").fill(team);
        assertThat(page.locator("tr[data-agent]")).hasCount(2);

        desk.button(page, "Off for all…").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText(Pattern.compile("exceptions? (is|are) cleared"));
        assertThat(page.locator("dialog button.main")).isFocused();
        assertThat(desk.effective(ana).getMode()).as("until it is agreed to").isEqualTo(AcwMode.ACW_MODE_FIXED);
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("After-call work: " + ana)).not().isChecked();
        assertThat(page.getByLabel("After-call work: " + ben)).not().isChecked();
        assertThat(desk.effective(ana).getMode()).isEqualTo(AcwMode.ACW_MODE_OFF);

        desk.button(page, "Undo").click();
        assertThat(page.getByLabel("After-call work: " + ben)).isChecked();
        assertThat(desk.effective(ana).getMode()).isEqualTo(AcwMode.ACW_MODE_FIXED);
        assertThat(desk.effective(ben).getMode()).isEqualTo(AcwMode.ACW_MODE_TIMED);

        desk.button(page, "Off for all…").click();
        assertThat(page.locator("dialog .figures")).isVisible();
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("After-call work: " + ben)).not().isChecked();
        desk.button(page, "On for all…").click();
        assertThat(page.locator("dialog .figures")).isVisible();
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("After-call work: " + ben)).isChecked();
        assertThat(pages.client()
                        .policies()
                        .listPolicies(ListPoliciesRequest.newBuilder()
                                .addScopes(PolicyScope.POLICY_SCOPE_TENANT)
                                .build())
                        .getPoliciesList())
                .as("on is the default and needs no rule")
                .isEmpty();
    }

    /** Nobody switches it off for everybody by mistake, where he sets the rule either. */
    @Test
    void whatIsSavedForEverybodyIsShownFirstIfItSwitchesOff() {
        Page page = desk.open("rules");
        page.locator("#rule-mode").selectOption("Off: free at once");
        desk.button(page, "Save").click();

        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("get different rules");
        page.keyboard().press("Escape");
        assertThat(desk.effective(ana).getMode()).isEqualTo(AcwMode.ACW_MODE_TIMED);
        desk.button(page, "Discard").click();

        desk.button(page, "20 s").click();
        assertThat(page.locator("policy-outcome")).containsText("No agent known so far is affected.");
        desk.button(page, "Apply to all…").click();
        page.getByLabel("keep theirs").check();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Nothing changes for any agent known so far.");
        assertThat(desk.button(page, "Nothing to change")).hasAttribute("aria-disabled", "true");
    }

    @Test
    void queuesAreKnownOnceAnythingCameThroughThem() {
        String queue = "queue-of-" + team;
        desk.record(ana, queue);
        Page page = desk.open("rules");
        assertThat(page.locator(".node.none", new Page.LocatorOptions().setHasText(queue)))
                .isVisible();

        page.getByText("Add rules for a queue, team or agent").click();
        assertThat(page.locator("#add-names option[value='" + queue + "']")).hasCount(1);
        page.getByLabel("Find a team, queue or agent").fill(queue);
        page.locator(".node", new Page.LocatorOptions().setHasText(queue)).click();
        assertThat(page.locator("#policy-name")).hasText("Queue " + queue);
    }

    @Test
    void isAppliedToAllAfterAPreviewAndReachesAnOpenAcw() {
        desk.set(PolicyScope.POLICY_SCOPE_AGENT, ana, rules().setDuration(Client.seconds(300)));
        AfterCallWork open = pages.client().startAcw(ana, "call-of-" + ana).getAcw();
        Page page = desk.open("rules");
        field(page, "duration").fill("120");
        field(page, "duration").press("Tab");

        desk.button(page, "Apply to all…").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("follows the new rules at once").check();
        Locator line = dialog.getByRole(
                AriaRole.ROW, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + ana + " ")));
        assertThat(line).containsText(cells("5 min", "2 min"));
        assertThat(dialog).containsText(Pattern.compile("exceptions? (is|are) cleared"));
        assertThat(dialog).containsText("1 ACW under way is affected");
        assertThat(deadline(ana)).as("until it is applied").isEqualTo(Timestamps.toMillis(open.getDeadlineTime()));

        dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(Pattern.compile("Apply to \\d+ agents")))
                .click();
        assertThat(page.locator("policy-outcome")).containsText("1 ACW under way follows the new rules");
        assertThat(deadline(ana)).isEqualTo(Timestamps.toMillis(open.getStartTime()) + 120_000);
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(120));
    }

    @Test
    void aDryRunSaysWhoChangesAndChangesNothing() {
        Page page = desk.open("rules/TEAM/" + team);
        field(page, "max_extensions").fill("9");
        field(page, "max_extensions").press("Tab");

        desk.button(page, "Who changes…").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("2 agents get different rules");
        assertThat(dialog.getByRole(AriaRole.ROW).nth(1)).containsText(cells(ana, "All", "Extensions", "3", "9"));
        page.keyboard().press("Escape");

        assertThat(dialog).isHidden();
        assertThat(desk.button(page, "Who changes…")).isFocused();
        assertThat(desk.effective(ana).getMaxExtensions()).isEqualTo(3);
    }

    @Test
    void triesRulesOnThePastAndStopsWhenTold() {
        String queue = "queue-of-" + team;
        desk.record(ana, queue);
        Page page = desk.open("rules");
        desk.button(page, "Try on the past…").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByText("10 s", new Locator.GetByTextOptions().setExact(true)).click();

        dialog.getByLabel("Period").selectOption("Last 92 days");
        dialog.getByText("Start").click();
        assertThat(dialog.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        dialog.getByText("Stop").click();
        assertThat(dialog.getByRole(AriaRole.PROGRESSBAR)).isHidden();
        assertThat(dialog.locator(".gain")).isHidden();

        dialog.getByLabel("Period").selectOption("Last day");
        dialog.getByText("Start").click();
        assertThat(dialog.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName(queue)))
                .containsText("1 → 1");
        assertThat(dialog.locator(".bars")).hasCount(3);
        ServedPages.assertAccessible(page);
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(20));
    }

    @Test
    void tellsWhoChangedWhatAndGoesBack() {
        desk.set(PolicyScope.POLICY_SCOPE_TEAM, team, rules().setDuration(Client.seconds(30)));
        desk.set(PolicyScope.POLICY_SCOPE_TEAM, team, rules().setDuration(Client.seconds(45)));
        Page page = desk.open("history/TEAM/" + team);
        Locator latest = page.locator("li[data-revision]").first();
        assertThat(latest).containsText("anonymous");
        assertThat(latest).containsText("Time: 30 s → 45 s");

        latest.getByText("Back to before this…").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByRole(AriaRole.ROW).nth(1)).containsText(cells("45 s", "30 s"));
        dialog.getByText("Go back, for 2 agents").click();

        assertThat(page.locator("li[data-revision]")).hasCount(3);
        assertThat(page.locator("li[data-revision]").first()).containsText("Went back");
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(30));
    }

    static Policy.Builder rules() {
        return Policy.newBuilder();
    }

    /** Texts of cells beside each other. */
    private static Pattern cells(String... texts) {
        return Pattern.compile(String.join("\\s*", texts));
    }

    private static Locator rule(Page page, String rule) {
        return page.locator("[data-rule=" + rule + "]");
    }

    private static Locator field(Page page, String rule) {
        return page.locator("#rule-" + rule);
    }

    private long deadline(String agent) {
        return Timestamps.toMillis(pages.client().state(agent).getAcws(0).getDeadlineTime());
    }
}
