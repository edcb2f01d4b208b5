package io.aftercall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.QueueLoad;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Queues of which routers no longer report; what they say holds for a minute. */
class SilentQueuesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final QueueLoad MANY = new QueueLoad(50, Duration.ZERO);

    private final SettableClock clock = new SettableClock();
    private final TenantId tenant = TenantId.DEFAULT;
    private final InMemoryPolicyStore store = new InMemoryPolicyStore(new InMemoryAgentStore(clock), clock);
    private final PolicyBook book = new PolicyBook(tenant, store);
    private final QueuePressure pressure = new QueuePressure(tenant, store, book);

    @Test
    void aQueueIsUnderPressureNoMoreAMinuteAfterTheLastReport() {
        report("hotline");
        clock.tick(MINUTE);
        report("orders");

        forget();
        assertThat(underPressure("hotline")).isTrue();

        clock.tick(Duration.ofSeconds(1));
        forget();
        assertThat(underPressure("hotline")).isFalse();
        assertThat(underPressure("orders")).isTrue();
    }

    @Test
    void aReportThatComesMeanwhileCounts() {
        report("hotline");
        clock.tick(MINUTE.plusSeconds(1));
        CompletableFuture<Void> busy = new CompletableFuture<>();
        book.change(edition -> busy);

        var reported = pressure.report("hotline", MANY, "router").toCompletableFuture();
        var forgotten = pressure.forget(MINUTE, "aftercall").toCompletableFuture();
        busy.complete(null);
        reported.join();
        forgotten.join();

        assertThat(underPressure("hotline")).isTrue();
    }

    private void report(String queueId) {
        pressure.report(queueId, MANY, "router").toCompletableFuture().join();
    }

    private void forget() {
        pressure.forget(MINUTE, "aftercall").toCompletableFuture().join();
    }

    private boolean underPressure(String queueId) {
        return book.refresh().toCompletableFuture().join().underPressure(queueId);
    }
}
