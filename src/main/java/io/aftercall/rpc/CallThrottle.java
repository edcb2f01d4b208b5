package io.aftercall.rpc;

import io.aftercall.security.Caller;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Spreads calls that come in a heap, so that nobody else has to wait behind it, and turns away those that are too many.
 * These are told half a second later: whoever asks again as soon as he is refused asks no more often than that. Many
 * who are refused at once do not come back at once.
 */
final class CallThrottle {

    private static final int SHORTEST_MILLIS = 250;
    private static final int LONGEST_MILLIS = 750;

    private final CallRates rates;
    private final Vertx vertx;
    private final RandomGenerator random;

    CallThrottle(CallRates rates, Vertx vertx, RandomGenerator random) {
        this.rates = rates;
        this.vertx = vertx;
        this.random = random;
    }

    /**
     * Counts a call.
     *
     * @param countedAs the caller's name among all
     * @return empty if it may go on at once; otherwise completes when it may, or fails with {@link TooManyCalls}
     */
    Optional<CompletionStage<Void>> turn(Caller caller, String countedAs) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        try {
            long wait = rates.count(caller, countedAs).toMillis();
            if (wait == 0) {
                return Optional.empty();
            }
            vertx.setTimer(wait, now -> turn.complete(null));
        } catch (TooManyCalls many) {
            int later = random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS);
            vertx.setTimer(later, now -> turn.completeExceptionally(many));
        }
        return Optional.of(turn);
    }
}
