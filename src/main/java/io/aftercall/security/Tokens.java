package io.aftercall.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/**
 * Tokens of the issuer. Each is checked once: a signature costs as much as the call that it comes with. What was found
 * good is good until it expires or the issuer's keys change.
 */
public final class Tokens {

    /** Some 2 KiB each. */
    private static final int REMEMBERED = 10_000;

    private final TokenVerifier verifier;
    private final SigningKeys keys;
    private final InstantSource clock;
    private final Cache<String, Remembered> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Remembered(VerifiedToken token, long edition) {}

    public Tokens(TokenRules rules, KeySource source, InstantSource clock) {
        this.verifier = new TokenVerifier(rules);
        this.keys = new SigningKeys(source, clock);
        this.clock = clock;
    }

    SigningKeys keys() {
        return keys;
    }

    /** Reads the issuer's keys; completes when that is done, or could not be done. */
    public CompletionStage<Void> readKeys() {
        return keys.read();
    }

    /** Whether the issuer's keys have been read. */
    public boolean ready() {
        return keys.current().number() > 0;
    }

    /**
     * What a token says.
     *
     * @throws NotAuthenticated if it is not good
     * @throws TokenVerifier.UnknownKey if it may be good and its key is not known
     * @throws KeysNotThere if no keys have been read
     */
    VerifiedToken verified(String token) {
        SigningKeys.Edition edition = keys.current();
        if (edition.number() == 0) {
            throw new KeysNotThere();
        }
        Instant now = clock.instant();
        Remembered known = remembered.getIfPresent(token);
        if (known == null || known.edition() != edition.number()) {
            known = new Remembered(verifier.verify(token, edition.keys(), now), edition.number());
            remembered.put(token, known);
        }
        if (!now.isBefore(known.token().expireTime())) {
            remembered.invalidate(token);
            throw new NotAuthenticated(NotAuthenticated.Reason.EXPIRED, "The token has expired");
        }
        return known.token();
    }
}
