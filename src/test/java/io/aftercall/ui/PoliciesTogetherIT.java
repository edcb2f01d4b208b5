package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.aftercall.ui.PoliciesIT.rules;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.ListPolicyRevisionsRequest;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.rpc.Client;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies window beside other supervisors, over a bad network, with the keyboard, and in each look. */
class PoliciesTogetherIT {

    @RegisterExtension
    static final ServedPages pages = new ServedPages();

    private final String team = Client.fresh("team").substring(0, 13);
    private final String ana = "ana-of-" + team;
    private PolicyDesk desk;

    @BeforeEach
    void aTeamOfOne() {
        desk = new PolicyDesk(pages);
        desk.describe(ana, team);
    }

    @Test
    void twoWhoChangeTheSameAreBothHeard() {
        setForTeam(60);
        Page page = desk.open("rules/TEAM/" + team);
        fill(page, "duration", "1.5");
        fill(page, "max_extensions", "8");

        desk.set(
                PolicyScope.POLICY_SCOPE_TEAM,
                team,
                rules().setDuration(Client.seconds(25)).setRestDuration(Client.seconds(3)));
        desk.button(page, "Save").click();

        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("anonymous changed it");
        assertThat(dialog.getByLabel("Theirs: Rest afterwards 3 s")).isChecked();
        assertThat(dialog.getByLabel("Mine: Extensions 8")).isChecked();
        assertThat(desk.button(page, "Save this")).isDisabled();
        assertThat(dialog).containsText("Choose first.");
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(25));

        dialog.getByLabel("Mine: Time 1 min 30 s").check();
        desk.button(page, "Save this").click();

