package io.aftercall.rpc;

import io.aftercall.security.Caller;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Turns calls away that are too many, half a second late: whoever asks again as soon as he is refused asks no more often
 * than that, and takes no more from the others. Many who are refused at once do not come back at once.
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
     * @return empty if it may go on; otherwise fails with {@link TooManyCalls} in a while
     */
    Optional<CompletionStage<Void>> turnsAway(Caller caller, String countedAs) {
        try {
            rates.count(caller, countedAs);
            return Optional.empty();
        } catch (TooManyCalls many) {
            CompletableFuture<Void> refused = new CompletableFuture<>();
            vertx.setTimer(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS), now -> refused.completeExceptionally(many));
            return Optional.of(refused);
        }
    }
}
