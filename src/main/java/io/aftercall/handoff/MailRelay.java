package io.aftercall.handoff;

import io.aftercall.delivery.Receipt;
import io.aftercall.delivery.Receipt.Kind;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The operator's mail server. Only a mail that was handed over on a connection may have been sent; whatever fails before
 * can be tried again.
 */
public final class MailRelay implements AutoCloseable {

    /** How long a mail may take, once it has its turn. */
    public static final Duration LIMIT = Duration.ofSeconds(25);

    /** The mail server does not let this server in (RFC 4954): that is not the mail's fault. */
    private static final Set<Integer> NOT_LET_IN = Set.of(530, 534, 535, 538);

    /** A connection that belongs to another loop than its mail ends without a word to it. */
    private final Context loop;

    private final MailClient client;
    private final Rules rules;
    private final Places places;
    private final Duration limit;

    /**
     * How the operator wants it to be used.
     *
     * @param connections how many mails may be under way, those of all tenants together
     * @param bounceAddress whom the mail server tells what it could not deliver; empty for the sender
     * @param approved to which addresses mail may go
     */
    public record Rules(int connections, Optional<String> bounceAddress, Predicate<String> approved) {}

    /**
     * @param client gives up a connection that says nothing for {@link #LIMIT}
     */
    public MailRelay(Vertx vertx, MailClient client, Rules rules) {
        this(vertx, client, rules, new Places(rules.connections(), Places.PATIENCE), LIMIT);
    }

    MailRelay(Vertx vertx, MailClient client, Rules rules, Places places, Duration limit) {
        this.loop = vertx.getOrCreateContext();
        this.client = client;
        this.rules = rules;
        this.places = places;
        this.limit = limit;
    }

    boolean approves(String address) {
        return rules.approved().test(address);
    }

    /** Sends a mail when it is its turn, and says what became of it. */
    CompletionStage<Receipt> send(OutgoingMail mail) {
        rules.bounceAddress().ifPresent(mail::setBounceAddress);
        return places.take()
                .thenCompose(taken -> taken
                        ? underWay(mail).whenComplete((receipt, fault) -> places.free())
                        : CompletableFuture.completedFuture(
                                Receipt.of(Kind.FAILED, "every connection to the mail server is busy")));
    }

    /** One that has run out of time never comes to a connection, so that its place is free. */
    private CompletionStage<Receipt> underWay(OutgoingMail mail) {
        Promise<MailResult> came = Promise.promise();
        loop.runOnContext(ignored -> client.sendMail(mail).onComplete(came));
        return came.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .handle((sent, failure) -> failure == null ? Receipt.of(Kind.ACCEPTED, "sent") : failed(mail, failure));
    }

    private static Receipt failed(OutgoingMail mail, Throwable failure) {
        return mail.withdraw() ? unsent(failure) : handedOver(failure);
    }

    /** Nothing of it has been sent, nor will it be. */
    private static Receipt unsent(Throwable failure) {
        if (failure instanceof SMTPException answer) {
            return Receipt.of(Kind.FAILED, "SMTP " + answer.getReplyCode());
        }
        String words = "no connection to the mail server";
        if (failure instanceof ConnectException || failure instanceof UnknownHostException) {
            return Receipt.of(Kind.FAILED, words);
        }
        if (failure instanceof TimeoutException) {
            return Receipt.of(Kind.FAILED, words + " in time");
        }
        // Those are the client's own words, as that the server knows no STARTTLS; others may quote what was received.
        boolean own = failure instanceof NoStackTraceThrowable;
        return Receipt.of(
                Kind.FAILED,
                words + ": " + (own ? failure.getMessage() : failure.getClass().getSimpleName()));
    }

    private static Receipt handedOver(Throwable failure) {
        if (failure instanceof SMTPException answer) {
            int code = answer.getReplyCode();
            boolean never = answer.isPermanent() && !NOT_LET_IN.contains(code);
            return Receipt.of(never ? Kind.HOPELESS : Kind.FAILED, "SMTP " + code);
        }
        return Receipt.of(
                Kind.IN_DOUBT,
                failure instanceof TimeoutException
                        ? "no answer in time: it is not known whether it was sent"
                        : "it is not known whether it was sent: "
                                + failure.getClass().getSimpleName());
    }

    @Override
    public void close() {
        client.close();
    }
}
