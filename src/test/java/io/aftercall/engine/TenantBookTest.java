package io.aftercall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tenants in memory, and a database that answers when it likes. */
class TenantBookTest {

    private final SettableClock clock = new SettableClock();
    private final SlowTenantStore store = new SlowTenantStore();
    private final List<Collection<Tenant>> told = new ArrayList<>();
    private final TenantBook book = new TenantBook(store, clock, told::add);
    private final Tenant old = tenant("old");
    private final Tenant made = tenant("made");

    @Test
    void anAnswerThatWasOvertakenTakesNobodyAway() {
        book.refresh();
        CompletableFuture<List<Tenant>> overtaken = store.asked.remove();
        book.refresh();
        store.asked.remove().complete(List.of(old, made));

        overtaken.complete(List.of(old));

        assertThat(book.find(made.id())).contains(made);
        assertThat(told).containsExactly(List.of(old, made));
    }

    @Test
    void ifTheLaterReadingFailsTheEarlierCounts() {
        book.refresh();
        CompletableFuture<List<Tenant>> earlier = store.asked.remove();
        book.refresh();
        store.asked.remove().completeExceptionally(new IllegalStateException("No database"));

        earlier.complete(List.of(old));

        assertThat(book.read()).isTrue();
        assertThat(book.all()).containsExactly(old);
    }

    @Test
    void howeverManyAskTheDatabaseIsAskedFiveTimesASecond() {
        CompletionStage<Void> first = book.refreshUnlessJustNow();
        clock.tick(Duration.ofMillis(199));
        assertThat(book.refreshUnlessJustNow()).isSameAs(first);

        clock.tick(Duration.ofMillis(1));
        book.refreshUnlessJustNow();

        assertThat(store.asked).hasSize(2);
    }

    private Tenant tenant(String id) {
        return new Tenant(
                new TenantId(id),
                "",
                Tenant.Status.ACTIVE,
                Quotas.OF_INSTALLATION,
                Optional.empty(),
                clock.instant(),
                Map.of());
    }

    /** Answers are the test's to give. */
    private static final class SlowTenantStore implements TenantStore {

        final Queue<CompletableFuture<List<Tenant>>> asked = new ArrayDeque<>();

        @Override
        public CompletionStage<List<Tenant>> all() {
            CompletableFuture<List<Tenant>> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }

        @Override
        public CompletionStage<Optional<Tenant>> create(TenantId id, String name, Quotas quotas, Actor actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Optional<Tenant>> update(TenantId id, UnaryOperator<Tenant> change, Actor actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> revoke(TenantId id, String subject, Actor actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> deleteSome(TenantId id) {
            throw new UnsupportedOperationException();
        }
    }
}
