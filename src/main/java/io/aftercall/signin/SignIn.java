package io.aftercall.signin;

import io.aftercall.security.Authenticator;
import io.aftercall.security.Caller;
import io.aftercall.security.NotAuthenticated;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** From the way to the issuer to the end of the session. */
public final class SignIn {

    /** How long a person may take at the issuer's. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration HAND_OVER = Duration.ofMinutes(1);

    private static final String HANDED_OVER = "hand-over";

    private final SignInSettings settings;
    private final OpenIdProvider provider;
    private final Refreshes refreshes;
    private final Authenticator authenticator;
    private final Seal seal;
    private final SecureRandom random;
    private final InstantSource clock;

    /** A session, and who has it. */
    public record Known(Session session, Caller caller) {}

    public SignIn(
            SignInSettings settings,
            Authenticator authenticator,
            Vertx vertx,
            SecureRandom random,
            InstantSource clock) {
        this.settings = settings;
        this.provider = new OpenIdProvider(settings, vertx, clock);
        this.refreshes = new Refreshes(provider);
        this.authenticator = authenticator;
        this.seal = new Seal(settings.keys(), clock);
        this.random = random;
        this.clock = clock;
    }

    /** What browsers keep of sessions. */
    public SessionCookies cookies() {
        return new SessionCookies(settings, seal, clock);
    }

    /** The address that browsers reach this server under. */
    public String origin() {
        return settings.origin();
    }

    public Attempt begin(String returnTo, Optional<String> handOver) {
        return Attempt.begin(random, returnTo, handOver);
    }

    /**
     * Where to send whoever has begun.
     *
     * @return fails with {@link SignInFailed}
     */
    public CompletionStage<String> authorizationUrl(Attempt attempt) {
        return provider.authorizationUrl(attempt);
    }

    /**
     * The session of one whom the issuer has sent back.
     *
     * @return fails with {@link SignInFailed}, or as {@link Authenticator#caller} does
     */
    public CompletionStage<Known> finish(String code, Attempt attempt) {
        return provider.session(code, attempt).thenCompose(this::known);
    }

    /**
     * The session as it is now: with the next access token if it is time for it, or if the one it has turns out to have
     * expired. While the issuer is away the old token is good until its end.
     *
     * @return fails with {@link SignInFailed}, or as {@link Authenticator#caller} does
     */
    public CompletionStage<Known> current(Session session) {
        Instant now = clock.instant();
        if (!session.due(now)) {
            return orElse(known(session), failure -> expired(failure) ? refreshed(session) : failed(failure));
        }
        return orElse(refreshed(session), failure -> session.over(now) ? failed(failure) : known(session));
    }

    private CompletionStage<Known> refreshed(Session session) {
        return refreshes.of(session).thenCompose(this::known);
    }

    private CompletionStage<Known> known(Session session) {
        return authenticator.caller(session.credentials()).thenApply(caller -> new Known(session, caller));
    }

    /** What another window of the same browser may claim this session by, who has the secret of that hash. */
    public String handOver(Session session, String hash) {
        JsonObject content = new JsonObject().put("session", session.json()).put("hash", hash);
        return seal.seal(HANDED_OVER, content, clock.instant().plus(HAND_OVER));
    }

    /** The session that was handed over; empty if it is another's, or that was too long ago. */
    public Optional<Session> takeOver(String sealed, String secret) {
        return seal.open(HANDED_OVER, sealed)
                .filter(content -> same(content.getString("hash"), Attempt.challenge(secret)))
                .map(content -> Session.of(content.getJsonObject("session")));
    }

    /** Has the refresh token taken back, as far as the issuer does that. */
    public void end(Session session) {
        provider.revoke(session);
    }

    /**
     * Where to send one who has signed out: to the issuer, so that he is signed out there too, or to a page of ours.
     *
     * @param idToken empty if he has none
     */
    public CompletionStage<String> endUrl(String idToken) {
        return provider.endSessionUrl(idToken)
                .thenApply(url -> url.orElse(SignInSettings.SIGNED_OUT))
                .exceptionally(away -> SignInSettings.SIGNED_OUT);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean expired(Throwable failure) {
        return failure instanceof NotAuthenticated refused && refused.reason() == NotAuthenticated.Reason.EXPIRED;
    }

    private static CompletionStage<Known> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    private static CompletionStage<Known> orElse(
            CompletionStage<Known> first, Function<Throwable, CompletionStage<Known>> second) {
        return first.handle((known, failure) -> failure == null
                        ? CompletableFuture.completedStage(known)
                        : second.apply(failure instanceof CompletionException ? failure.getCause() : failure))
                .thenCompose(chosen -> chosen);
    }
}
