package io.aftercall.handoff;

import io.aftercall.delivery.Receipt;
import io.aftercall.delivery.Receipt.Kind;
import io.aftercall.email.BuiltInTemplates;
import io.aftercall.email.EmailTerms;
import io.aftercall.email.SummaryEmail;
import io.aftercall.email.SummaryFacts;
import io.aftercall.email.SummaryTemplates;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.DeliveryQueue.Target;
import io.aftercall.engine.EmailTemplateStore;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpRecord;
import io.aftercall.wrapup.EmailSummary;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends summaries to customers by SMTP, each at most once: where it is not known whether the mail server has taken it,
 * a person decides whether it goes again.
 */
public final class EmailOutlet implements Outlet {

    public static final String NAME = "email";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The mail server does not let this server in (RFC 4954): that is not the mail's fault. */
    private static final Set<Integer> NOT_LET_IN = Set.of(530, 534, 535, 538);

    private final ReactiveMailer mailer;
    private final EmailTemplateStore templates;
    private final EmailTerms terms;

    public EmailOutlet(ReactiveMailer mailer, EmailTemplateStore templates, EmailTerms terms) {
        this.mailer = mailer;
        this.templates = templates;
        this.terms = terms;
    }

    @Override
    public CompletionStage<Receipt> deliver(OutletKey outlet, Parcel parcel, Optional<Target> target) {
        if (parcel.delivery().inDoubt()) {
            return CompletableFuture.completedFuture(Receipt.of(Kind.IN_DOUBT, "it is not known whether it was sent"));
        }
        Optional<WrapUpRecord> asked =
                parcel.wrapUp().filter(record -> record.wrapUp().content().emailSummary() != null);
        return asked.isEmpty()
                ? CompletableFuture.completedFuture(Receipt.of(Kind.ACCEPTED, "not sent: nobody asks for it any more"))
                : mail(outlet.tenant(), asked.get(), parcel)
                        .thenCompose(mail -> send(mail).exceptionally(EmailOutlet::failed))
                        .exceptionally(EmailOutlet::unwritten);
    }

    private CompletionStage<Mail> mail(TenantId tenant, WrapUpRecord record, Parcel parcel) {
        EmailSummary asked = record.wrapUp().content().emailSummary();
        return templates.all(tenant).thenApply(own -> {
            SummaryEmail email = SummaryTemplates.write(BuiltInTemplates.or(own, asked.language()), facts(record));
            Mail mail = Mail.withText(asked.address(), email.subject(), email.text())
                    .setFrom(terms.from().orElseThrow())
                    .addHeader("Message-ID", "<" + parcel.delivery().eventId() + "@aftercall>")
                    .addHeader("Content-Language", asked.language())
                    // RFC 3834: nobody's absence note shall come back.
                    .addHeader("Auto-Submitted", "auto-generated");
            if (!email.html().isEmpty()) {
                mail.setHtml(email.html());
            }
            return email.replyTo().isEmpty() ? mail : mail.setReplyTo(email.replyTo());
        });
    }

    private SummaryFacts facts(WrapUpRecord record) {
        return new SummaryFacts(
                record.wrapUp().content(),
                record.key().agentId().value(),
                record.key().interactionId().value(),
                record.customerId(),
                terms.day(record.interactionTime()));
    }

    private CompletionStage<Receipt> send(Mail mail) {
        return mailer.send(mail)
                .subscribeAsCompletionStage()
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(sent -> Receipt.of(Kind.ACCEPTED, "sent"));
    }

    /** Nothing has been sent. */
    private static Receipt unwritten(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof SummaryTemplates.Unusable unusable
                ? Receipt.of(Kind.HOPELESS, "the template's " + unusable.part() + " cannot be used")
                : Receipt.of(
                        Kind.FAILED,
                        "it could not be written: " + cause.getClass().getSimpleName());
    }

    private static Receipt failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof SMTPException answer) {
            int code = answer.getReplyCode();
            boolean never = answer.isPermanent() && !NOT_LET_IN.contains(code);
            return Receipt.of(never ? Kind.HOPELESS : Kind.FAILED, "SMTP " + code);
        }
        if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
            return Receipt.of(Kind.FAILED, "no connection to the mail server");
        }
        if (cause instanceof TimeoutException) {
            return Receipt.of(Kind.IN_DOUBT, "no answer in time: it is not known whether it was sent");
        }
        return Receipt.of(
                Kind.IN_DOUBT,
                "it is not known whether it was sent: " + cause.getClass().getSimpleName());
    }
}
