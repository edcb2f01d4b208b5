package io.aftercall.rpc;

import static io.aftercall.rpc.Staff.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.icegreen.greenmail.util.GreenMailUtil;
import io.aftercall.PackagedServer;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.DeleteEmailTemplateRequest;
import io.aftercall.api.v1.Delivery;
import io.aftercall.api.v1.DeliveryState;
import io.aftercall.api.v1.DispositionRequirement;
import io.aftercall.api.v1.EmailSummary;
import io.aftercall.api.v1.EmailTemplate;
import io.aftercall.api.v1.ListDeliveriesRequest;
import io.aftercall.api.v1.ListEmailTemplatesRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.PreviewEmailRequest;
import io.aftercall.api.v1.RenderedEmail;
import io.aftercall.api.v1.ReplayDeliveryRequest;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.UpdateEmailTemplateRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.WrapUp;
import io.grpc.Status.Code;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Summaries by e-mail, through a real mail server and through one that is rude. */
class EmailSummaryIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new ToCustomers());

    @RegisterExtension
    final Staff staff = new Staff();

    private final String address = Client.fresh("ann") + "@customer.example";
    private Client admin;
    private Client router;
    private Client agent;

    @BeforeEach
    void hire() {
        staff.hired();
        admin = staff.as("admin");
        router = staff.as("router");
        agent = staff.as("agent");
    }

    private WrapUp asking(String language) {
        return WrapUp.newBuilder()
                .setSubject("Pedido 4711")
                .setNotes("Internal: he shouted at me")
                .setActionsTaken("Enviado otra vez, por Müller")
                .setEmailSummary(EmailSummary.newBuilder().setAddress(address).setLanguage(language))
                .build();
    }

    private void start(String interactionId) {
        router.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteraction(Client.call(interactionId)
                                .setCustomerId("ann")
                                // Half past eleven in the evening in London, and the next day in Madrid.
                                .setEndTime(Timestamp.newBuilder().setSeconds(1_709_940_600)))
                        .build());
    }

    private void complete(String interactionId, WrapUp wrapUp) {
        agent.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId(interactionId)
                        .setWrapUp(wrapUp)
                        .build());
    }

    private void save(String interactionId, WrapUp wrapUp) {
        agent.wrapUps()
                .saveWrapUp(SaveWrapUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId(interactionId)
                        .setWrapUp(wrapUp)
                        .build());
    }

    private List<MimeMessage> mails() {
        return Arrays.stream(MailServer.server().getReceivedMessagesForDomain(address))
                .toList();
    }

    private MimeMessage only() {
        await().until(() -> mails().size() == 1);
        return mails().get(0);
    }

    private List<Delivery> deliveries(DeliveryState state) {
        return admin.webhooks()
                .listDeliveries(ListDeliveriesRequest.newBuilder()
                        .setOutlet("email")
                        .addStates(state)
                        .build())
                .getDeliveriesList();
    }

    private Delivery only(DeliveryState state) {
        await().until(() -> deliveries(state).size() == 1);
        return deliveries(state).get(0);
    }

    // ---- what is sent

    @Test
    void whoAsksForItHasASummarySentInTheCustomersLanguage() throws MessagingException, IOException {
        start("c-1");
        complete("c-1", asking("es"));

        MimeMessage mail = only();

        assertThat(mail.getFrom()[0]).hasToString(MailServer.FROM);
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getAllRecipients()[0]).hasToString(address);
        assertThat(mail.getSubject()).isEqualTo("Resumen de nuestra conversación: Pedido 4711");
        assertThat(mail.getContent().toString())
                .contains("9 de marzo de 2024", "Enviado otra vez, por Müller", "c-1")
                .doesNotContain("shouted");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        Delivery delivery = only(DeliveryState.DELIVERY_STATE_DELIVERED);
        assertThat(mail.getMessageID()).isEqualTo("<" + delivery.getEventId() + "@acme.example>");
        assertThat(mail.getHeader("Cc")).isNull();
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(delivery.getLastResult()).isEqualTo("sent");
    }

    @Test
    void nobodyIsWrittenWhoseAgentDidNotAsk() {
        start("c-1");
        complete("c-1", asking("en").toBuilder().clearEmailSummary().build());
        start("c-2");
        complete("c-2", asking("en"));

        only();
        assertThat(only(DeliveryState.DELIVERY_STATE_DELIVERED).getInteractionId())
                .isEqualTo("c-2");
    }

    @Test
    void itIsSentWhenNothingIsMissingAnyMoreAndOnlyOnce() {
        admin.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                                .setDuration(Client.seconds(1))
                                .setDisposition(DispositionRequirement.DISPOSITION_REQUIREMENT_REQUIRED))
                        .build());
        start("c-1");
        save("c-1", asking("en"));
        await().until(() -> router.state(OWN).getAcwsCount() == 0);
        assertThat(mails()).isEmpty();

        save("c-1", asking("en").toBuilder().setDispositionCode("SALE").build());
        only();
        save("c-1", asking("en").toBuilder().setDispositionCode("LOSS").build());
        save(
                "c-1",
                asking("en").toBuilder()
                        .clearEmailSummary()
                        .setDispositionCode("SALE")
                        .build());
        save("c-1", asking("en").toBuilder().setDispositionCode("SALE").build());
        start("c-2");
        complete("c-2", asking("en").toBuilder().setDispositionCode("SALE").build());
        await().until(() -> mails().size() == 2);

        assertThat(deliveries(DeliveryState.DELIVERY_STATE_DELIVERED).stream().map(Delivery::getInteractionId))
                .containsExactly("c-2", "c-1");
    }

    @Test
    void whoAsksForItAgainBeforeItWasSentHasItSent() throws IOException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WrapUp notAsking = asking("en").toBuilder().clearEmailSummary().build();
        try (MailServer.Rude rude = new MailServer.Rude(verb -> verb.equals("MAIL") ? answer.join() : null)) {
            start("c-1");
            complete("c-1", asking("en"));
            await().until(() -> rude.verbs.contains("MAIL"));
            save("c-1", notAsking);
            answer.complete("451 Try later");
            assertThat(only(DeliveryState.DELIVERY_STATE_DELIVERED).getLastResult())
                    .isEqualTo("not sent: nobody asks for it any more");
        }

        save("c-1", asking("en"));

        only();
        await().until(() ->
                only(DeliveryState.DELIVERY_STATE_DELIVERED).getLastResult().equals("sent"));
    }

    @Test
    void nobodyIsWrittenWhoWouldBeToldNothing() {
        WrapUp nothing =
                asking("en").toBuilder().clearSubject().clearActionsTaken().build();
        start("c-1");
        GrpcError refused = GrpcError.of(() -> complete("c-1", nothing));
        save("c-1", nothing);
        agent.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId("c-1")
                        .build());
        Delivery skipped = only(DeliveryState.DELIVERY_STATE_DELIVERED);
        int mailsOfNothing = mails().size();

        save("c-1", asking("en"));

        only();
        assertThat(refused.fields()).containsExactly("wrap_up.email_summary");
        assertThat(skipped.getLastResult()).isEqualTo("not sent: there is nothing in it that the customer is told");
        assertThat(mailsOfNothing).isZero();
    }

    // ---- what goes wrong

    @Test
    void whileTheMailServerIsAwaySummariesWait() {
        MailServer.down();
        start("c-1");
        complete("c-1", asking("en"));
        await().until(() -> deliveries(DeliveryState.DELIVERY_STATE_PENDING).stream()
                .anyMatch(waiting -> waiting.getLastResult().equals("no connection to the mail server")));
        MailServer.up();

        only();
        only(DeliveryState.DELIVERY_STATE_DELIVERED);
    }

    @Test
    void anAddressThatIsNotTakenIsParkedAtOnce() throws IOException {
        try (MailServer.Rude rude = new MailServer.Rude(verb -> verb.equals("RCPT") ? "550 No such user" : null)) {
            start("c-1");
            complete("c-1", asking("en"));

            Delivery parked = only(DeliveryState.DELIVERY_STATE_PARKED);
            assertThat(parked.getLastResult()).isEqualTo("SMTP 550");
            assertThat(parked.getAttemptCount()).isEqualTo(1);
        }
    }

    @Test
    void aMailServerThatIsBusyIsAskedAgain() throws IOException {
        try (MailServer.Rude rude = new MailServer.Rude(verb -> verb.equals("MAIL") ? "451 Try later" : null)) {
            start("c-1");
            complete("c-1", asking("en"));

            Delivery parked = only(DeliveryState.DELIVERY_STATE_PARKED);
            assertThat(parked.getLastResult()).isEqualTo("SMTP 451");
            assertThat(parked.getAttemptCount()).isEqualTo(ToReceivers.ATTEMPTS);
        }
    }

    @Test
    void whatMayHaveBeenSentIsNotSentAgainUnlessSomebodySaysSo() throws IOException {
        try (MailServer.Rude rude = new MailServer.Rude(verb -> verb.equals("DATA") ? "" : null)) {
            start("c-1");
            complete("c-1", asking("en"));

            Delivery parked = only(DeliveryState.DELIVERY_STATE_PARKED);
            assertThat(parked.getLastResult()).startsWith("it is not known whether it was sent");
            assertThat(rude.letters).hasValue(1);
        }
        assertThat(mails()).isEmpty();

        admin.webhooks()
                .replayDelivery(ReplayDeliveryRequest.newBuilder()
                        .setParkedOutlet("email")
                        .build());
        only();
    }

    @Test
    void whatIsNoAddressOrLanguageIsRefused() {
        start("c-1");
        for (String bad : List.of(
                "",
                "ann",
                "ann@",
                "@b.example",
                "a..b@c.example",
                ".a@c.example",
                "a.@c.example",
                "a b@c.example",
                "a@b.example\r\nBcc: all@c.example",
                "\"<a\"@b.example",
                "a@b.example, c@d.example",
                "a".repeat(250) + "@b.example")) {
            GrpcError refused = GrpcError.of(() -> save(
                    "c-1",
                    WrapUp.newBuilder()
                            .setEmailSummary(
                                    EmailSummary.newBuilder().setAddress(bad).setLanguage("fr"))
                            .build()));

            assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(refused.fields())
                    .as(bad)
                    .containsExactlyInAnyOrder("wrap_up.email_summary.address", "wrap_up.email_summary.language");
        }
    }

    // ---- templates

    private static EmailTemplate.Builder own() {
        return EmailTemplate.newBuilder()
                .setLanguage("en")
                .setSubject("Acme: {subject}")
                .setText("Dear customer, {actions_taken}")
                .setHtml("<p>{actions_taken}</p>")
                .setReplyTo("answers@acme.example");
    }

    private EmailTemplate put(EmailTemplate.Builder template) {
        return admin.emailTemplates()
                .updateEmailTemplate(UpdateEmailTemplateRequest.newBuilder()
                        .setTemplate(template)
                        .build())
                .getTemplate();
    }

    @Test
    void aTenantWritesInItsOwnWordsAsThePreviewShows() throws MessagingException {
        put(own());
        start("c-1");
        RenderedEmail preview = agent.emailTemplates()
                .previewEmail(PreviewEmailRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId("c-1")
                        .setWrapUp(asking("en"))
                        .build())
                .getEmail();
        complete("c-1", asking("en"));

        MimeMessage mail = only();
        assertThat(preview.getSubject()).isEqualTo("Acme: Pedido 4711").isEqualTo(mail.getSubject());
        assertThat(preview.getHtml()).isEqualTo("<p>Enviado otra vez, por Müller</p>");
        assertThat(GreenMailUtil.getWholeMessage(mail)).contains("text/plain", "text/html");
        assertThat(mail.getReplyTo()[0]).hasToString("answers@acme.example");
    }

    @Test
    void aTemplateIsReplacedReadAndTakenBack() {
        EmailTemplate first = put(own());
        GrpcError stale = GrpcError.of(() -> put(own().setEtag("0").setText("late")));
        EmailTemplate second = put(own().setEtag(first.getEtag()).setText("Hello"));

        assertThat(stale.code()).isEqualTo(Code.ABORTED);
        assertThat(list()).extracting(EmailTemplate::getText).element(0).isEqualTo("Hello");
        assertThat(second.getEtag()).isNotEqualTo(first.getEtag());
        delete();
        assertThat(list()).extracting(EmailTemplate::getEtag).containsExactly("0", "0");
        assertThat(GrpcError.of(this::delete).reason()).isEqualTo("EMAIL_TEMPLATE_NOT_FOUND");
    }

    private List<EmailTemplate> list() {
        return admin.emailTemplates()
                .listEmailTemplates(ListEmailTemplatesRequest.getDefaultInstance())
                .getTemplatesList();
    }

    private void delete() {
        admin.emailTemplates()
                .deleteEmailTemplate(DeleteEmailTemplateRequest.newBuilder()
                        .setLanguage("en")
                        .build());
    }

    @Test
    void whatIsWrongWithATemplateIsSaidBeforeItIsUsed() {
        GrpcError shape = GrpcError.of(
                () -> put(EmailTemplate.newBuilder().setLanguage("de").setReplyTo("nobody")));
        GrpcError words = GrpcError.of(() -> put(own().setText("{notes}")));
        GrpcError sometimes = GrpcError.of(() -> put(own().setHtml("{#if subject}{subject}{#else}{oops}{/if}")));

        assertThat(shape.fields())
                .containsExactlyInAnyOrder(
                        "template.language", "template.subject", "template.text", "template.reply_to");
        assertThat(words.fields()).containsExactly("template.text");
        assertThat(sometimes.fields()).containsExactly("template.html");
        assertThat(list()).extracting(EmailTemplate::getEtag).containsExactly("0", "0");
    }

    @Test
    void aTemplateThatFailsForAWrapUpSaysSoInThePreview() {
        put(own().setText("{#if subject == 'x'}{#if customer_id gt 3}{subject}{/if}{/if}"));
        start("c-1");

        GrpcError refused = GrpcError.of(() -> agent.emailTemplates()
                .previewEmail(PreviewEmailRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId("c-1")
                        .setWrapUp(asking("en").toBuilder().setSubject("x"))
                        .build()));

        assertThat(refused.code()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(refused.reason()).isEqualTo("EMAIL_TEMPLATE_UNUSABLE");
    }

    @Test
    void aTrialChangesNothing() {
        RenderedEmail example = admin.emailTemplates()
                .updateEmailTemplate(UpdateEmailTemplateRequest.newBuilder()
                        .setTemplate(own())
                        .setValidateOnly(true)
                        .build())
                .getExample();

        assertThat(example.getSubject()).isEqualTo("Acme: Order 4711");
        assertThat(list()).extracting(EmailTemplate::getEtag).containsExactly("0", "0");
    }
}
