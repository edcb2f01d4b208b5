package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.Direction;
import io.aftercall.api.v1.DispositionRequirement;
import io.aftercall.api.v1.GetWrapUpRequest;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.api.v1.WrapUpRecord;
import io.aftercall.rpc.Client;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.Predicate;

/** An agent whom nobody else uses, his calls and the windows in which he writes. */
final class AgentWindow {

    final String agentId = Client.fresh("agent");
    final String customerId = Client.fresh("customer");
    private final ServedPages pages;

    AgentWindow(ServedPages pages) {
        this.pages = pages;
    }

    /** His rules: so long, with a disposition that is required, and a warning a second before the end. */
    AgentWindow rules(long seconds) {
        return rules(seconds, 1);
    }

    /** The same with a warning so many seconds before the end. */
    AgentWindow rules(long seconds, long warning) {
        pages.client()
                .rules(
                        agentId,
                        Policy.newBuilder()
                                .setDuration(Client.seconds(seconds))
                                .setMaxExtensions(2)
                                .setExtensionDuration(Client.seconds(30))
                                .setWarningBeforeEnd(Client.seconds(warning))
                                .setDisposition(DispositionRequirement.DISPOSITION_REQUIREMENT_REQUIRED));
        return this;
    }

    Interaction.Builder interaction(String interactionId) {
        return Interaction.newBuilder()
                .setInteractionId(interactionId)
                .setChannel(Channel.CHANNEL_VOICE)
                .setDirection(Direction.DIRECTION_INBOUND)
                .setQueueId("sales")
                .setCustomerId(customerId);
    }

    AfterCallWork hangUp(String interactionId) {
        return pages.client()
                .acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(interaction(interactionId))
                        .build())
                .getAcw();
    }

    String path() {
        return "/ui/wrap-up.html?agent=" + agentId;
    }

    Page open(Look look) {
        return open(pages.window(look));
    }

    Page open() {
        return open(Look.DESK);
    }

    /** Another window of a browser. */
    Page open(BrowserContext browser) {
        Page page = browser.newPage();
        page.navigate(pages.address(path()));
        return page;
    }

    static Locator notes(Page page) {
        return page.getByLabel("Notes", new Page.GetByLabelOptions().setExact(true));
    }

    static Locator subject(Page page) {
        return page.getByLabel("What the customer wanted");
    }

    static Locator disposition(Page page) {
        return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Disposition"));
    }

    static void isSaved(Page page) {
        isSaved(page.locator(".saving"));
    }

    static void isSaved(Locator state) {
        assertThat(state).hasText("Saved");
    }

    /** Waits until the server has what is expected of a wrap-up. */
    WrapUpRecord untilWritten(String interactionId, Predicate<WrapUp> expected) {
        return await().until(() -> written(interactionId), record -> expected.test(record.getWrapUp()));
    }

    /** What stands; nothing if nothing has been written. */
    WrapUpRecord written(String interactionId) {
        try {
            return pages.client()
                    .wrapUps()
                    .getWrapUp(GetWrapUpRequest.newBuilder()
                            .setAgentId(agentId)
                            .setInteractionId(interactionId)
                            .build())
                    .getRecord();
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return WrapUpRecord.getDefaultInstance();
            }
            throw failure;
        }
    }
}
