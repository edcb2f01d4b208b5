package io.aftercall.rpc;

import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.feed.Subscription;
import io.grpc.stub.ServerCallStreamObserver;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Writes one subscription to one call, as fast as the subscriber reads. Lives on the call's event loop: from there
 * gRPC's readiness is exact, from any other thread megabytes run ahead of it.
 */
final class AgentStateStream {

    /** What one turn on the event loop may write before others have theirs. */
    private static final int MESSAGES = 16;

    /** How often it is asked whether its caller may still have it. */
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);

    private final ServerCallStreamObserver<StreamAgentStatesResponse> call;
    private final EventLoop eventLoop;
    private final DatabaseClock clock;
    private final SharedMessages messages;
    private Subscription subscription;
    private Duration bookmarks;
    private Consumer<StreamEnd> onEnd;
    private Runnable allowed;
    private Instant lastAllowed;
    private boolean readingLog;
    private boolean ended;
    private Instant expires;
    private Instant lastSent;
    private Instant stuckSince;

    AgentStateStream(
            ServerCallStreamObserver<StreamAgentStatesResponse> call,
            EventLoop eventLoop,
            DatabaseClock clock,
            SharedMessages messages) {
        this.call = call;
        this.eventLoop = eventLoop;
        this.clock = clock;
        this.messages = messages;
    }

    /**
     * @param stillAllowed throws what the stream is to end with once its caller may not have it any more
     * @param whenEnded told why, once
     */
    void start(
            Subscription toWrite,
            Duration bookmarkInterval,
            Duration age,
            Runnable stillAllowed,
            Consumer<StreamEnd> whenEnded) {
        allowed = stillAllowed;
        subscription = toWrite;
        bookmarks = bookmarkInterval;
        onEnd = whenEnded;
        lastSent = clock.local();
        lastAllowed = lastSent;
        expires = lastSent.plus(age);
        pump();
    }

    void cancelled() {
        if (!ended && subscription != null) {
            end(StreamEnd.CLIENT_GONE);
        }
        ended = true;
    }

    /** Whether its subscriber does not read what is there. */
    boolean stuck() {
        return stuckSince != null;
    }

    /** Writes what there is and the subscriber takes. */
    void pump() {
        if (ended || subscription == null || readingLog) {
            return;
        }
        try {
            for (int written = 0; call.isReady() && subscription.behind(); written++) {
                if (written == MESSAGES) {
                    eventLoop.execute(this::pump);
                    return;
                }
                if (subscription.needsLog()) {
                    readLog();
                    return;
                }
                messages.next(subscription).ifPresent(this::send);
            }
            if (!call.isReady()) {
                subscription.release();
            }
        } catch (RuntimeException failure) {
            fail(failure, StreamEnd.of(failure));
        }
    }

    /** Shows that the stream lives, and ends it if its subscriber does not or if it is old. */
    void tick(Duration maxLag) {
        if (ended || subscription == null) {
            return;
        }
        Instant now = clock.local();
        if (!lastAllowed.plus(ASKED_AGAIN).isAfter(now)) {
            lastAllowed = now;
            try {
                allowed.run();
            } catch (RuntimeException noMore) {
                fail(noMore, StreamEnd.NOT_PERMITTED);
                return;
            }
        }
        boolean stuck = !call.isReady() && subscription.behind();
        if (!stuck) {
            stuckSince = null;
        } else if (stuckSince == null) {
            stuckSince = now;
        } else if (stuckSince.plus(maxLag).isBefore(now)) {
            fail(GrpcErrors.tooSlow(), StreamEnd.TOO_SLOW);
            return;
        }
        if (!expires.isAfter(now)) {
            goAway(Duration.ZERO, StreamEnd.TOO_OLD);
            return;
        }
        if (call.isReady()
                && !subscription.behind()
                && !lastSent.plus(bookmarks).isAfter(now)) {
            send(ChangeProto.message(subscription, ChangeProto.bookmark(clock.now())));
        }
    }

    /** Ends the stream well, with a token that covers all that was sent. */
    void goAway(Duration reconnectAfter, StreamEnd why) {
        // What is there goes first: it may be waiting for this event loop's next turn.
        pump();
        if (!ended && subscription != null) {
            send(ChangeProto.message(subscription, ChangeProto.goingAway(reconnectAfter)));
            end(why);
            call.onCompleted();
        }
    }

    private void readLog() {
        readingLog = true;
        subscription
                .readLog()
                .whenCompleteAsync(
                        (done, failure) -> {
                            readingLog = false;
                            if (failure == null) {
                                pump();
                            } else {
                                fail(failure, StreamEnd.of(failure));
                            }
                        },
                        eventLoop);
    }

    private void send(StreamAgentStatesResponse message) {
        lastSent = clock.local();
        call.onNext(message);
    }

    private void fail(Throwable failure, StreamEnd why) {
        if (!ended) {
            end(why);
            call.onError(GrpcErrors.of(failure));
        }
    }

    private void end(StreamEnd why) {
        ended = true;
        onEnd.accept(why);
    }
}
