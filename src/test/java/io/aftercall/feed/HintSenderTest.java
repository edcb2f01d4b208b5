package io.aftercall.feed;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.engine.ChangeHints;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.InMemoryReplicaStore;
import io.aftercall.engine.Replicas;
import io.aftercall.engine.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class HintSenderTest {

    private final FeedFixture fixture = new FeedFixture(8).loaded();
    private final InMemoryReplicaStore others = new InMemoryReplicaStore();
    private final Replicas replicas = new Replicas(UUID.randomUUID(), others);
    private final SlowHints hints = new SlowHints();
    private final HintSender sender = new HintSender(fixture.feed, replicas, hints);

    @Test
    void whoIsAloneSendsNothing() {
        commit(1);

        assertThat(hints.sent).isEmpty();
        assertThat(fixture.feed.revision()).isEqualTo(1);
    }

    @Test
    void oneHintIsUnderWayAndTheNextStandsForAllThatWereCommittedMeanwhile() {
        notAlone();
        commit(1);
        commit(2);
        commit(3);
        assertThat(hints.sent).containsExactly(1L);

        hints.underWay.complete(null);

        assertThat(hints.sent).containsExactly(1L, 3L);
    }

    @Test
    void theHintIsOfWhatWasCommittedAlsoWhileTheFeedMissesWhatCameBefore() {
        notAlone();
        fixture.elsewhere(step(idle(ADA, 1)));
        List<CommittedChange> own = fixture.elsewhere(step(idle(ADA, 2)));
        fixture.store.holdCalls();

        sender.committed(own);

        assertThat(fixture.feed.revision()).isZero();
        assertThat(hints.sent).containsExactly(2L);
    }

    @Test
    void aHintThatIsLostDoesNotStopTheNext() {
        notAlone();
        commit(1);
        hints.underWay.completeExceptionally(new IllegalStateException("Away"));

        commit(2);

        assertThat(hints.sent).containsExactly(1L, 2L);
    }

    private void notAlone() {
        others.beat(UUID.randomUUID(), Duration.ZERO);
        replicas.beat();
    }

    private void commit(int version) {
        sender.committed(fixture.elsewhere(step(idle(ADA, version))));
    }

    private static final class SlowHints implements ChangeHints {
        private final List<Long> sent = new ArrayList<>();
        private CompletableFuture<Void> underWay;

        @Override
        public CompletionStage<Void> tell(TenantId tenant, long revision) {
            sent.add(revision);
            underWay = new CompletableFuture<>();
            return underWay;
        }

        @Override
        public void listen(Listener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
