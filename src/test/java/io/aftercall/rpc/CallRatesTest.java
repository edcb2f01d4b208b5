package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aftercall.engine.Quotas;
import io.aftercall.engine.SettableClock;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ServedTenant;
import io.aftercall.security.BucketTime;
import io.aftercall.security.Caller;
import io.aftercall.security.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallRatesTest {

    private static final Caller ADA = caller("acme");
    private static final Caller OTHER = caller("other");

    private final SettableClock clock = new SettableClock();
    private int perTenant = 16;
    private final CallRates rates = new CallRates(
            new ServedTenant.Directory() {
                @Override
                public ServedTenant of(TenantId tenant) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Quotas quotas(TenantId tenant) {
                    return Quotas.of(1, 1, perTenant, 1);
                }
            },
            10,
            new BucketTime(clock));

    private static Caller caller(String tenant) {
        return new Caller(new TenantId(tenant), "router", Set.of(Role.ROUTER), Optional.empty(), Set.of());
    }

    private void count(int calls, Caller caller, String countedAs) {
        for (int i = 0; i < calls; i++) {
            rates.count(caller, countedAs);
        }
    }

    private TooManyCalls refused(Caller caller, String countedAs) {
        return catchThrowableOfType(TooManyCalls.class, () -> rates.count(caller, countedAs));
    }

    @Test
    void aFewGoThroughAtOnceThoseBeyondTakeTurnsAndWhoWouldWaitLongerIsRefused() {
        assertThat(rates.count(ADA, "ada")).isZero();
        assertThat(rates.count(ADA, "ada")).isZero();
        for (int turn = 1; turn <= 10; turn++) {
            assertThat(rates.count(ADA, "ada")).isEqualTo(Duration.ofMillis(100 * turn));
        }

        TooManyCalls refused = refused(ADA, "ada");

        assertThat(refused.of()).isEqualTo("CALLER");
        assertThat(refused.perSecond()).isEqualTo(10);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(1_100));
    }

    @Test
    void withTimeThereIsRoomAgain() {
        count(12, ADA, "ada");
        clock.tick(Duration.ofMillis(300));

        count(3, ADA, "ada");

        assertThat(refused(ADA, "ada")).isNotNull();
    }

    @Test
    void whoKeepsToHisRateNeverWaits() {
        for (int i = 0; i < 50; i++) {
            assertThat(rates.count(ADA, "ada")).isZero();
            clock.tick(Duration.ofMillis(100));
        }
    }

    @Test
    void manyCallersOfATenantShareItsRateAndTakeNothingFromAnother() {
        count(12, ADA, "ada");
        count(8, ADA, "bob");

        assertThat(refused(ADA, "bob").of()).isEqualTo("TENANT");
        assertThatCode(() -> count(12, OTHER, "carl")).doesNotThrowAnyException();
    }

    @Test
    void aChangedLimitHoldsAtOnce() {
        count(12, ADA, "ada");
        count(8, ADA, "bob");
        perTenant = 20;

        assertThatCode(() -> count(4, ADA, "bob")).doesNotThrowAnyException();
    }
}
