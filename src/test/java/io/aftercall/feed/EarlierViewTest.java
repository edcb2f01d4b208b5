package io.aftercall.feed;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.BOB;
import static io.aftercall.engine.Samples.deletion;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All agents as they were at an earlier revision, by the changes in memory. */
class EarlierViewTest {

    private static final int CAPACITY = 8;

    private final FeedFixture fixture = new FeedFixture(CAPACITY).loaded();
    private final TenantFeed feed = fixture.feed;

    @Test
    void agentsAreAsTheyWereAndWhoCameLaterIsNotThere() {
        fixture.here(step(idle(ADA, 1)));
        fixture.here(step(idle(ADA, 2)), step(idle(BOB, 1)), step(idle(ADA, 3)));

        assertThat(at(0)).contains(List.of());
        assertThat(at(1)).contains(List.of(new StoredAgent(idle(ADA, 1), 1)));
        assertThat(at(2)).contains(List.of(new StoredAgent(idle(ADA, 2), 2)));
        assertThat(at(4).orElseThrow())
                .containsExactlyInAnyOrder(new StoredAgent(idle(ADA, 3), 4), new StoredAgent(idle(BOB, 1), 3));
    }

    @Test
    void whoHasBeenDeletedSinceIsThere() {
        fixture.here(step(idle(ADA, 1)), step(idle(BOB, 1)));
        fixture.here(deletion(idle(ADA, 2)));

        assertThat(at(2).orElseThrow())
                .containsExactlyInAnyOrder(new StoredAgent(idle(ADA, 1), 1), new StoredAgent(idle(BOB, 1), 2));
        assertThat(at(3)).contains(List.of(new StoredAgent(idle(BOB, 1), 2)));
        assertThat(feed.agent(ADA)).isEmpty();
    }

    @Test
    void aChangeOfPoliciesChangesNoAgent() {
        fixture.here(step(idle(ADA, 1)));
        feed.committed(List.of(new CommittedChange(2, fixture.clock.instant(), Optional.empty())));

        assertThat(at(1)).contains(List.of(new StoredAgent(idle(ADA, 1), 1)));
    }

    @Test
    void anotherReplicaSaysTheSameOfWhatItReadFromTheLog() {
        fixture.here(step(idle(ADA, 1)));
        TenantFeed other = new TenantFeed(fixture.tenant, fixture.store, CAPACITY);
        await(other.catchUp());
        fixture.here(step(idle(ADA, 2)), step(idle(BOB, 1)));
        await(other.catchUp());

        assertThat(other.view(feed.epoch(), 1)).isEqualTo(feed.view(feed.epoch(), 1));
    }

    @Test
    void itReachesAsFarBackAsTheChangesInMemory() {
        for (int version = 1; version <= CAPACITY + 1; version++) {
            fixture.here(step(idle(ADA, version)));
        }

        assertThat(at(1)).contains(List.of(new StoredAgent(idle(ADA, 1), 1)));
        assertThat(at(0)).isEmpty();
    }

    @Test
    void aReplicaThatWasLoadedLaterDoesNotKnowIt() {
        fixture.here(step(idle(ADA, 1)), step(idle(ADA, 2)));
        TenantFeed other = new TenantFeed(fixture.tenant, fixture.store, CAPACITY);

        await(other.catchUp());

        assertThat(other.view(feed.epoch(), 1)).isEmpty();
    }

    @Test
    void whatIsYetToComeAndAnotherHistoryAreNotKnown() {
        fixture.here(step(idle(ADA, 1)));

        assertThat(at(2)).isEmpty();
        assertThat(feed.view("of another history", 1)).isEmpty();
    }

    @Test
    void aRevisionOfALostHistoryIsNotKnownAgainOnceItsNumberIsGivenAnew() {
        fixture.here(step(idle(ADA, 1)), step(idle(ADA, 2)));
        String lost = feed.epoch();
        fixture.memory.restore(fixture.tenant, 1);
        await(feed.renew());
        fixture.here(step(idle(BOB, 1)));

        assertThat(feed.view(lost, 2)).isEmpty();
    }

    @Test
    void allWhoAskAtOneRevisionShareACopy() {
        fixture.here(step(idle(ADA, 1)));
        TenantFeed.View first = feed.view();

        assertThat(feed.view()).isSameAs(first);
        fixture.here(step(idle(ADA, 2)));
        assertThat(feed.view().agents()).containsExactly(new StoredAgent(idle(ADA, 2), 2));
    }

    private Optional<List<StoredAgent>> at(long revision) {
        return feed.view(feed.epoch(), revision).map(TenantFeed.View::agents);
    }
}
