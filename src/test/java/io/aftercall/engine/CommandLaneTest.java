package io.aftercall.engine;

import static io.aftercall.engine.LaneFixture.available;
import static io.aftercall.engine.LaneFixture.notReady;
import static io.aftercall.engine.LaneFixture.wrapUp;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CommandLaneTest {

    private final LaneFixture fixture = new LaneFixture(new CommandLane.Limits(3, 2));

    @Test
    void anIdleLaneSendsAtOnce() {
        CompletableFuture<Reply> reply = fixture.submit(available("ada"));

        assertThat(reply).isCompletedWithValueMatching(Reply.Accepted.class::isInstance);
        assertThat(fixture.store.transactions()).hasSize(1);
    }

    @Test
    void commandsThatComeWhileATransactionIsUnderWayGoTogetherInTheNext() {
        fixture.store.holdCalls();
        fixture.submit(available("ada"));
        fixture.submit(available("bob"));
        fixture.submit(available("carl"));

        fixture.store.releaseOne();

        assertThat(fixture.store.transactions()).hasSize(2);
        assertThat(fixture.store.transactions().get(1).agents())
                .containsExactlyInAnyOrder(new AgentId("bob"), new AgentId("carl"));
    }

    @Test
    void noMoreGoIntoATransactionThanTheLimitAndTheRestFollows() {
        fixture.store.holdCalls();
        fixture.submit(available("ada"));
        List<CompletableFuture<Reply>> waiting =
                List.of(fixture.submit(available("b")), fixture.submit(available("c")), fixture.submit(available("d")));

        fixture.store.release();

        assertThat(fixture.store.transactions())
                .extracting(needs -> needs.agents().size())
                .containsExactly(1, 2, 1);
        assertThat(waiting).allMatch(CompletableFuture::isDone);
    }

    @Test
    void aReplyComesAfterTheCommit() {
        fixture.store.holdAnswers();

        CompletableFuture<Reply> reply = fixture.submit(available("ada"));

        assertThat(reply).isNotDone();
        fixture.store.release();
        assertThat(reply).isCompleted();
    }

    @Test
    void theNextIsHandedOverOnceTheOneBeforeIsWrittenAndNotOnlyWhenItsCommitIsTold() {
        fixture.store.holdAnswers();

        CompletableFuture<Reply> first = fixture.submit(available("ada"));
        CompletableFuture<Reply> second = fixture.submit(available("bob"));

        assertThat(fixture.store.transactions()).hasSize(2);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        fixture.store.release();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void theNextIsNotHandedOverAtTheDecisionSoThatItTakesAlongWhoComesUntilThatIsWritten() {
        fixture.store.holdAnswers();
        fixture.store.holdWritten();
        fixture.submit(available("ada"));
        fixture.submit(available("bob"));
        fixture.submit(available("cid"));
        assertThat(fixture.store.transactions()).hasSize(1);

        fixture.store.tellWritten();

        assertThat(fixture.store.transactions()).hasSize(2);
        assertThat(fixture.store.transactions().get(1).agents()).hasSize(2);
    }

    @Test
    void aLaneIsNotDrainedBeforeTheLastCommitIsTold() {
        fixture.store.holdAnswers();
        fixture.submit(available("ada"));

        CompletableFuture<Void> drained = fixture.lane.close().toCompletableFuture();

        assertThat(drained).isNotDone();
        fixture.store.release();
        assertThat(drained).isCompleted();
    }

    @Test
    void theListenerHasHeardOfTheChangesWhenTheCallerIsTold() {
        List<Integer> heardByThen = new ArrayList<>();
        fixture.store.holdAnswers();
        fixture.submit(available("ada")).thenAccept(reply -> heardByThen.add(fixture.heard.size()));

        fixture.store.release();

        assertThat(heardByThen).containsExactly(1);
    }

    @Test
    void aFullLaneRefusesAndTakesOnAgainAfterwards() {
        fixture.store.holdCalls();
        for (String agent : List.of("under-way", "a", "b", "c")) {
            fixture.submit(available(agent));
        }

        CompletableFuture<Reply> refused = fixture.submit(available("one-too-many"));

        assertThat(refused).isCompletedExceptionally();
        assertThat(refused.handle((reply, failure) -> failure).join()).isInstanceOf(LaneFull.class);
        fixture.store.release();
        assertThat(fixture.submit(available("later"))).isCompletedWithValueMatching(Reply.Accepted.class::isInstance);
        assertThat(fixture.memory.tenant(fixture.tenant).agents).doesNotContainKey(new AgentId("one-too-many"));
    }

    @Test
    void anAbandonedCommandIsNotCarriedOut() {
        AtomicBoolean gone = new AtomicBoolean();
        fixture.store.holdCalls();
        fixture.submit(available("ada"));
        CompletableFuture<Reply> abandoned =
                fixture.submit(new Submission(available("bob"), Actor.named("router"), Optional.empty(), gone::get));
        gone.set(true);

        fixture.store.release();

        assertThat(abandoned.handle((reply, failure) -> failure).join()).isInstanceOf(CallerGone.class);
        assertThat(fixture.memory.tenant(fixture.tenant).agents).containsOnlyKeys(new AgentId("ada"));
    }

    @Test
    void twoCommandsForOneAgentInOneTransactionSeeEachOther() {
        fixture.store.holdCalls();
        fixture.submit(available("other"));
        CompletableFuture<Reply> first = fixture.submit(available("ada"));
        CompletableFuture<Reply> second = fixture.submit(notReady("ada"));

        fixture.store.release();

        assertThat(agent(first).state().presence()).isEqualTo(PresenceSetting.AVAILABLE);
        assertThat(agent(first).revision()).isEqualTo(2);
        assertThat(agent(second).state().presence()).isEqualTo(PresenceSetting.notReady("LUNCH"));
        assertThat(agent(second).revision()).isEqualTo(3);
    }

    @Test
    void everyRevisionOfAWrapUpIsKeptAlsoIfTwoAreWrittenInOneTransaction() {
        fixture.store.holdCalls();
        fixture.submit(available("other"));
        fixture.submit(wrapUp("ada", "first"));
        fixture.submit(wrapUp("ada", "second"));

        fixture.store.release();

        AcwKey key = new AcwKey(new AgentId("ada"), new InteractionId("i-1"));
        assertThat(fixture.memory.wrapUps(fixture.tenant, key)).containsOnlyKeys(1, 2);
    }

    @Test
    void stalePoliciesAreReadAgainAndTheBatchIsDecidedWithThem() {
        PolicyRules off = PolicyRules.NONE.with(PolicyField.MODE, AcwMode.OFF);
        fixture.policyStore.set(fixture.tenant, PolicyKey.TENANT, off);

        CompletableFuture<Reply> reply = fixture.submit(available("ada"));

        assertThat(reply).isCompletedWithValueMatching(Reply.Accepted.class::isInstance);
        assertThat(fixture.policies.edition().policies().revision()).isEqualTo(1);
        assertThat(fixture.store.transactions()).hasSize(2);
    }

    private static StoredAgent agent(CompletableFuture<Reply> reply) {
        return ((Reply.Accepted) reply.join()).agent();
    }
}
