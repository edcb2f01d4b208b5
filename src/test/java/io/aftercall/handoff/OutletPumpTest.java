package io.aftercall.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.delivery.Receipt;
import io.aftercall.delivery.Receipt.Kind;
import io.aftercall.delivery.RetrySchedule;
import io.aftercall.delivery.SigningSecrets;
import io.aftercall.engine.DeliveryQueue;
import io.aftercall.engine.StoreUnavailable;
import io.aftercall.engine.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Turn by turn, on a queue in memory. */
class OutletPumpTest {

    private static final DeliveryQueue.OutletKey OUTLET = new DeliveryQueue.OutletKey(TenantId.DEFAULT, "webhooks/crm");
    private static final RetrySchedule RETRIES = new RetrySchedule(Duration.ofSeconds(1), Duration.ofHours(1), 3);
    private static final RetrySchedule PAUSES = new RetrySchedule(Duration.ofSeconds(1), Duration.ofMinutes(1), 5);

    private final Shelf shelf = new Shelf();
    private final Deque<CompletableFuture<Receipt>> underWay = new ArrayDeque<>();
    private Outlet way = (outlet, parcel, target) -> {
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        underWay.add(receipt);
        return receipt;
    };
    private final Room room = new Room(20);
    private final OutletPump pump = successor(0);

    /** What is due, and what came of it. */
    private static final class Shelf implements DeliveryQueue {
        private final Deque<Parcel> due = new ArrayDeque<>();
        private final List<Result> results = new ArrayList<>();
        private final List<Health> health = new ArrayList<>();
        private final List<Delivery> givenBack = new ArrayList<>();
        private final Deque<Boolean> more = new ArrayDeque<>();
        private Optional<Target> target = Optional.empty();
        private CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);
        private int failures;
        private int turns;
        private long sequence;
        private boolean away;

        void put(int count, int attempt) {
            for (int i = 0; i < count; i++) {
                due.add(parcel(++sequence, attempt));
            }
        }

        Parcel parcel(long number, int attempt) {
            Delivery delivery = new Delivery(
                    number,
                    OUTLET.outlet(),
                    new UUID(0, 1),
                    Instant.EPOCH,
                    new Event(EventType.WEBHOOK_TESTED, null, null, null, null),
                    DeliveryState.PENDING,
                    attempt,
                    attempt - 1,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    null);
            return new Parcel(delivery, Optional.empty(), Optional.empty());
        }

        @Override
        public CompletionStage<List<OutletKey>> due(Set<String> common) {
            return CompletableFuture.completedFuture(due.isEmpty() ? List.of() : List.of(OUTLET));
        }

        @Override
        public CompletionStage<Taken> turn(
                OutletKey outlet, List<Result> came, Optional<Health> how, int most, Duration lease) {
            if (away) {
                return CompletableFuture.failedFuture(new StoreUnavailable(new IllegalStateException("away")));
            }
            turns++;
            results.addAll(came);
            how.ifPresent(health::add);
            List<Parcel> taken = new ArrayList<>();
            while (taken.size() < most && !due.isEmpty()) {
                taken.add(due.remove());
            }
            Taken answer = new Taken(target, failures, taken, !more.isEmpty() && more.remove());
            return answers.thenApply(now -> answer);
        }

