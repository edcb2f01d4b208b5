package io.aftercall.handoff;

import io.aftercall.delivery.Receipt;
import io.aftercall.delivery.Receipt.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * A request and its answer. It is over when the answer has ended, or else when its time is: its connection is free again
 * or closed then. What was answered stands in the head, and counts however the rest ends.
 */
final class WebhookExchange {

    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Of an answer, whose words nobody reads. */
    private static final int MAX_ANSWER = 64 * 1024;

    /** The longest that is taken from a receiver as an answer to when to come again. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final HttpClientRequest request;
    private final Promise<Receipt> over = Promise.promise();
    private volatile Receipt answered;

    private WebhookExchange(HttpClientRequest request) {
        this.request = request;
    }

    /**
     * @param timeout from now up to the end of the answer
     * @return fails if there is no answer; with {@link TimeoutException} if there is none in time
     */
    static Future<Receipt> of(Vertx vertx, HttpClientRequest request, byte[] body, Duration timeout) {
        WebhookExchange exchange = new WebhookExchange(request);
        long timer = vertx.setTimer(timeout.toMillis(), late -> exchange.cut());
        request.send(Buffer.buffer(body)).compose(exchange::read).onComplete(end -> exchange.end(end.cause()));
        return exchange.over.future().onComplete(receipt -> vertx.cancelTimer(timer));
    }

    private Future<Void> read(HttpClientResponse response) {
        answered = receipt(response);
        int[] read = {0};
        // What it says is nobody's business; who says too much loses the connection.
        response.handler(part -> {
            read[0] += part.length();
            if (read[0] > MAX_ANSWER) {
                request.reset();
            }
        });
        return response.end();
    }

    private void cut() {
        end(new TimeoutException());
        request.reset();
    }

    private void end(Throwable failure) {
        if (answered != null) {
            over.tryComplete(answered);
        } else {
            over.tryFail(failure);
        }
    }

    private static Receipt receipt(HttpClientResponse response) {
        int status = response.statusCode();
        String words = "HTTP " + status;
        if (status >= 200 && status < 300) {
            return Receipt.of(Kind.ACCEPTED, words);
        }
        if (status == GONE) {
            return Receipt.of(Kind.GONE, words);
        }
        Kind kind = status >= 500 || status == TOO_MANY_REQUESTS ? Kind.FAILED : Kind.REFUSED;
        return new Receipt(kind, status / 100 == 3 ? words + ", redirects are not followed" : words, wait(response));
    }

    private static Optional<Duration> wait(HttpClientResponse response) {
        return Optional.ofNullable(response.getHeader("retry-after"))
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(wait -> wait.compareTo(LONGEST_RETRY_AFTER) < 0 ? wait : LONGEST_RETRY_AFTER);
    }
}
