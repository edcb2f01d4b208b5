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
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.mailencoder.EmailAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Sends summaries to customers by SMTP, each at most once: where it is not known whether the mail server has taken it,
 * a person decides whether it goes again.
 */
public final class EmailOutlet implements Outlet {

    public static final String NAME = "email";

    private final MailRelay relay;
    private final EmailTemplateStore templates;
    private final EmailTerms terms;
    private final String domain;

    public EmailOutlet(MailRelay relay, EmailTemplateStore templates, EmailTerms terms) {
        this.relay = relay;
        this.templates = templates;
        this.terms = terms;
        this.domain = domain(terms.from().orElseThrow());
    }

    /**
     * The domain of a sender, as {@code acme.example} of {@code Acme <service@acme.example>}.
     *
     * @throws IllegalArgumentException if that is no address
     */
    public static String domain(String sender) {
        String address = new EmailAddress(sender).getEmail();
        if (address.isEmpty()) {
            throw new IllegalArgumentException("no address");
        }
        return address.substring(address.lastIndexOf('@') + 1);
    }

    @Override
    public CompletionStage<Receipt> deliver(OutletKey outlet, Parcel parcel, Optional<Target> target) {
        Optional<WrapUpRecord> asked =
                parcel.wrapUp().filter(record -> record.wrapUp().content().emailSummary() != null);
        if (parcel.delivery().inDoubt()) {
            return settled(Kind.IN_DOUBT, "it is not known whether it was sent");
        }
        if (asked.isEmpty()) {
            return settled(Kind.ACCEPTED, Receipt.NOBODY_ASKS);
        }
        if (!asked.get().wrapUp().content().tellsCustomer()) {
            return settled(Kind.ACCEPTED, Receipt.NOTHING_TO_SAY);
        }
        if (!relay.approves(address(asked.get()))) {
            return settled(Kind.ACCEPTED, "not sent: the mail server is not to be given mail for this address");
        }
        return mail(outlet.tenant(), asked.get(), parcel)
                .handle((mail, failure) -> failure == null ? relay.send(mail) : unwritten(failure))
                .thenCompose(receipt -> receipt);
    }

    private static CompletionStage<Receipt> settled(Kind kind, String words) {
        return CompletableFuture.completedFuture(Receipt.unasked(kind, words));
    }

    private static String address(WrapUpRecord record) {
        return record.wrapUp().content().emailSummary().address();
    }

    private CompletionStage<OutgoingMail> mail(TenantId tenant, WrapUpRecord record, Parcel parcel) {
        String language = record.wrapUp().content().emailSummary().language();
        return templates.all(tenant).thenApply(own -> {
            SummaryEmail email = SummaryTemplates.write(BuiltInTemplates.or(own, language), facts(record));
            MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                    .add("Message-ID", "<" + parcel.delivery().eventId() + "@" + domain + ">")
                    .add("Content-Language", language)
                    // RFC 3834: nobody's absence note shall come back.
                    .add("Auto-Submitted", "auto-generated");
            if (!email.replyTo().isEmpty()) {
                headers.add("Reply-To", email.replyTo());
            }
            OutgoingMail mail = new OutgoingMail();
            mail.setFrom(terms.from().orElseThrow())
                    .setTo(address(record))
                    .setSubject(email.subject())
                    .setText(email.text())
                    .setHeaders(headers)
                    // None, and not absent: it may be configured that every mail has parts.
                    .setAttachment(List.of())
                    .setInlineAttachment(List.of());
            if (!email.html().isEmpty()) {
                mail.setHtml(email.html());
            }
            return mail;
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

    private static CompletionStage<Receipt> unwritten(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof SummaryTemplates.Unusable unusable
                ? settled(Kind.HOPELESS, "the template's " + unusable.part() + " cannot be used")
                : settled(
                        Kind.FAILED,
                        "it could not be written: " + cause.getClass().getSimpleName());
    }
}
