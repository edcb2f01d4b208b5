package io.aftercall.engine;

import static io.aftercall.engine.LaneFixture.available;
import static io.aftercall.engine.LaneFixture.notReady;
import static io.aftercall.engine.LaneFixture.refusedFor;
import static io.aftercall.engine.LaneFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RepeatedRequestsTest {

    private final LaneFixture fixture = new LaneFixture(new CommandLane.Limits(100, 50));

    @Test
    void aRequestRepeatedLaterIsToldWhatTheFirstWasTold() {
        Reply first = fixture.submit(available("ada"), request("same")).join();
        fixture.submit(notReady("ada"));

        Reply second = fixture.submit(available("ada"), request("same")).join();

        assertThat(second).isEqualTo(first);
        assertThat(fixture.heard).hasSize(2);
    }

    @Test
    void aRequestRepeatedInTheSameTransactionIsToldWhatTheFirstIsToldWithItsRevision() {
        fixture.store.holdCalls();
        fixture.submit(available("other"));
        CompletableFuture<Reply> first = fixture.submit(available("ada"), request("same"));
        CompletableFuture<Reply> second = fixture.submit(available("ada"), request("same"));

        fixture.store.release();

        assertThat(fixture.heard).hasSize(2);
        assertThat(second.join()).isEqualTo(first.join());
    }

    @Test
    void aRequestIdUsedForSomethingElseIsRefused() {
        fixture.submit(available("ada"), request("one"));

        Reply reply = fixture.submit(notReady("ada"), request("another")).join();

        assertThat(reply).isEqualTo(new Reply.RequestIdReused(request("another")));
        assertThat(fixture.heard).hasSize(1);
    }

    @Test
    void aRequestIdUsedForSomethingElseInTheSameTransactionIsRefused() {
        fixture.store.holdCalls();
        fixture.submit(available("other"));
        fixture.submit(available("ada"), request("one"));
        CompletableFuture<Reply> reply = fixture.submit(notReady("ada"), request("another"));

        fixture.store.release();

        assertThat(reply.join()).isEqualTo(new Reply.RequestIdReused(request("another")));
    }

    @Test
    void aRefusalIsNotKept() {
        Reply refused = fixture.submit(refusedFor("ada"), request("first")).join();

        Reply afterwards = fixture.submit(available("ada"), request("other")).join();

        assertThat(refused).isInstanceOf(Reply.Refused.class);
        assertThat(afterwards).isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void aRefusedCommandLeavesNeitherAgentNorRevision() {
        Reply refused = fixture.submit(refusedFor("ada")).join();

        assertThat(refused).isInstanceOf(Reply.Refused.class);
        assertThat(fixture.memory.tenant(fixture.tenant).agents).isEmpty();
        assertThat(fixture.memory.tenant(fixture.tenant).revision).isZero();
    }
}