        assertThat(page.locator("policy-outcome")).containsText("Changed");
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(90));
        assertThat(desk.effective(ana).getMaxExtensions()).isEqualTo(8);
        assertThat(desk.effective(ana).getRestDuration()).isEqualTo(Client.seconds(3));
    }

    @Test
    void whoeverIsSecondDoesNotOverwriteTheFirstPolicyEither() {
        Page page = desk.open("rules/TEAM/" + team);
        assertThat(desk.button(page, "30 s")).isVisible();
        setForTeam(25);
        desk.button(page, "30 s").click();

        assertThat(page.getByRole(AriaRole.DIALOG).getByLabel("Theirs: Time 25 s"))
                .isVisible();
        ServedPages.assertAccessible(page);
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(25));
        page.getByRole(AriaRole.DIALOG).getByLabel("Mine: Time 30 s").check();
        desk.button(page, "Save this").click();
        assertThat(page.locator("policy-outcome")).containsText("Changed");
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(30));
    }

    @Test
    void whoeverIsSecondSwitchesNothingBlindly() {
        Page page = desk.open("agents");
        page.getByPlaceholder("Find an agent").fill(ana);
        assertThat(page.locator("tr[data-agent]")).hasCount(1);
        desk.set(PolicyScope.POLICY_SCOPE_AGENT, ana, rules().setMode(AcwMode.ACW_MODE_FIXED));
        page.getByLabel("After-call work: " + ana).click();

        assertThat(page.getByText("Somebody else has just changed this agent’s rules"))
                .isVisible();
        assertThat(page.locator("tr[data-agent]")).containsText("1 rule set here");
        assertThat(desk.effective(ana).getMode()).isEqualTo(AcwMode.ACW_MODE_FIXED);
    }

    @Test
    void whatAnotherSupervisorChangesShowsUp() {
        Page page = desk.open("rules/TEAM/" + team);
        assertThat(page.locator("[data-holds=duration]")).containsText("20 s");

        setForTeam(600);
        page.evaluate("window.dispatchEvent(new Event('focus'))");

        assertThat(page.locator("[data-holds=duration]")).containsText("10 min");
        assertThat(page.getByText("anonymous changed the rules of “Team " + team + "”"))
                .isVisible();
    }

    @Test
    void whatIsRefusedIsSaidAtTheFieldAndWhatWasTypedStays() {
        Page page = desk.open("rules/TEAM/" + team);
        fill(page, "max_extensions", "500");
        fill(page, "duration", "30");
        desk.button(page, "Save").click();

        assertThat(page.locator("[data-rule=max_extensions]")).containsText("must be 0 to 100");
        assertThat(page.locator("#rule-max_extensions")).isFocused();
        assertThat(page.locator("#rule-max_extensions")).hasAttribute("aria-invalid", "true");
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(20));

        page.locator(".node").first().click();
        assertThat(page.locator("#policy-name")).hasText("Everybody");
        page.goBack();
        assertThat(page.locator("#rule-max_extensions")).hasValue("500");
        fill(page, "max_extensions", "5");
        desk.button(page, "Save").click();
        assertThat(page.locator("policy-outcome")).containsText("Changed");
        assertThat(desk.effective(ana).getMaxExtensions()).isEqualTo(5);
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(30));
    }

    /** What the page has no words for is the server's, and marked as English for who has the page read out. */
    @Test
    void whatIsRefusedIsSaidInTheLanguageOfThePage() {
        Page page = desk.open("rules/TEAM/" + team, new Look("es-ES", ColorScheme.LIGHT, 1400, 900));
        fill(page, "max_extensions", "500");
        fill(page, "rest_duration", "7200");
        fill(page, "timeout_disposition", "no good");
        page.locator("#rule-mode").selectOption("Sin límite: lo termina el agente");
        fill(page, "duration", "30");
        desk.button(page, "Guardar").click();

        assertThat(page.locator("#rule-max_extensions-wrong")).hasText("Debe estar entre 0 y 100.");
        assertThat(page.locator("#rule-rest_duration-wrong")).hasText("Debe estar entre 0 s y 1 h.");
        assertThat(page.locator("#rule-duration-wrong [lang=en]")).containsText("contradicts mode DISCRETIONARY");
        assertThat(page.locator("policy-editor [lang=en]:not(#rule-duration-wrong *)"))
                .hasCount(0);
        ServedPages.assertAccessible(page);

        page.navigate(pages.address("/ui/policies.html#rules/AGENT/nobody-of-" + team));
        desk.button(page, "45 s").click();
        assertThat(page.locator("policy-editor .problem")).hasText(Pattern.compile("Nombre: No existe ese agente\\."));
    }

    /** The answer is lost; who clicks again has not changed it twice. */
    @Test
    void isChangedOnceHoweverOftenTheNetworkFails() {
        Page page = desk.open("rules/TEAM/" + team);
        AtomicInteger calls = new AtomicInteger();
        page.route("**/UpdatePolicy", route -> {
            if (calls.getAndIncrement() == 0) {
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });

        desk.button(page, "3 min").click();
        assertThat(page.locator("policy-editor .problem")).containsText("does not answer");
        desk.button(page, "3 min").click();

        assertThat(page.locator("policy-outcome")).containsText("Changed");
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(180));
        assertThat(pages.client()
                        .policies()
                        .listPolicyRevisions(ListPolicyRevisionsRequest.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_TEAM)
                                .setScopeId(team)
                                .build())
                        .getRevisionsCount())
                .isEqualTo(1);
    }

    @Test
    void saysThatItCannotReadAndReadsAgain() {
        Page page = desk.open("rules");
        assertThat(page.locator("[data-holds=duration]")).isVisible();
        page.route("**/GetEffectivePolicy", route -> route.abort());
        page.locator(".node", new Page.LocatorOptions().setHasText(team)).click();
        assertThat(page.locator("policy-editor [role=alert]")).containsText("does not answer");

        page.unroute("**/GetEffectivePolicy");
        page.locator("policy-editor").getByText("Try again").click();
        assertThat(page.locator("#rule-duration")).isVisible();
        assertThat(page.locator("policy-editor [role=alert]")).isHidden();
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        Page page = desk.open("rules");
        assertThat(page.locator(".preset").first()).isVisible();
        page.getByLabel("Find a team").focus();
        page.keyboard().type(team);
        assertThat(page.locator(".tree details").first().locator(".node")).hasCount(1);
        tabTo(page, "Everybody");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page.locator("#policy-name")).hasText("Team " + team);

        tabTo(page, "15 s");
        page.keyboard().press("Enter");
        assertThat(page.locator("policy-outcome")).containsText("Changed");
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(15));

        tabTo(page, "Apply to the whole team…");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        page.keyboard().press("Escape");
        assertThat(desk.button(page, "Apply to the whole team…")).isFocused();

        tabTo(page, "Undo");
        page.keyboard().press("Space");
        assertThat(page.locator("policy-outcome")).containsText("Taken back");
        assertThat(desk.effective(ana).getDuration()).isEqualTo(Client.seconds(20));
    }

    @ParameterizedTest
    @MethodSource("io.aftercall.ui.Look#all")
    void isAccessibleInEachLook(Look look) {
        setForTeam(60);
        Page page = desk.open("rules/TEAM/" + team, look);
        fill(page, "max_extensions", "500");
        page.locator(".save .main").click();
        assertThat(page.locator(".wrong")).isVisible();
        looksGood(page, look, "rules");

        page.locator(".save button").first().click();
        page.locator("policy-editor .to-all").click();
        assertThat(page.locator("dialog .figures")).isVisible();
        looksGood(page, look, "preview");
        page.keyboard().press("Escape");

        // Of theme and language the pages before have shown everything; these have other shapes.
        if (!look.equals(Look.DESK) && !look.equals(Look.NARROW)) {
            return;
        }
        page.navigate(pages.address("/ui/policies.html#agents"));
        assertThat(page.locator("tr[data-agent]").first()).isVisible();
        looksGood(page, look, "agents");

        page.navigate(pages.address("/ui/policies.html#history/TEAM/" + team));
        assertThat(page.locator("li[data-revision]").first()).isVisible();
        looksGood(page, look, "history");
    }

    private static void looksGood(Page page, Look look, String what) {
        assertThat(page.locator("html")).hasAttribute("lang", look.language().substring(0, 2));
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("nothing is beyond the window's edge")
                .isLessThanOrEqualTo(look.width());
        ServedPages.picture(page, "policies-" + what + "-" + look);
        ServedPages.assertAccessible(page);
    }

    private void setForTeam(long seconds) {
        desk.set(PolicyScope.POLICY_SCOPE_TEAM, team, rules().setDuration(Client.seconds(seconds)));
    }

    private static void fill(Page page, String rule, String value) {
        page.locator("#rule-" + rule).fill(value);
        page.locator("#rule-" + rule).press("Tab");
    }

    /** Presses Tab until this has the focus. */
    private static void tabTo(Page page, String text) {
        Locator there =
                page.locator("button:focus", new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*" + text)));
        for (int i = 0; i < 150 && there.count() == 0; i++) {
            page.keyboard().press("Tab");
        }
        assertThat(there).isFocused();
    }
}
