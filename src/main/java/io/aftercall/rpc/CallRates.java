package io.aftercall.rpc;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ServedTenant;
import io.aftercall.security.Caller;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many calls in a second a caller and a tenant may make on this replica: token buckets that hold what is allowed in
 * a quarter of a second. So many go through at once; those beyond wait for their turn, and whose turn would not be
 * within a second are too many.
 */
final class CallRates {

    /** Whoever has not called for so long has a full bucket anyway. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private static final int AT_ONCE_PER_SECOND = 4;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ServedTenant.Directory tenants;
    private final int perCaller;
    private final TimeMeter time;
    private final LoadingCache<String, Bucket> callers;
    private final LoadingCache<TenantId, OfTenant> ofTenants;

    /** A tenant's bucket, and the rate that it was made for. */
    private static final class OfTenant {
        private final Bucket bucket;
        private int rate;

        OfTenant(Bucket bucket, int rate) {
            this.bucket = bucket;
            this.rate = rate;
        }
    }

    CallRates(ServedTenant.Directory tenants, int perCaller, TimeMeter time) {
        this.tenants = tenants;
        this.perCaller = perCaller;
        this.time = time;
        this.callers = Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build(caller -> bucket(perCaller));
        this.ofTenants = Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build(tenant -> {
            int rate = rate(tenant);
            return new OfTenant(bucket(rate), rate);
        });
    }

    /**
     * Counts a call.
     *
     * @param countedAs the caller's name among all
     * @return how long it has to wait for its turn, up to 1 s
     * @throws TooManyCalls if it is one too many
     */
    Duration count(Caller caller, String countedAs) {
        long ofCaller = take(callers.get(countedAs), "CALLER", perCaller);
        OfTenant tenant = ofTenants.get(caller.tenant());
        int rate = rate(caller.tenant());
        synchronized (tenant) {
            if (tenant.rate != rate) {
                tenant.rate = rate;
                tenant.bucket.replaceConfiguration(
                        BucketConfiguration.builder().addLimit(limit(rate)).build(), TokensInheritanceStrategy.RESET);
            }
        }
        return Duration.ofNanos(Math.max(ofCaller, take(tenant.bucket, "TENANT", rate)));
    }

    private static long take(Bucket bucket, String of, int rate) {
        long wait = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        if (wait > LONGEST_WAIT_NANOS) {
            throw new TooManyCalls(of, rate, Duration.ofNanos(wait));
        }
        return bucket.consumeIgnoringRateLimits(1);
    }

    private int rate(TenantId tenant) {
        return tenants.quotas(tenant).callsPerSecond().orElseThrow();
    }

    private Bucket bucket(int rate) {
        return Bucket.builder()
                .addLimit(limit(rate))
                .withCustomTimePrecision(time)
                .build();
    }

    private static Bandwidth limit(int rate) {
        return Bandwidth.builder()
                .capacity(Math.max(1, rate / AT_ONCE_PER_SECOND))
                .refillGreedy(rate, Duration.ofSeconds(1))
                .build();
    }
}