        @Override
        public CompletionStage<Void> giveBack(OutletKey outlet, List<Delivery> untouched) {
            givenBack.addAll(untouched);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** What the next replica begins with. */
    private OutletPump successor(int failures) {
        shelf.failures = failures;
        return new OutletPump(
                OUTLET,
                shelf,
                (outlet, parcel, target) -> way.deliver(outlet, parcel, target),
                room,
                new OutletPump.Terms(3, Duration.ofSeconds(40), RETRIES, PAUSES),
                new Random(1));
    }

    private void answerAll(Kind kind) {
        while (!underWay.isEmpty()) {
            answer(kind);
        }
    }

    private void answer(Kind kind) {
        underWay.remove().complete(Receipt.of(kind, kind.name()));
    }

    @Test
    void firstOneIsTriedAndThenAsManyAsMayBe() {
        shelf.put(10, 1);

        pump.turn();
        int first = underWay.size();
        answer(Kind.ACCEPTED);

        assertThat(first).isEqualTo(1);
        assertThat(underWay).hasSize(3);
        while (!underWay.isEmpty()) {
            answer(Kind.ACCEPTED);
        }
        assertThat(shelf.results).hasSize(10).allMatch(result -> result.state() == DeliveryState.DELIVERED);
        assertThat(pump.idle()).isTrue();
    }

    @Test
    void afterFiveFailuresInTurnItIsLeftAloneAndItsSuccessorTriesOne() {
        shelf.put(10, 1);
        pump.turn();
        for (int i = 0; i < 5; i++) {
            answer(Kind.FAILED);
        }
        while (!underWay.isEmpty()) {
            answer(Kind.FAILED);
        }

        assertThat(shelf.due).isNotEmpty();
        assertThat(pump.idle()).isTrue();
        DeliveryQueue.Health last = shelf.health.get(shelf.health.size() - 1);
        assertThat(last.failures()).isEqualTo(5);
        assertThat(last.pause()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void whoRefusesLives() {
        for (int i = 0; i < 3; i++) {
            shelf.put(19, 1);
            pump.turn();
            answerAll(Kind.REFUSED);
            shelf.put(1, 1);
            pump.turn();
            answerAll(Kind.ACCEPTED);
        }

        assertThat(shelf.results).hasSize(60);
        assertThat(shelf.health).isEmpty();
    }

    @Test
    void oneThatIsRefusedOverAndOverSaysNothingOfTheOthers() {
        for (int i = 0; i < 30; i++) {
            shelf.due.add(shelf.parcel(1, 1));
            pump.turn();
            answerAll(Kind.REFUSED);
        }

        assertThat(shelf.health).isEmpty();
    }

    @Test
    void whoRefusesWhateverComesIsLeftAloneUntilItAcceptsOne() {
        shelf.put(30, 1);
        pump.turn();
        answerAll(Kind.REFUSED);
        OutletPump successor = successor(5);
        successor.turn();
        answerAll(Kind.REFUSED);

        assertThat(shelf.due).isNotEmpty();
        assertThat(shelf.health).hasSize(2).allMatch(health -> !health.pause().isZero());
        OutletPump last = successor(6);
        last.turn();
        answer(Kind.ACCEPTED);
        assertThat(shelf.health.get(2)).isEqualTo(new DeliveryQueue.Health(0, Duration.ZERO));
    }

    @Test
    void whoWasNotAskedIsNotJudged() {
        shelf.put(7, 1);
        pump.turn();
        while (!underWay.isEmpty()) {
            underWay.remove().complete(Receipt.unasked(Kind.IN_DOUBT, "not tried"));
        }

        assertThat(shelf.results).hasSize(7).allMatch(result -> result.state() == DeliveryState.PARKED);
        assertThat(shelf.health).isEmpty();
    }

    @Test
    void theLastAttemptAndWhatMustNotBeRepeatedAreParked() {
        shelf.put(1, RETRIES.attempts());
        shelf.put(2, 1);
        pump.turn();

        answer(Kind.REFUSED);
        answer(Kind.HOPELESS);
        answer(Kind.IN_DOUBT);

        assertThat(shelf.results).extracting(DeliveryQueue.Result::state).containsOnly(DeliveryState.PARKED);
    }

    @Test
    void whatCameIsToldWhenTheDatabaseIsBack() {
        shelf.put(1, 1);
        pump.turn();
        shelf.away = true;
        answer(Kind.ACCEPTED);
        boolean idle = pump.idle();
        shelf.away = false;
        pump.retell();

        assertThat(idle).isFalse();
        assertThat(shelf.results).hasSize(1);
        assertThat(pump.idle()).isTrue();
    }

    @Test
    void aFaultOfOursStopsNothing() {
        way = (outlet, parcel, target) -> {
            throw new IllegalStateException("a fault");
        };
        shelf.put(2, 1);
        pump.turn();
        pump.turn();

        assertThat(shelf.results).hasSize(2).allMatch(result -> result.words().startsWith("a fault of the server's"));
        assertThat(pump.idle()).isTrue();
    }

    @Test
    void whatIsBehindManyThatWaitIsLookedForAtOnce() {
        shelf.more.addAll(List.of(true, true, false));

        pump.turn();

        assertThat(shelf.turns).isEqualTo(3);
        assertThat(pump.idle()).isTrue();
    }

    @Test
    void whoWantsNothingMoreIsKnownByItsRevision() {
        shelf.target = Optional.of(new DeliveryQueue.Target("https://crm.example", new SigningSecrets(List.of()), 7));
        shelf.put(2, 1);
        pump.turn();

        answer(Kind.GONE);

        assertThat(shelf.health).containsExactly(new DeliveryQueue.Health(0, Duration.ZERO, Optional.of(7)));
        assertThat(shelf.due).hasSize(1);
    }

    // ---- room

    @Test
    void noMoreIsTakenThanThereIsRoomForAndAllOfItIsLeftAgain() {
        int others = room.take(9, 1);
        shelf.put(5, 1);
        pump.turn();
        answer(Kind.ACCEPTED);
        int atOnce = underWay.size();
        answerAll(Kind.ACCEPTED);
        shelf.away = true;
        pump.turn();
        room.leave(others);

        assertThat(atOnce).isEqualTo(1);
        assertThat(shelf.results).hasSize(5);
        assertThat(room.take(100, 1)).isEqualTo(10);
    }

    // ---- its end

    @Test
    void whoIsStoppedTakesNothingMoreAndIsDoneWhenWhatCameIsKept() {
        shelf.put(10, 1);
        pump.turn();
        answer(Kind.ACCEPTED);
        CompletableFuture<Void> stopped = pump.stop().toCompletableFuture();
        boolean before = stopped.isDone();
        answerAll(Kind.ACCEPTED);

        assertThat(before).isFalse();
        assertThat(stopped).isCompleted();
        assertThat(shelf.results).hasSize(4);
        assertThat(shelf.due).hasSize(6);
    }

    @Test
    void whoHasNothingToDoIsStoppedAtOnce() {
        assertThat(pump.stop()).isCompleted();
    }

    @Test
    void whatWasTakenMeanwhileIsGivenBackUntouched() {
        shelf.put(1, 1);
        shelf.answers = new CompletableFuture<>();
        pump.turn();
        CompletableFuture<Void> stopped = pump.stop().toCompletableFuture();
        boolean before = stopped.isDone();
        shelf.answers.complete(null);

        assertThat(before).isFalse();
        assertThat(stopped).isCompleted();
        assertThat(underWay).isEmpty();
        assertThat(shelf.givenBack).hasSize(1);
        assertThat(room.take(100, 1)).isEqualTo(10);
    }

    @Test
    void whoIsStoppedTellsWhatCameWhenTheDatabaseIsBack() {
        shelf.put(1, 1);
        pump.turn();
        CompletableFuture<Void> stopped = pump.stop().toCompletableFuture();
        shelf.away = true;
        answer(Kind.ACCEPTED);
        boolean before = stopped.isDone();
        shelf.away = false;
        pump.retell();

        assertThat(before).isFalse();
        assertThat(stopped).isCompleted();
        assertThat(shelf.results).hasSize(1);
    }
}
