package io.aftercall.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Lets work that would only get into its own way be done one after the other, in the order in which it came. */
final class Turns {

    private CompletionStage<?> last = CompletableFuture.completedFuture(null);

    synchronized <T> CompletionStage<T> next(Supplier<CompletionStage<T>> work) {
        CompletionStage<T> done = last.handle((before, failed) -> null).thenCompose(turn -> work.get());
        last = done;
        return done;
    }
}
