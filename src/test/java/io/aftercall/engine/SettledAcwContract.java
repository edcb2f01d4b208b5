package io.aftercall.engine;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.TIME;
import static io.aftercall.engine.Samples.bare;
import static io.aftercall.engine.Samples.busy;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.interaction;
import static io.aftercall.engine.Samples.rules;
import static io.aftercall.engine.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AcwNotRequired;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.EarlyCompletion;
import io.aftercall.agent.EndReason;
import io.aftercall.agent.EndedAcw;
import io.aftercall.agent.NotRequiredReason;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.Outcome;
import io.aftercall.agent.SettledAcw;
import io.aftercall.engine.AgentStore.Committed;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.PendingReply;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of agents does with settled ACWs and with replies. */
public abstract class SettledAcwContract extends StoreContract {

    private static final InteractionId ID = new InteractionId("i-1");
    private static final AcwKey KEY = new AcwKey(ADA, ID);
    private static final RequestKey REQUEST =
            new RequestKey(UUID.fromString("0b0e4a54-6c0d-4f6e-8f0f-2f64b4a3f6a1"), "fingerprint");

    private TenantId tenant;

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = freshTenant();
    }

    @Test
    void everyFieldOfAnEndedAcwSurvives() {
        EndedAcw ended = ended(interaction("i-1"), rules(), TIME.plusSeconds(20));

        settle(ended);

        assertThat(settled()).isEqualTo(ended);
    }

    @Test
    void anEndedAcwOfWhichLittleIsKnownSurvives() {
        EndedAcw ended = ended(bare("i-1"), PolicyRules.DEFAULTS, null);

        settle(ended);

        assertThat(settled()).isEqualTo(ended);
    }

    @Test
    void aHoldOfOverAYearSurvives() {
        Interaction full = interaction("i-1");
        Interaction held = new Interaction(
                full.id(),
                full.channel(),
                full.direction(),
                full.outcome(),
                full.queueId(),
                full.customerId(),
                full.startTime(),
                full.answerTime(),
                full.endTime(),
                Duration.ofDays(400).plusMillis(7),
                true,
                false);
        EndedAcw ended = ended(held, rules(), null);

        settle(ended);

        assertThat(settled()).isEqualTo(ended);
    }

    @Test
    void everyFieldOfAnAcwThatWasNotRequiredSurvives() {
        AcwNotRequired none = new AcwNotRequired(
                ADA, "blue", interaction("i-1"), NotRequiredReason.OUTCOME_EXCLUDED, TIME, TIME.plusSeconds(60));

        settle(none);

        assertThat(settled()).isEqualTo(none);
    }

    @Test
    void everyFieldOfAnEarlyCompletionSurvives() {
        EarlyCompletion early = new EarlyCompletion(ADA, ID, TIME, "crm");

        settle(early);

        assertThat(settled()).isEqualTo(early);
    }

    @Test
    void aLaterSettlementReplacesAnEarlierOne() {
        settle(new EarlyCompletion(ADA, ID, TIME, "crm"));
        EndedAcw ended = ended(interaction("i-1"), rules(), TIME);

        settle(ended);

        assertThat(settled()).isEqualTo(ended);
    }

    @Test
    void anEarlyCompletionReplacesAnotherOfWhichNobodyAsked() {
        settle(new EarlyCompletion(ADA, ID, TIME, "crm"));
        EarlyCompletion again = new EarlyCompletion(ADA, ID, TIME.plusSeconds(1), "admin");

        await(store().transact(
                        tenant,
                        new Needs(Set.of(ADA), KnownAgents.NONE, Set.of(), Set.of()),
                        loaded -> new Writes(List.of(), List.of(again), List.of(), List.of(), List.of(), List.of())));

        assertThat(settled()).isEqualTo(again);
    }

    @Test
    void onlyWhatWasAskedForIsLoaded() {
        settle(ended(interaction("i-1"), rules(), TIME));

        Loaded loaded = loaded(new AcwKey(ADA, new InteractionId("i-2")));

        assertThat(loaded.settled()).isEmpty();
    }

    @Test
    void whatWasSettledIsLoadedThoughItIsRememberedAsOpen() {
        StoredAgent working = new StoredAgent(busy(ADA, 1), 1);
        AcwKey timed = new AcwKey(ADA, new InteractionId("i-timed"));
        EndedAcw ended = ended(interaction("i-timed"), rules(), TIME);
        await(store().transact(tenant, needs(timed), loaded -> changes(step(working.state()))));
        await(store().transact(
                        tenant,
                        needs(timed),
                        loaded -> new Writes(
                                List.of(step(idle(ADA, 2))),
                                List.of(ended),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of())));

        Loaded loaded = loaded(new Needs(
                Set.of(ADA),
                new KnownAgents(await(store().head(tenant)).epoch(), 1, Map.of(ADA, working)),
                Set.of(timed),
                Set.of()));

        assertThat(loaded.agents()).containsEntry(ADA, new StoredAgent(idle(ADA, 2), 2));
        assertThat(loaded.settled()).containsEntry(timed, ended);
    }

    @Test
    void settlingAloneUsesUpNoRevision() {
        settle(ended(interaction("i-1"), rules(), TIME));

        assertThat(await(store().head(tenant)).revision()).isZero();
    }

    @Test
    void aReplyIsKeptWithTheRevisionOfItsLastChange() {
        AgentState busy = busy(ADA, 2);
        Outcome outcome = new Outcome(Optional.of(busy.acws().get(1)), false, true);
        Reply.Accepted reply = new Reply.Accepted(new StoredAgent(busy, 0), outcome);

        Committed committed = await(store().transact(
                        tenant,
                        needs(KEY),
                        loaded -> new Writes(
                                List.of(step(idle(ADA, 1)), step(busy), step(idle(ADA, 3))),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(new PendingReply(REQUEST, reply, 1)),
                                List.of())));

        assertThat(committed.changes().get(1).revision()).isEqualTo(2);
        assertThat(loaded(KEY).replies())
                .containsEntry(
                        REQUEST.requestId(),
                        new StoredReply(REQUEST, new Reply.Accepted(new StoredAgent(busy, 2), outcome)));
    }

    @Test
    void aReplyThatChangedNothingKeepsTheRevisionThatWasKnown() {
        EndedAcw ended = ended(interaction("i-1"), rules(), TIME);
        Reply.Accepted reply =
                new Reply.Accepted(new StoredAgent(idle(ADA, 4), 17), new Outcome(Optional.of(ended), true, false));

        await(store().transact(
                        tenant,
                        needs(KEY),
                        loaded -> new Writes(
                                List.of(),
                                List.of(ended),
                                List.of(),
                                List.of(),
                                List.of(new PendingReply(REQUEST, reply, -1)),
                                List.of())));

        assertThat(loaded(KEY).replies()).containsEntry(REQUEST.requestId(), new StoredReply(REQUEST, reply));
    }

    @Test
    void repliesAreForgottenWhenTheyAreOldEnough() {
        Reply.Accepted reply = new Reply.Accepted(new StoredAgent(idle(ADA, 4), 17), Outcome.NONE);
        await(store().transact(
                        tenant,
                        needs(KEY),
                        loaded -> new Writes(
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(new PendingReply(REQUEST, reply, -1)),
                                List.of())));
        letTimePass();

        await(store().forgetReplies(Duration.ofHours(24)));
        assertThat(loaded(KEY).replies()).containsKey(REQUEST.requestId());
        await(store().forgetReplies(Duration.ZERO));

        assertThat(loaded(KEY).replies()).isEmpty();
    }

    private static EndedAcw ended(Interaction interaction, PolicyRules rules, Instant deadline) {
        OpenAcw work = new OpenAcw(
                UUID.randomUUID(),
                interaction,
                rules,
                7,
                TIME,
                deadline,
                3,
                true,
                null,
                null,
                List.of(new OpenAcw.Paused(TIME.plusSeconds(2), TIME.plusMillis(4_500))));
        return new EndedAcw(ADA, "blue", work, TIME.plusSeconds(9), EndReason.FORCED, "supervisor", "queue is full");
    }

    private void settle(SettledAcw acw) {
        await(store().transact(
                        tenant,
                        needs(KEY),
                        loaded -> new Writes(List.of(), List.of(acw), List.of(), List.of(), List.of(), List.of())));
    }

    private SettledAcw settled() {
        return loaded(KEY).settled().get(KEY);
    }

    private Loaded loaded(AcwKey key) {
        return loaded(needs(key));
    }

    private Loaded loaded(Needs needs) {
        Loaded[] seen = new Loaded[1];
        await(store().transact(tenant, needs, loaded -> {
            seen[0] = loaded;
            return changes();
        }));
        return seen[0];
    }

    private static Needs needs(AcwKey key) {
        return new Needs(Set.of(ADA), KnownAgents.NONE, Set.of(key), Set.of(REQUEST.requestId()));
    }
}
