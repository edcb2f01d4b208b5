package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.aftercall.ui.AgentWindow.disposition;
import static io.aftercall.ui.AgentWindow.isSaved;
import static io.aftercall.ui.AgentWindow.notes;
import static io.aftercall.ui.AgentWindow.subject;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.Disposition;
import io.aftercall.api.v1.DispositionServiceGrpc;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.ImportDispositionsRequest;
import io.aftercall.api.v1.InteractionPreview;
import io.aftercall.api.v1.ListFollowUpsRequest;
import io.aftercall.api.v1.OfferPreviewRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.api.v1.WrapUpRecord;
import io.aftercall.api.v1.WrapUpStatus;
import io.aftercall.rpc.Client;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The window of an agent in a real browser. */
class WrapUpIT {

    @RegisterExtension
    static final ServedPages pages = new ServedPages().with("AFTERCALL_EMAIL_FROM", "Acme <service@acme.example>");

    private static final String CALL = Client.fresh("call");

    private final AgentWindow agent = new AgentWindow(pages).rules(60);

    @BeforeAll
    static void thereIsACatalogue() throws IOException {
        Struct.Builder form = Struct.newBuilder();
        JsonFormat.parser()
                .merge(
                        """
                        {"type": "object", "required": ["amount"], "additionalProperties": false, "properties": {
                          "amount": {"type": "integer", "title": "Amount", "minimum": 1},
                          "product": {"enum": ["Fibre", "Mobile"], "title": "Product"},
                          "gift": {"type": "boolean", "title": "With a gift"},
                          "begin": {"type": "string", "format": "date", "title": "Begins on"},
                          "odd": {"type": "object", "title": "Other data"}}}
                        """,
                        form);
        DispositionServiceGrpc.newBlockingStub(pages.client().channel())
                .importDispositions(ImportDispositionsRequest.newBuilder()
                        .addDispositions(kind("SALES", "Sales", "").setGroup(true))
                        .addDispositions(kind("SALE", "Sale made", "SALES").setFormSchema(form))
                        .addDispositions(kind("NO_SALE", "No sale", "SALES"))
                        .addDispositions(kind("QUESTION", "Question answered", ""))
                        .addDispositions(kind("FAX", "Fax sent", ""))
                        .build());
    }

    private static Disposition.Builder kind(String code, String label, String parent) {
        return Disposition.newBuilder().setCode(code).setLabel(label).setParentCode(parent);
    }

