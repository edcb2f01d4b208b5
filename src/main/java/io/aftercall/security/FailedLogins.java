package io.aftercall.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Logs who was not let in, a few in a second at most, so that who tries a million times does not fill the disk. */
public final class FailedLogins {

    private static final Logger LOG = Logger.getLogger(FailedLogins.class);
    private static final int LINES_PER_SECOND = 5;

    private final Bucket lines;
    private final AtomicLong unsaid = new AtomicLong();

    public FailedLogins(TimeMeter time) {
        lines = Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(LINES_PER_SECOND).refillGreedy(LINES_PER_SECOND, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    /**
     * @param origin the address that he came from
     */
    public void add(NotAuthenticated refused, String origin) {
        if (lines.tryConsume(1)) {
            LOG.infof(
                    "A caller from %s was not let in: %s (%d more since the last line)",
                    origin, refused.getMessage(), unsaid.getAndSet(0));
        } else {
            unsaid.incrementAndGet();
        }
    }
}
