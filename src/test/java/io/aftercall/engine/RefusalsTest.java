package io.aftercall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Calls that were not permitted come into the trail together, and what goes wrong once is not held against the next. */
class RefusalsTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");

    private final List<List<AuditEvent>> appended = new ArrayList<>();
    private final List<CompletableFuture<Void>> writing = new ArrayList<>();
    private final Refusals refusals = new Refusals(new Trail());

    /** Takes until it is told. */
    private final class Trail implements AuditTrail {

        @Override
        public CompletionStage<Void> append(TenantId tenant, List<AuditEvent> events) {
            appended.add(events);
            writing.add(new CompletableFuture<>());
            return writing.get(writing.size() - 1);
        }

        @Override
        public CompletionStage<List<Entry>> after(TenantId tenant, long after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<List<Entry>> before(TenantId tenant, long before, Filter filter, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Ends> ends(TenantId tenant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> forget(Duration age) {
            throw new UnsupportedOperationException();
        }
    }

    private static AuditEvent refused(String call) {
        return AuditEvent.refused(Actor.named("router"), call, "agents/a");
    }

    private CompletableFuture<Void> add(TenantId tenant, String call) {
        return refusals.add(tenant, refused(call)).toCompletableFuture();
    }

    @Test
    void thoseThatComeMeanwhileAreWrittenTogether() {
        CompletableFuture<Void> first = add(ACME, "first");
        CompletableFuture<Void> second = add(ACME, "second");
        CompletableFuture<Void> third = add(ACME, "third");

        writing.get(0).complete(null);

        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(appended).containsExactly(List.of(refused("first")), List.of(refused("second"), refused("third")));
        writing.get(1).complete(null);
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
    }

    @Test
    void oneTenantsWaitForNoOther() {
        add(ACME, "first");

        add(OTHER, "second");

        assertThat(appended).hasSize(2);
    }

    @Test
    void whereTheTrailCannotBeWrittenThatIsSaidAndTheNextIsTried() {
        CompletableFuture<Void> first = add(ACME, "first");
        CompletableFuture<Void> second = add(ACME, "second");

        writing.get(0).completeExceptionally(new StoreUnavailable(new IllegalStateException()));

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isNotDone();
        writing.get(1).complete(null);
        assertThat(second).isCompleted();
    }
}