    @Test
    void isThereWhenACallEnds() {
        Page page = agent.open();
        assertThat(page.locator("main")).containsText("You appear with your first call");
        List<Double> delays = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            page.evaluate(
                    """
                    () => {
                      window.appeared = new Promise((resolve) => new MutationObserver((changes, observer) => {
                        if (!document.querySelector('wrap-up-form textarea[name=notes]')) return;
                        observer.disconnect();
                        resolve(performance.timeOrigin + performance.now());
                      }).observe(document, { subtree: true, childList: true }));
                    }
                    """);
            AfterCallWork acw = agent.hangUp(CALL + i);
            double appeared = ((Number) page.evaluate("window.appeared")).doubleValue();
            delays.add(appeared - Timestamps.toMillis(acw.getStartTime()));
            assertThat(page.getByRole(AriaRole.TIMER)).hasText(Pattern.compile("1:00|0:5\\d"));
            assertThat(page.locator(".facts")).containsText("sales");
            complete(CALL + i);
            assertThat(page.locator("main")).containsText("The next interaction may come at any moment");
        }
        assertThat(delays.stream().sorted().toList().get(1))
                .as("from the commit until the form is there, the middle of %s", delays)
                .isLessThan(300);
    }

    @Test
    void countsDownByTheServersClock() {
        long deadline = Timestamps.toMillis(agent.hangUp(CALL).getDeadlineTime());
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
        Page page = agent.open(window);
        assertThat(page.getByRole(AriaRole.TIMER)).hasText(Pattern.compile("0:[0-5]\\d"));

        long before = System.currentTimeMillis();
        String shown = page.getByRole(AriaRole.TIMER).textContent().strip();
        long after = System.currentTimeMillis();
        long seconds = Long.parseLong(shown.split(":")[0]) * 60 + Long.parseLong(shown.split(":")[1]);
        // It shows whole seconds that have begun, and is drawn ten times a second.
        assertThat(seconds * 1_000).isBetween(deadline - after - 200, deadline - before + 1_200);
        assertThat(page).hasTitle(Pattern.compile("0:\\d\\d .*"));
    }

    @Test
    void losesNothingInAReload() {
        agent.hangUp(CALL);
        Page page = agent.open();
        notes(page).pressSequentially("not saved yet");
        page.reload();
        assertThat(notes(page)).hasValue("not saved yet");
        assertThat(page.locator(".word")).containsText("is back");
        agent.untilWritten(CALL, standing -> standing.getNotes().equals("not saved yet"));
        isSaved(page);
        assertThat(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('aftercall.draft'))"))
                .as("what is still kept in the browser")
                .isEqualTo(List.of());
    }

    @Test
    void losesNothingWhenTheServerIsKilled() throws IOException {
        agent.rules(600).hangUp(CALL);
        BrowserContext browser = pages.window(Look.DESK);
        Page page = agent.open(browser);
        notes(page).fill("before");
        isSaved(page);
        pages.server().killForcibly();
        notes(page).pressSequentially(", and while it was away");
        assertThat(page.locator(".saving")).containsText("Kept on this computer, not saved yet");
        page.close();

        pages.server().start();
        Page again = agent.open(browser);
        assertThat(notes(again)).hasValue("before, and while it was away");
        agent.untilWritten(CALL, standing -> standing.getNotes().equals("before, and while it was away"));
        isSaved(again);
    }

    /** The answer to a save is lost: it is asked for again, and is not somebody else's writing. */
    @Test
    void aLostAnswerIsNoConflict() {
        agent.hangUp(CALL);
        BrowserContext browser = pages.window(Look.DESK);
        browser.route(
                "**/WrapUpService/SaveWrapUp",
                route -> {
                    route.fetch();
                    route.abort();
                },
                new BrowserContext.RouteOptions().setTimes(2));
        Page page = agent.open(browser);
        notes(page).pressSequentially("one");
        assertThat(page.locator(".saving")).containsText("not saved yet");
        notes(page).pressSequentially(" two");
        isSaved(page);
        WrapUpRecord record =
                agent.untilWritten(CALL, standing -> standing.getNotes().equals("one two"));
        assertThat(record.getVersion().getWrapUpRevision()).isEqualTo(2);
    }

    @Test
    void keepsWhatIsTypedWhileNobodyIsSignedIn() {
        agent.hangUp(CALL);
        BrowserContext browser = pages.window(Look.DESK);
        Consumer<Route> signedOut = route -> route.fulfill(new Route.FulfillOptions()
                .setStatus(401)
                .setContentType("application/problem+json")
                .setBody("{\"status\": 401, \"title\": \"CREDENTIALS_EXPIRED\", \"detail\": \"Sign in again\"}"));
        browser.route("**/WrapUpService/SaveWrapUp", signedOut);
        Page page = agent.open(browser);
        notes(page).fill("typed");
        assertThat(page.locator(".saving")).hasText("Kept on this computer, not saved yet. You are signed out.");
        browser.unroute("**/WrapUpService/SaveWrapUp");
        isSaved(page);
        assertThat(agent.written(CALL).getWrapUp().getNotes()).isEqualTo("typed");
    }

    @Test
    void showsSeveralAtOnceAndWhatHasNoEnd() {
        AgentWindow agent = new AgentWindow(pages);
        agent.hangUp(CALL + "-timed");
        pages.client().rules(agent.agentId, Policy.newBuilder().setMode(AcwMode.ACW_MODE_DISCRETIONARY));
        agent.hangUp(CALL);
        Page page = agent.open();
        Locator tabs = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Open work"));
        assertThat(tabs.getByRole(AriaRole.BUTTON)).hasText(new Pattern[] {
            Pattern.compile(agent.customerId + " · \\d\\d:\\d\\d:\\d\\d [01]:\\d\\d"),
            Pattern.compile(agent.customerId + " · \\d\\d:\\d\\d:\\d\\d open-ended")
        });
        assertThat(page.locator(".clock .beneath")).hasText("open-ended");
        notes(page).fill("of the one without an end");
        tabs.getByRole(AriaRole.BUTTON).first().click();
        assertThat(page.locator(".clock .beneath")).hasText("left");
        assertThat(notes(page)).hasValue("");
        notes(page).fill("of the other");
        tabs.getByText("open-ended").click();
        assertThat(notes(page)).hasValue("of the one without an end");
        agent.untilWritten(CALL, standing -> standing.getNotes().equals("of the one without an end"));
        agent.untilWritten(CALL + "-timed", standing -> standing.getNotes().equals("of the other"));
    }

    @Test
    void whoIsNoAgentLooksOnOrChoosesOne() {
        agent.hangUp(CALL);
        BrowserContext browser = pages.window(Look.DESK);
        browser.route("**/api/session", route -> {
            APIResponse session = route.fetch();
            String told = session.text().replaceFirst("\"roles\":\\[[^]]*]", "\"roles\":[\"supervisor\"]");
            route.fulfill(new Route.FulfillOptions().setResponse(session).setBody(told));
        });
        Page page = browser.newPage();
        page.navigate(pages.address("/ui/wrap-up.html"));
        page.getByLabel("Agent").fill(agent.agentId);
        button(page, "Open");
        assertThat(page.getByText("Only the agent can write here.")).isVisible();
        assertThat(notes(page)).isDisabled();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Done")))
                .hasCount(0);
    }

    @Test
    void twoWindowsMergeWhatTheyWrite() {
        agent.hangUp(CALL);
        Page one = agent.open();
        notes(one).fill("Called about the invoice.");
        isSaved(one);
        Page other = agent.open();
        assertThat(notes(other)).hasValue("Called about the invoice.");

        subject(one).fill("Invoice");
        notes(one).fill("Called about the invoice. One wrote this.");
        agent.untilWritten(CALL, standing -> standing.getNotes().contains("One"));
        notes(other).fill("Called about the invoice. The other wrote that.");
        Locator merge = other.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Written in two places"));
        assertThat(merge).containsText("One wrote this.");
        assertThat(subject(other)).hasValue("Invoice");
        assertThat(other.locator(".saving")).containsText("choose first");
        ServedPages.picture(other, "wrap-up-merge");
        ServedPages.assertAccessible(other);

        merge.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take both"))
                .click();
        isSaved(other);
        assertThat(agent.written(CALL).getWrapUp().getNotes())
                .isEqualTo("Called about the invoice.\nOne wrote this.\nThe other wrote that.");
    }

    @Test
    void savesWhatIsTypedWhenTimeRunsOutAndCompletesItLate() {
        agent.rules(3).hangUp(CALL);
        Page page = agent.open();
        StringBuilder typed = new StringBuilder();
        while (page.getByRole(AriaRole.TIMER).count() > 0 && typed.length() < 400) {
            notes(page).pressSequentially("x ");
            typed.append("x ");
        }
        assertThat(page.locator(".ended")).containsText("Time ran out.");
        agent.untilWritten(CALL, standing -> standing.getNotes().contentEquals(typed));
        assertThat(page.locator(".ended")).containsText("Something is still missing.");
        Locator left = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("To complete"));
        assertThat(left.getByRole(AriaRole.LISTITEM)).hasCount(1);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close"))
                .click();
        left.getByRole(AriaRole.BUTTON).first().click();
        assertThat(notes(page)).hasValue(typed.toString());
        disposition(page).fill("question");
        disposition(page).press("Enter");
        page.keyboard().press("Control+Enter");
        assertThat(left).containsText("Nothing is left to complete.");
        assertThat(agent.written(CALL).getVersion().getStatus()).isEqualTo(WrapUpStatus.WRAP_UP_STATUS_FINAL);
    }

    /** Where nothing is required nothing is missing, and there may still be more to say. */
    @Test
    void whatASupervisorEndedIsReachedAgainAfterAReload() {
        AgentWindow agent = new AgentWindow(pages);
        agent.hangUp(CALL);
        Page page = agent.open();
        notes(page).fill("half a sent");
        isSaved(page);
        pages.client()
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent.agentId)
                        .setInteractionId(CALL)
                        .setForce(true)
                        .setForceReason("Many are waiting")
                        .build());
        assertThat(page.locator(".ended")).containsText("The reason given: Many are waiting.");
        Locator recent = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Recent wrap-ups"));

        page.reload();
        assertThat(page.locator(".calm")).isVisible();
        recent.getByRole(AriaRole.BUTTON).click();
        assertThat(notes(page)).hasValue("half a sent");
        notes(page).fill("half a sentence");
        done(page);
        assertThat(page.locator(".calm")).isVisible();
        assertThat(agent.written(CALL).getWrapUp().getNotes()).isEqualTo("half a sentence");
    }

    @Test
    void warnsBeforeTheEndAndTakesNoFocus() {
        agent.rules(12, 9).hangUp(CALL);
        Page page = agent.open();
        notes(page).focus();
        assertThat(page.locator(".clock.ending")).isVisible();
        assertThat(page.locator("wrap-up-page > [role=status]")).containsText("Ending soon");
        assertThat(page).hasTitle(Pattern.compile("⚠ 0:0\\d.*"));
        assertThat(notes(page)).isFocused();
    }

    @Test
    void followsAPolicyThatChanges() {
        agent.hangUp(CALL);
        Page page = agent.open();
        assertThat(page.getByRole(AriaRole.TIMER)).hasText(Pattern.compile("1:00|0:5\\d"));
        pages.client()
                .policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                                .setScopeId(agent.agentId)
                                .setDuration(Client.seconds(180)))
                        .setApplyToOpenAcws(true)
                        .build());
        assertThat(page.locator(".word")).hasText("The rules have changed: 2:00 more.");
        assertThat(page.getByRole(AriaRole.TIMER)).hasText(Pattern.compile("2:[45]\\d"));

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Extend by 0:30 2 left"))
                .click();
        assertThat(page.getByText("1 left")).isVisible();
        assertThat(page.getByRole(AriaRole.TIMER)).hasText(Pattern.compile("3:[12]\\d"));
    }

    @Test
    void saysWhatIsMissingWhereItIsMissing() {
        agent.hangUp(CALL);
        Page page = agent.open();
        assertThat(page.locator("disposition-picker .needed")).hasText("required");
        done(page);
        assertThat(disposition(page)).isFocused();
        assertThat(page.locator("#disposition-error")).hasText("Choose a disposition first.");

        disposition(page).fill("sales");
        assertThat(page.getByRole(AriaRole.TREEITEM)).hasCount(3);
        page.getByRole(AriaRole.TREEITEM, new Page.GetByRoleOptions().setName("Sales"))
                .click();
        assertThat(page.getByRole(AriaRole.TREEITEM)).hasCount(3);
        page.getByRole(AriaRole.TREEITEM, new Page.GetByRoleOptions().setName("Sale made"))
                .click();
        assertThat(disposition(page)).hasValue("Sales › Sale made");
        done(page);
        assertThat(page.locator("#form-amount-error")).isVisible();
        assertThat(page.getByLabel("Amount")).isFocused();

        page.getByLabel("Amount").fill("3");
        page.getByLabel("Product").selectOption("Mobile");
        page.getByLabel("With a gift").check();
        page.getByLabel("Begins on").fill("2026-12-24");
        page.getByLabel("Other data").fill("{\"a\": 1}");
        done(page);
        assertThat(page.locator("main")).containsText("The wrap-up is complete.");
        assertThat(agent.written(CALL).getWrapUp().getFormValues().getFieldsMap())
                .containsEntry("amount", Value.newBuilder().setNumberValue(3).build())
                .containsEntry(
                        "product", Value.newBuilder().setStringValue("Mobile").build())
                .containsEntry("gift", Value.newBuilder().setBoolValue(true).build())
                .containsEntry(
                        "begin", Value.newBuilder().setStringValue("2026-12-24").build())
                .containsKey("odd");
    }

    @Test
    void tagsPromisesAndMails() {
        agent.hangUp(CALL);
        Page page = agent.open();
        subject(page).fill("Line broken");
        Locator tags = page.getByLabel("Tags", new Page.GetByLabelOptions().setExact(true))
                .first();
        tags.fill("line");
        tags.press("Enter");
        tags.fill("urgent,");
        page.getByLabel("Remove urgent").click();

        button(page, "Promise something");
        page.getByLabel("About").fill("Send a technician");
        button(page, "Add now");
        assertThat(page.locator(".made")).containsText("Send a technician");
        button(page, "Promise something");
        choice(page, "What").selectOption("FOLLOW_UP_KIND_ORDER");
        button(page, "In a week");

        page.getByLabel("Send the customer a summary by e-mail").check();
        page.getByLabel("Address").fill("ana@customer.example");
        page.getByLabel("Address").press("Tab");
        choice(page, "In").selectOption("en");
        button(page, "Preview");
        assertThat(page.locator(".preview")).containsText("Line broken");

        disposition(page).fill("question");
        disposition(page).press("Enter");
        done(page);
        assertThat(page.locator("main")).containsText("The wrap-up is complete.");
        WrapUp standing = agent.written(CALL).getWrapUp();
        assertThat(standing.getTagsList()).containsExactly("line");
        assertThat(standing.getEmailSummary().getAddress()).isEqualTo("ana@customer.example");
        assertThat(pages.client()
                        .followUps()
                        .listFollowUps(ListFollowUpsRequest.newBuilder()
                                .addAgentIds(agent.agentId)
                                .build())
                        .getFollowUpsList())
                .extracting(followUp -> followUp.getDetails().getKind())
                .containsExactly(FollowUpKind.FOLLOW_UP_KIND_CALLBACK, FollowUpKind.FOLLOW_UP_KIND_ORDER);

        agent.hangUp(CALL + "-next");
        assertThat(page.locator(".made li").first()).containsText("earlier: Call");
    }

    @Test
    void aPromiseIsNotSavedBeforeItIsMade() {
        agent.hangUp(CALL);
        Page page = agent.open();
        button(page, "Promise something");
        page.getByLabel("About").fill("Call her back");
        assertThat(page.locator(".saving")).hasText("The promise is not made yet: Done or Add now makes it.");
        force(CALL);
        assertThat(page.locator(".ended")).containsText("A supervisor has ended this work.");
        Locator left = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Promises not made yet"));
        for (int window = 1; window <= 2; window++) {
            assertThat(page.locator(".saving")).containsText("The promise is not made yet");
            assertThat(page.locator(".ended")).not().containsText("saved");
            assertThat(left).containsText(agent.customerId);
            page.reload();
        }
        assertThat(page.getByLabel("About")).hasValue("Call her back");
        button(page, "Add now");
        assertThat(left).hasCount(0);
        assertThat(pages.client()
                        .followUps()
                        .listFollowUps(ListFollowUpsRequest.newBuilder()
                                .addAgentIds(agent.agentId)
                                .build())
                        .getFollowUpsList())
                .hasSize(1);
    }

    @Test
    void doneThatWasNotHeardHoldsWhenTheWindowIsOpenedAgain() {
        BrowserContext browser = doneUnheard();
        Page again = agent.open(browser);
        assertThat(again.locator("main")).containsText("The wrap-up is complete.");
        assertThat(agent.written(CALL).getVersion().getStatus()).isEqualTo(WrapUpStatus.WRAP_UP_STATUS_FINAL);
        again.reload();
        assertThat(again.locator("main")).containsText("The next interaction may come at any moment");
    }

    @Test
    void doneThatWasNotHeardIsToldWhenTheWorkHasEndedMeanwhile() {
        BrowserContext browser = doneUnheard();
        force(CALL);
        Page again = agent.open(browser);
        assertThat(again.locator(".word")).containsText("You had pressed Done");
        done(again);
        assertThat(again.locator("main")).containsText("The wrap-up is complete.");
    }

    /** A browser whose only window was closed before the server had heard of Done. */
    private BrowserContext doneUnheard() {
        agent.hangUp(CALL);
        BrowserContext browser = pages.window(Look.DESK);
        Page page = browser.newPage();
        // Within the page: what is held up outside of it may still go out when it is closed.
        page.addInitScript(
                """
                const { fetch } = window;
                window.fetch = (url, init) => (url.endsWith('/CompleteAcw') ? Promise.reject(new TypeError('away')) : fetch(url, init));
                """);
        page.navigate(pages.address(agent.path()));
        disposition(page).fill("question");
        page.getByRole(AriaRole.TREEITEM).click();
        isSaved(page);
        done(page);
        assertThat(page.locator(".saving")).containsText("completed as soon as the server answers");
        page.close();
        return browser;
    }

    private void force(String interactionId) {
        pages.client()
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent.agentId)
                        .setInteractionId(interactionId)
                        .setForce(true)
                        .setForceReason("needed")
                        .build());
    }

    @Test
    void anAgentWhoCannotBeIsRefusedOnceAndAnotherCanBeChosen() {
        BrowserContext browser = pages.window(Look.DESK);
        List<String> asked = new ArrayList<>();
        browser.onRequest(request -> asked.add(request.url()));
        Page page = browser.newPage();
        page.navigate(pages.address("/ui/wrap-up.html?agent=ana%20maria"));
        assertThat(page.locator(".mark")).hasText("Refused");
        assertThat(page.getByLabel("Agent")).isVisible();
        assertThat(page.locator("presence-control")).hasCount(0);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("letters, digits");
        assertThat(asked).filteredOn(url -> url.endsWith("/StreamAgentStates")).hasSize(1);
    }

    @Test
    void writesDuringTheCallAndAsksForTime() {
        pages.client().rules(agent.agentId, Policy.newBuilder().setMode(AcwMode.ACW_MODE_AGENT_REQUESTED));
        pages.client()
                .agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(agent.agentId)
                        .setInteraction(agent.interaction(CALL))
                        .build());
        Page page = agent.open();
        notes(page).fill("while talking");
        button(page, "I need time after this call");
        assertThat(page.getByText("Time after this call is asked for")).isVisible();
        isSaved(page);
        agent.hangUp(CALL);
        assertThat(page.getByRole(AriaRole.TIMER)).isVisible();
        assertThat(notes(page)).hasValue("while talking");
    }

    @Test
    void showsWhatTheCustomerWantedBeforeAndWhoComesNext() {
        agent.hangUp("earlier-" + CALL);
        pages.client()
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent.agentId)
                        .setInteractionId("earlier-" + CALL)
                        .setWrapUp(WrapUp.newBuilder().setDispositionCode("FAX").setNotes("Sent it by fax"))
                        .build());
        DispositionServiceGrpc.newBlockingStub(pages.client().channel())
                .importDispositions(ImportDispositionsRequest.newBuilder()
                        .addDispositions(kind("FAX", "Fax sent", "").setActive(false))
                        .build());
        agent.hangUp(CALL);
        pages.client()
                .wrapUps()
                .offerPreview(OfferPreviewRequest.newBuilder()
                        .setAgentId(agent.agentId)
                        .setPreview(InteractionPreview.newBuilder()
                                .setCustomerId("next-customer")
                                .setReason("Moves house"))
                        .build());
        Page page = agent.open();
        Locator earlier = page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName("Earlier wrap-ups of the customer"));
        assertThat(earlier).containsText("Sent it by fax");
        assertThat(earlier.locator(".mark-retired")).hasText("retired");
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Next customer")))
                .containsText("Moves house");
        disposition(page).fill("fax");
        assertThat(page.getByRole(AriaRole.TREE)).containsText("None matches");
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        Page page = agent.open();
        assertThat(page.locator("main")).containsText("You appear with your first call");
        agent.hangUp(CALL);
        assertThat(subject(page)).isFocused();
        page.keyboard().type("Wants fibre");
        page.keyboard().press("Tab");
        page.keyboard().type("Asked for a price");
        page.keyboard().press("Shift+Tab");
        page.keyboard().press("Shift+Tab");
        page.keyboard().press("ArrowDown");
        page.keyboard().type("no sa");
        page.keyboard().press("Enter");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("main")).containsText("The wrap-up is complete.");
        assertThat(page.locator(".calm .big")).isFocused();
        WrapUp standing = agent.written(CALL).getWrapUp();
        assertThat(standing.getSubject()).isEqualTo("Wants fibre");
        assertThat(standing.getNotes()).isEqualTo("Asked for a price");
        assertThat(standing.getDispositionCode()).isEqualTo("NO_SALE");
    }

    @ParameterizedTest
    @MethodSource("io.aftercall.ui.Look#all")
    void isAccessibleInEachLook(Look look) {
        Page page = agent.open(look);
        assertThat(page.locator(".calm .big")).hasText(Pattern.compile("Not seen yet|Sin actividad"));
        ServedPages.picture(page, "wrap-up-calm-" + look);
        // A language changes words only; what costs seconds is looked at in one, in both themes.
        boolean inDetail = look.language().startsWith("en");
        if (inDetail) {
            ServedPages.assertAccessible(page);
        }
        agent.hangUp(CALL);
        assertThat(page.getByRole(AriaRole.TIMER)).isVisible();
        page.locator("disposition-picker input").fill("sale made");
        assertThat(page.getByRole(AriaRole.TREEITEM)).hasCount(2);
        if (inDetail) {
            ServedPages.assertAccessible(page);
        }
        page.keyboard().press("Enter");
        assertThat(page.locator("schema-form legend")).isVisible();
        page.locator("follow-ups-field button").first().click();
        page.locator("work-view .main").click();
        assertThat(page.locator("[aria-invalid=true]").first()).isVisible();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("nothing is beyond the window's edge")
                .isLessThanOrEqualTo(look.width());
        ServedPages.picture(page, "wrap-up-" + look);
        ServedPages.assertAccessible(page);
    }

    private void complete(String interactionId) {
        pages.client()
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent.agentId)
                        .setInteractionId(interactionId)
                        .setWrapUp(WrapUp.newBuilder().setDispositionCode("QUESTION"))
                        .build());
    }

    private static Locator choice(Page page, String name) {
        return page.getByRole(
                AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void done(Page page) {
        button(page, "Done");
    }

    private static void button(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
