package io.aftercall.rpc;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ServedTenant;
import io.aftercall.security.Caller;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;

/**
 * How many calls in a second a caller and a tenant may make on this replica: token buckets that hold what is allowed in
 * a second, so that a burst of so many goes through at once.
 */
final class CallRates {

    /** Whoever has not called for so long has a full bucket anyway. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

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
     * @throws TooManyCalls if it is one too many
     */
    void count(Caller caller, String countedAs) {
        take(callers.get(countedAs), "CALLER", perCaller);
        OfTenant tenant = ofTenants.get(caller.tenant());
        int rate = rate(caller.tenant());
        synchronized (tenant) {
            if (tenant.rate != rate) {
                tenant.rate = rate;
                tenant.bucket.replaceConfiguration(
                        BucketConfiguration.builder()
                                .addLimit(limit -> limit.capacity(rate).refillGreedy(rate, Duration.ofSeconds(1)))
                                .build(),
                        TokensInheritanceStrategy.RESET);
            }
        }
        take(tenant.bucket, "TENANT", rate);
    }

    private static void take(Bucket bucket, String of, int rate) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new TooManyCalls(of, rate, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private int rate(TenantId tenant) {
        return tenants.quotas(tenant).callsPerSecond().orElseThrow();
    }

    private Bucket bucket(int rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate).refillGreedy(rate, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }
}
