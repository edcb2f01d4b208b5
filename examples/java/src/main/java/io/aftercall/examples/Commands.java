package io.aftercall.examples;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Commands that get through, and what errors say. */
final class Commands {
    /** The token may have expired, and is another one by the next attempt. */
    private static final Set<Status.Code> REPEATED =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.UNAUTHENTICATED);

    private final ScheduledExecutorService thread;

    Commands(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /**
     * Repeats a command as it was until it is answered: one that got lost would leave its agent in a call that is over.
     *
     * @return the answer, or the error of a command that was refused
     */
    <Q, R> CompletableFuture<R> send(BiConsumer<Q, StreamObserver<R>> method, Q request) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        attempt(method, request, 0, answer);
        return answer;
    }

    private <Q, R> void attempt(
            BiConsumer<Q, StreamObserver<R>> method, Q request, int failures, CompletableFuture<R> answer) {
        method.accept(request, new StreamObserver<>() {
            @Override
            public void onNext(R response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                Optional<Long> delay = retryDelay(error);
                if (delay.isEmpty()
                        && !REPEATED.contains(Status.fromThrowable(error).getCode())) {
                    answer.completeExceptionally(error);
                    return;
                }
                thread.schedule(
                        () -> attempt(method, request, failures + 1, answer),
                        delay.orElse(0L) + backoff(failures),
                        TimeUnit.MILLISECONDS);
            }

            @Override
            public void onCompleted() {}
        });
    }

    /**
     * From nothing to twice as long each time, up to 2 s: those who failed together do not come back together.
     *
     * @return milliseconds
     */
    static long backoff(int failures) {
        return ThreadLocalRandom.current().nextLong(Math.min(2_000, 100L << Math.min(failures, 10)));
    }

    /** Returns the server's reason, as AGENT_NOT_ROUTABLE; empty if it gave none. */
    static String reason(Throwable error) {
        return detail(error, ErrorInfo.class).map(ErrorInfo::getReason).orElse("");
    }

    /** When the server wants to be asked again, in milliseconds. */
    private static Optional<Long> retryDelay(Throwable error) {
        return detail(error, RetryInfo.class)
                .map(RetryInfo::getRetryDelay)
                .map(delay -> delay.getSeconds() * 1_000 + delay.getNanos() / 1_000_000);
    }

    private static <D extends Message> Optional<D> detail(Throwable error, Class<D> type) {
        com.google.rpc.Status status = StatusProto.fromThrowable(error);
        if (status == null) {
            return Optional.empty();
        }
        return status.getDetailsList().stream()
                .filter(any -> any.is(type))
                .map(any -> unpack(any, type))
                .findFirst();
    }

    private static <D extends Message> D unpack(Any any, Class<D> type) {
        try {
            return any.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
