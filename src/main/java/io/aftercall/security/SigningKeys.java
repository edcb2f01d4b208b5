package io.aftercall.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.lang.JoseException;

/** The issuer's keys as last read. Those that were read stay in use while they cannot be read again. */
final class SigningKeys {

    private static final Logger LOG = Logger.getLogger(SigningKeys.class);

    /** However many tokens come that are signed with unknown keys. */
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

    private final KeySource source;
    private final InstantSource clock;
    private volatile Edition edition = new Edition(0, List.of());
    private Instant lastRead = Instant.MIN;
    private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
    private boolean failing;

    /**
     * Keys that were published together.
     *
     * @param number counts the editions; 0 if none has been read
     */
    record Edition(long number, List<JsonWebKey> keys) {}

    SigningKeys(KeySource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    Edition current() {
        return edition;
    }

    /** Reads them again, unless that was done just now; completes, also when it did not go well, when it is done. */
    synchronized CompletionStage<Void> readAgain() {
        boolean justNow = lastRead.plus(AT_MOST_EVERY).isAfter(clock.instant());
        return reading.isDone() && !justNow ? read() : reading;
    }

    /** Reads them. */
    synchronized CompletionStage<Void> read() {
        if (!reading.isDone()) {
            return reading;
        }
        lastRead = clock.instant();
        reading = source.read()
                .thenAccept(this::take)
                .handle((done, failure) -> {
                    report(failure);
                    return (Void) null;
                })
                .toCompletableFuture();
        return reading;
    }

    private void take(String json) {
        List<JsonWebKey> read = publicKeys(json);
        if (!same(read, edition.keys()) || edition.number() == 0) {
            edition = new Edition(edition.number() + 1, read);
            LOG.infof("Tokens are checked with %d keys of the issuer from now on", read.size());
        }
    }

    /** A shared secret among them would let whoever reads the set sign tokens. */
    private static List<JsonWebKey> publicKeys(String json) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(json)
                    .getJsonWebKeys().stream()
                            .filter(key -> !(key instanceof OctetSequenceJsonWebKey))
                            .toList();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("there is no public key in it");
            }
            return keys;
        } catch (JoseException malformed) {
            throw new IllegalArgumentException("it is not a JWK set");
        }
    }

    private static boolean same(List<JsonWebKey> one, List<JsonWebKey> other) {
        return texts(one).equals(texts(other));
    }

    private static List<String> texts(List<JsonWebKey> keys) {
        return keys.stream()
                .map(key -> key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                .toList();
    }

    private synchronized void report(Throwable failure) {
        if (failure != null && !failing) {
            LOG.warnf(
                    "The issuer's keys cannot be read: %s. %s. Check aftercall.auth.keys.",
                    failure.getCause() == null
                            ? failure.getMessage()
                            : failure.getCause().getMessage(),
                    edition.number() == 0
                            ? "Nobody can be let in before they are"
                            : "Those that were read before stay in use");
        }
        failing = failure != null;
    }
}
