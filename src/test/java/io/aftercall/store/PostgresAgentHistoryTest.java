package io.aftercall.store;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.BOB;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.ChangeCause;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.engine.AgentHistory;
import io.aftercall.engine.AgentHistory.Past;
import io.aftercall.engine.AgentHistory.WrittenUp;
import io.aftercall.engine.Samples;
import io.aftercall.engine.TenantId;
import io.aftercall.report.AgentTimeline;
import io.aftercall.report.StatusEntry;
import io.aftercall.report.StatusSpan;
import io.aftercall.wrapup.WrapUpStatus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class PostgresAgentHistoryTest {

    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant END = DAY.plusSeconds(86_400);

    @Inject
    AgentHistory history;

    @Inject
    OwnerPool owner;

    private TenantId tenant;
    private long revision;

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = PostgresRows.freshTenant(owner.pool());
    }

    private Past past() {
        return await(history.past(tenant, ADA, DAY, END, 2));
    }

    private void execute(String sql, Object... more) {
        Tuple parameters = Tuple.of(tenant.value());
        for (Object parameter : more) {
            parameters.addValue(parameter);
        }
        await(owner.pool().preparedQuery(sql).execute(parameters).toCompletionStage());
    }

    /** A change to being available. */
    private void changed(AgentId agentId, long version, AgentStatus before, long second) {
        changed(agentId, version, ChangeCause.PRESENCE_CHANGED, before, second);
    }

    private void changed(AgentId agentId, long version, ChangeCause cause, AgentStatus before, long second) {
        AgentState state = Samples.idle(agentId, version);
        execute(
                """
                INSERT INTO change_log (tenant_id, revision, change_time, cause, actor, agent_id, version,
                    previous_status, state)
                VALUES ($1, $2, $3, $4, 'x', $5, $6, $7, $8::text::json)
                """,
                ++revision,
                Columns.time(DAY.plusSeconds(second)),
                cause.name(),
                agentId.value(),
                version,
                before.name(),
                AgentStateJson.write(state)
                        .put("status_since_time", DAY.plusSeconds(second).toString())
                        .encode());
        execute("UPDATE tenant SET revision = $2 WHERE tenant_id = $1", revision);
    }

    private void ended(String interactionId, String reason, long start, long end) {
        execute(
                """
                INSERT INTO acw (tenant_id, agent_id, interaction_id, outcome, channel, acw_id, policy,
                    policy_revision, extensions_used, end_reason, ended_by, start_time, end_time)
                VALUES ($1, 'ada', $2, 'ENDED', 'VOICE', gen_random_uuid(), '{}', 0, 0, $3, 'x', $4, $5)
                """,
                interactionId,
                reason,
                Columns.time(DAY.plusSeconds(start)),
                Columns.time(DAY.plusSeconds(end)));
    }

    private void wrote(String table, String interactionId, int times, String status, long second) {
        String interaction = table.equals("wrap_up") ? ", interaction_time" : "";
        execute(
                """
                INSERT INTO %s (tenant_id, agent_id, interaction_id, wrap_up_revision, status, write_time, written_by,
                    subject, notes, actions_taken, actions_recommended, tags%s)
                VALUES ($1, 'ada', $2, $3, $4, $5, 'x', '', '', '', '', '{}'%s)
                """
                        .formatted(table, interaction, interaction.isEmpty() ? "" : ", $5"),
                interactionId,
                times,
                status,
                Columns.time(DAY.plusSeconds(second)));
    }

    @Test
    void theLogOfADayIsThatOfTheAgentWithWhatIsBeforeAndWhatIsWrittenDownAfterwards() {
        changed(ADA, 1, ChangeCause.AGENT_REGISTERED, AgentStatus.OFFLINE, -3_600);
        changed(ADA, 2, AgentStatus.AVAILABLE, -60);
        changed(BOB, 1, AgentStatus.OFFLINE, 10);
        changed(ADA, 3, ChangeCause.INTERACTION_BEGAN, AgentStatus.AVAILABLE, 20);
        changed(ADA, 4, ChangeCause.WRAP_UP_DRAFTED, AgentStatus.ENGAGED, 25);
        changed(ADA, 5, ChangeCause.ACW_STARTED, AgentStatus.ENGAGED, 30);
        changed(ADA, 6, AgentStatus.AFTER_CALL_WORK, 90_000);

        List<StatusEntry> log = past().log();

        assertThat(log)
                .extracting(entry -> entry.time().getEpochSecond() - DAY.getEpochSecond(), StatusEntry::status)
                .containsExactly(
                        tuple(-60L, AgentStatus.AVAILABLE),
                        tuple(20L, AgentStatus.ENGAGED),
                        tuple(30L, AgentStatus.AFTER_CALL_WORK),
                        tuple(90_000L, AgentStatus.AVAILABLE));
        assertThat(past().keptSince()).isEmpty();
    }

    @Test
    void ofALogWhoseBeginningIsGoneItIsKnownSinceWhenItIsKept() {
        changed(BOB, 1, AgentStatus.OFFLINE, -100);
        changed(BOB, 2, AgentStatus.AVAILABLE, 5);
        changed(ADA, 7, AgentStatus.NOT_READY, 50);
        execute("DELETE FROM change_log WHERE tenant_id = $1 AND revision = 1");

        Past past = past();

        assertThat(past.keptSince()).contains(DAY.plusSeconds(5));
        assertThat(AgentTimeline.of(past.log(), past.agent(), past.keptSince(), DAY, END, 10)
                        .spans())
                .first()
                .extracting(StatusSpan::status, StatusSpan::from)
                .containsExactly(AgentStatus.NOT_READY, DAY.plusSeconds(5));
    }

    @Test
    void ofTooManyChangesTheLastAreReadAndItIsKnownSinceWhen() {
        execute(
                """
                INSERT INTO change_log (tenant_id, revision, change_time, cause, actor, agent_id, version,
                    previous_status, state)
                SELECT $1, n, $2::timestamptz + n * interval '1 s', 'PRESENCE_CHANGED', 'x', 'ada', n,
                    CASE n % 2 WHEN 0 THEN 'AVAILABLE' ELSE 'ENGAGED' END, $3::text::json
                FROM generate_series(1, $4::int) AS n
                """,
                Columns.time(DAY),
                AgentStateJson.write(Samples.idle(ADA, 1)).encode(),
                PostgresAgentHistory.MOST_CHANGES + 100);

        Past past = past();

        assertThat(past.log()).hasSize(PostgresAgentHistory.MOST_CHANGES - 1);
        assertThat(past.keptSince()).contains(past.log().get(0).time());
        assertThat(past.log().get(0).time()).isAfter(DAY.plusSeconds(100));
    }

    @Test
    void whoIsRemovedIsNothingAfterwards() {
        changed(ADA, 1, ChangeCause.AGENT_REGISTERED, AgentStatus.OFFLINE, 10);
        changed(ADA, 2, ChangeCause.AGENT_DELETED, AgentStatus.AVAILABLE, 20);

        assertThat(past().log())
                .extracting(StatusEntry::status, StatusEntry::first)
                .containsExactly(tuple(AgentStatus.AVAILABLE, true), tuple(null, false));
    }

    @Test
    void hisAcwsAreThoseThatWereOpenInTheDay() {
        ended("before", "COMPLETED", -100, -50);
        ended("over-midnight", "COMPLETED", -10, 10);
        ended("beyond", "TIMED_OUT", 86_390, 86_410);
        ended("after", "COMPLETED", 86_400, 86_410);

        assertThat(past().ended())
                .extracting(acw -> acw.acw().interactionId().value())
                .containsExactly("over-midnight", "beyond");
        assertThat(past().omitted()).isZero();
    }

    @Test
    void ofTooManyAcwsTheLastAreGivenAndTheOthersCounted() {
        for (int i = 0; i < 5; i++) {
            ended("i-" + i, "COMPLETED", i * 10, i * 10 + 5);
        }

        assertThat(past().ended())
                .extracting(acw -> acw.acw().interactionId().value())
                .containsExactly("i-3", "i-4");
        assertThat(past().omitted()).isEqualTo(3);
    }

    @Test
    void aWrapUpIsLateIfItWasNotCompleteWhenTheAcwEnded() {
        ended("completed-late", "TIMED_OUT", 0, 10);
        wrote("wrap_up_revision", "completed-late", 1, "INCOMPLETE", 10);
        wrote("wrap_up", "completed-late", 2, "FINAL", 99);
        ended("corrected", "COMPLETED", 20, 30);
        wrote("wrap_up_revision", "corrected", 1, "FINAL", 30);
        wrote("wrap_up", "corrected", 2, "FINAL", 99);

        assertThat(past().ended())
                .extracting(WrittenUp::status, WrittenUp::late)
                .containsExactly(tuple(WrapUpStatus.FINAL, true), tuple(WrapUpStatus.FINAL, false));
    }

    @Test
    void ofOneOfWhomNothingIsKnownThereIsNothing() {
        changed(BOB, 1, AgentStatus.OFFLINE, 10);

        Past past = past();

        assertThat(past.isNothing()).isTrue();
        assertThat(past.keptSince()).isEqualTo(Optional.empty());
    }
}
