package io.aftercall.security;

import io.aftercall.security.NotAuthenticated.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The one place where credentials become a caller, whatever protocol they came by. Answers from memory but for the
 * first token with a new key and the first call of a new tenant.
 */
public final class Authenticator {

    private final Optional<Tokens> tokens;
    private final Optional<CertificateIdentities> certificates;
    private final Admission admission;

    /**
     * @param tokens empty if no issuer is configured
     * @param certificates empty if no authority is configured; without either everybody is {@link Caller#ANONYMOUS}
     */
    public Authenticator(Optional<Tokens> tokens, Optional<CertificateIdentities> certificates, Admission admission) {
        this.tokens = tokens;
        this.certificates = certificates;
        this.admission = admission;
    }

    /** Whether anybody is asked for credentials. */
    public boolean asks() {
        return tokens.isPresent() || certificates.isPresent();
    }

    /**
     * Who shows these credentials.
     *
     * @return fails with {@link NotAuthenticated}, {@link NotAdmitted} or {@link KeysNotThere}
     */
    public CompletionStage<Caller> caller(Credentials credentials) {
        try {
            return CompletableFuture.completedFuture(known(credentials));
        } catch (TokenVerifier.UnknownKey | KeysNotThere perhapsNew) {
            return tokens.orElseThrow().keys().readAgain().thenApply(read -> stillKnown(credentials));
        } catch (NotAdmitted perhapsNew) {
            return admission.readAgain().thenApply(read -> stillKnown(credentials));
        } catch (NotAuthenticated refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /**
     * Who shows these credentials, by what is known here at this moment.
     *
     * @throws NotAuthenticated if they are not good, or no more
     * @throws NotAdmitted if his tenant is not served, or no more
     * @throws KeysNotThere if that cannot be said
     */
    public Caller stillKnown(Credentials credentials) {
        try {
            return known(credentials);
        } catch (TokenVerifier.UnknownKey unknown) {
            throw NotAuthenticated.invalid(unknown.getMessage());
        }
    }

    private Caller known(Credentials credentials) {
        Caller caller = asks() ? shown(credentials) : Caller.ANONYMOUS;
        switch (admission.standing(caller)) {
            case ACTIVE -> {}
            case SUSPENDED -> throw new NotAdmitted(true);
            case UNKNOWN -> throw new NotAdmitted(false);
        }
        return caller;
    }

    private Caller shown(Credentials credentials) {
        if (credentials instanceof Credentials.BearerToken bearer) {
            VerifiedToken token = verified(bearer.token());
            return notRevoked(token.caller(), token.issueTime());
        }
        if (credentials instanceof Credentials.SessionToken session) {
            VerifiedToken token = verified(session.token());
            return notRevoked(token.caller(), earlier(session.begun(), token.issueTime()));
        }
        if (credentials instanceof Credentials.ClientCertificate shown) {
            Caller caller = certificates
                    .orElseThrow(() -> NotAuthenticated.invalid("Client certificates are not accepted here"))
                    .caller(shown.certificate());
            return notRevoked(caller, shown.certificate().getNotBefore().toInstant());
        }
        throw new NotAuthenticated(Reason.MISSING, "Credentials are required: " + accepted());
    }

    private VerifiedToken verified(String token) {
        return tokens.orElseThrow(
                        () -> NotAuthenticated.invalid("Tokens are not accepted here, client certificates are"))
                .verified(token);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Caller notRevoked(Caller caller, Instant issued) {
        if (admission.revoked(caller, issued)) {
            throw NotAuthenticated.invalid("The credentials have been revoked");
        }
        return caller;
    }

    private String accepted() {
        String bearer = "the header authorization: Bearer with a token of the issuer";
        String certificate = "a client certificate";
        return tokens.isEmpty() ? certificate : certificates.isEmpty() ? bearer : bearer + ", or " + certificate;
    }
}
