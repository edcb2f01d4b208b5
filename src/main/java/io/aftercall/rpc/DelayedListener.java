package io.aftercall.rpc;

import io.grpc.ServerCall;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A call that cannot begin yet. Nothing has been asked of the transport, so no message comes; all that may come is that
 * the caller goes.
 */
final class DelayedListener<Q> extends ServerCall.Listener<Q> {

    private ServerCall.Listener<Q> begun;
    private boolean gone;

    private DelayedListener() {}

    /**
     * Begins the call on its event loop, or ends it with what stands against it.
     *
     * @param <T> what is waited for
     */
    static <Q, R, T> ServerCall.Listener<Q> until(
            CompletionStage<T> ready, ServerCall<Q, R> call, Function<T, ServerCall.Listener<Q>> begin) {
        DelayedListener<Q> delayed = new DelayedListener<>();
        Context loop = Vertx.currentContext();
        ready.whenComplete((value, failure) -> {
            if (loop == Vertx.currentContext()) {
                delayed.finish(value, failure, call, begin);
            } else {
                loop.runOnContext(ignored -> delayed.finish(value, failure, call, begin));
            }
        });
        return delayed;
    }

    private <T> void finish(
            T value, Throwable failure, ServerCall<Q, ?> call, Function<T, ServerCall.Listener<Q>> begin) {
        if (gone) {
            return;
        }
        if (failure != null) {
            CallGuard.close(call, GrpcErrors.of(failure));
            return;
        }
        begun = begin.apply(value);
        if (call.isReady()) {
            begun.onReady();
        }
    }

    @Override
    public void onMessage(Q message) {
        begun.onMessage(message);
    }

    @Override
    public void onHalfClose() {
        begun.onHalfClose();
    }

    @Override
    public void onCancel() {
        gone = true;
        if (begun != null) {
            begun.onCancel();
        }
    }

    @Override
    public void onComplete() {
        if (begun != null) {
            begun.onComplete();
        }
    }

    @Override
    public void onReady() {
        if (begun != null) {
            begun.onReady();
        }
    }
}
