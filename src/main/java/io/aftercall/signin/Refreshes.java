package io.aftercall.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Refreshes each session once, whoever asks for it at the same moment: issuers that give a new refresh token each time
 * take a second use of the old one for a theft. For half a minute the old session still leads to the new one, for
 * requests that were under way.
 */
final class Refreshes {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private final OpenIdProvider provider;
    private final Cache<String, CompletableFuture<Session>> known = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(10_000)
            .build();

    Refreshes(OpenIdProvider provider) {
        this.provider = provider;
    }

    /**
     * @return fails with {@link SignInFailed}
     */
    CompletionStage<Session> of(Session session) {
        String key = Attempt.challenge(session.refreshToken().orElse(session.accessToken()));
        CompletableFuture<Session> refreshing =
                known.get(key, first -> provider.refreshed(session).toCompletableFuture());
        refreshing.whenComplete((done, failure) -> {
            // What was said to an issuer that did not answer may be said again.
            if (failure != null && !ended(failure)) {
                known.asMap().remove(key, refreshing);
            }
        });
        return refreshing;
    }

    static boolean ended(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof SignInFailed failed && failed.reason() == SignInFailed.Reason.ENDED;
    }
}
