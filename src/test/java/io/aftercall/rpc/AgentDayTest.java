package io.aftercall.rpc;

import static io.aftercall.rpc.Staff.FOREIGN;
import static io.aftercall.rpc.Staff.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AgentDayAcw;
import io.aftercall.api.v1.AgentDayQueue;
import io.aftercall.api.v1.AgentStatusSpan;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.DeleteAgentRequest;
import io.aftercall.api.v1.Disposition;
import io.aftercall.api.v1.DispositionRequirement;
import io.aftercall.api.v1.DispositionServiceGrpc;
import io.aftercall.api.v1.GetAgentDayRequest;
import io.aftercall.api.v1.GetAgentDayResponse;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.UpdateDispositionRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.api.v1.WrapUpStatus;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an agent has just done, as his supervisor and he himself see it. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class AgentDayTest {

    private static final long DAY = 86_400;

    @RegisterExtension
    final Staff staff = new Staff();

    @Inject
    OwnerPool owner;

    /** Two days around now, which no midnight cuts; a shift of 31 hours is not longer than that. */
    private final long began = Instant.now().getEpochSecond() / 900 * 900 - DAY / 2;

    private Client router;

    @BeforeEach
    void hire() {
        staff.hired();
        router = staff.as("router");
    }

    private GetAgentDayRequest.Builder around(String agentId) {
        return GetAgentDayRequest.newBuilder()
                .setAgentId(agentId)
                .setStartTime(Timestamps.fromSeconds(began))
                .setEndTime(Timestamps.fromSeconds(began + DAY));
    }

    private GetAgentDayResponse day(String agentId) {
        return staff.as("supervisor").reports().getAgentDay(around(agentId).build());
    }

    private void declare(String agentId, Presence presence, String reason) {
        router.agents()
                .setPresence(SetPresenceRequest.newBuilder()
                        .setAgentId(agentId)
                        .setPresence(presence)
                        .setNotReadyReason(reason)
                        .build());
    }

    private void begin(String agentId, String interactionId) {
        router.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(Client.call(interactionId).setQueueId("sales"))
                        .build());
    }

    private void end(String agentId, String interactionId) {
        router.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(Client.call(interactionId).setQueueId("sales"))
                        .build());
    }

    private void complete(String agentId, String interactionId, String disposition) {
        router.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteractionId(interactionId)
                        .setWrapUp(WrapUp.newBuilder().setDispositionCode(disposition))
                        .build());
    }

    private static List<String> words(GetAgentDayResponse day) {
        return day.getStatusesList().stream()
                .map(span -> span.getStatus().name().replace("AGENT_STATUS_", "") + " " + span.getNotReadyReason())
                .map(String::strip)
                .toList();
    }

    @Test
    void everythingThatHeDidIsThereAtOnceAndInOrder() {
        declare(OWN, Presence.PRESENCE_AVAILABLE, "");
        begin(OWN, "one");
        end(OWN, "one");
        declare(OWN, Presence.PRESENCE_NOT_READY, "LUNCH");
        complete(OWN, "one", "");
        declare(OWN, Presence.PRESENCE_NOT_READY, "TRAINING");

        GetAgentDayResponse day = day(OWN);

        assertThat(words(day))
                .containsExactly(
                        "OFFLINE", "AVAILABLE", "ENGAGED", "AFTER_CALL_WORK", "NOT_READY LUNCH", "NOT_READY TRAINING");
        List<AgentStatusSpan> spans = day.getStatusesList();
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).getStartTime()).isEqualTo(spans.get(i - 1).getEndTime());
        }
        assertThat(spans.get(spans.size() - 1).hasEndTime()).isFalse();
        AgentDayAcw acw = day.getAcws(0);
        assertThat(acw.getAcw().getStartTime()).isEqualTo(spans.get(3).getStartTime());
        assertThat(acw.getAcw().getEndTime()).isEqualTo(spans.get(3).getEndTime());
        assertThat(day.getCompleteFromTime()).isEqualTo(Timestamps.fromSeconds(began));
    }

    @Test
    void hisAcwsSayHowTheyEndedAndWhoseWrapUpCameLate() {
        DispositionServiceGrpc.newBlockingStub(staff.as("admin").channel())
                .updateDisposition(UpdateDispositionRequest.newBuilder()
                        .setDisposition(Disposition.newBuilder().setCode("SOLD").setLabel("Sold"))
                        .build());
        staff.as("admin")
                .rules(
                        OWN,
                        Policy.newBuilder()
                                .setDuration(Client.seconds(1))
                                .setDisposition(DispositionRequirement.DISPOSITION_REQUIREMENT_REQUIRED));
        begin(OWN, "late");
        end(OWN, "late");
        begin(FOREIGN, "two");
        end(FOREIGN, "two");
        complete(FOREIGN, "two", "");
        await().until(() -> day(OWN).getAcws(0).getWrapUpStatus() == WrapUpStatus.WRAP_UP_STATUS_INCOMPLETE);
        complete(OWN, "late", "SOLD");
        begin(OWN, "open");
        end(OWN, "open");

        GetAgentDayResponse day = day(OWN);

        assertThat(day.getAcwsList())
                .extracting(
                        acw -> acw.getAcw().getInteraction().getInteractionId(),
                        acw -> acw.getAcw().getEndReason(),
                        AgentDayAcw::getGivenDuration,
                        AgentDayAcw::getWrapUpStatus,
                        AgentDayAcw::getCompletedLate)
                .startsWith(tuple(
                        "late",
                        AcwEndReason.ACW_END_REASON_TIMED_OUT,
                        Client.seconds(1),
                        WrapUpStatus.WRAP_UP_STATUS_FINAL,
                        true));
        assertThat(day.getAcwsList())
                .extracting(acw -> acw.getAcw().getInteraction().getInteractionId())
                .containsExactly("late", "open");
        assertThat(day(FOREIGN).getAcws(0).getCompletedLate()).isFalse();
    }

    @Test
    void hisFiguresStandBesideThoseOfHisQueues() {
        for (String interaction : List.of("a", "b")) {
            begin(OWN, interaction);
            end(OWN, interaction);
            complete(OWN, interaction, "");
        }
        begin(FOREIGN, "c");
        end(FOREIGN, "c");
        complete(FOREIGN, "c", "");

        GetAgentDayResponse day = day(OWN);

        AgentDayQueue sales = day.getQueues(0);
        assertThat(day.getQueuesCount()).isOne();
        assertThat(day.getFigures().getAcwCount()).isEqualTo(2);
        assertThat(day.getFigures().hasOccupancy()).isTrue();
        assertThat(sales.getQueueId()).isEqualTo("sales");
        assertThat(sales.getFigures().getAcwCount()).isEqualTo(2);
        assertThat(sales.getQueueAcwCount()).isEqualTo(3);
        Duration all = Durations.add(
                Durations.add(took(day.getAcws(0)), took(day.getAcws(1))),
                took(day(FOREIGN).getAcws(0)));
        assertThat(Durations.toMicros(sales.getQueueAverageAcwDuration()))
                .isCloseTo(Durations.toMicros(all) / 3, within(1L));
    }

    private static Duration took(AgentDayAcw acw) {
        return Timestamps.between(acw.getAcw().getStartTime(), acw.getAcw().getEndTime());
    }

    @Test
    void anAgentSeesHisOwnDayAndNobodyElses() {
        Client agent = staff.as("agent");

        assertThat(agent.reports().getAgentDay(around(OWN).build()).getStatusesCount())
                .isOne();
        assertThat(GrpcError.of(() ->
                                agent.reports().getAgentDay(around(FOREIGN).build()))
                        .code())
                .isEqualTo(Code.PERMISSION_DENIED);
    }

    @Test
    void ofWhoWasRemovedThereIsWhatHeDid() {
        declare(OWN, Presence.PRESENCE_AVAILABLE, "");
        staff.as("admin")
                .directory()
                .deleteAgent(DeleteAgentRequest.newBuilder().setAgentId(OWN).build());

        GetAgentDayResponse day = day(OWN);

        assertThat(words(day)).containsExactly("OFFLINE", "AVAILABLE");
        assertThat(day.getStatuses(1).hasEndTime()).isTrue();
    }

    @Test
    void whoWasNeverHereIsNotFound() {
        assertThat(GrpcError.of(() -> day("nobody")).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aDayBeforeTheLogSaysSoAndHasTheAcwsAllTheSame() {
        begin(OWN, "old");
        end(OWN, "old");
        complete(OWN, "old", "");
        execute("DELETE FROM change_log WHERE tenant_id = $1 AND revision < 3");
        execute("UPDATE acw SET start_time = start_time - interval '10 days', end_time = end_time - interval '10 days'"
                + " WHERE tenant_id = $1");
        GetAgentDayRequest tenDaysAgo = GetAgentDayRequest.newBuilder()
                .setAgentId(OWN)
                .setStartTime(Timestamps.fromSeconds(began - 10 * DAY))
                .setEndTime(Timestamps.fromSeconds(began - 9 * DAY))
                .build();

        GetAgentDayResponse day = staff.as("supervisor").reports().getAgentDay(tenDaysAgo);

        assertThat(day.getStatusesList()).isEmpty();
        assertThat(day.getCompleteFromTime()).isEqualTo(tenDaysAgo.getEndTime());
        assertThat(day.getAcwsList())
                .extracting(acw -> acw.getAcw().getInteraction().getInteractionId())
                .containsExactly("old");
    }

    private void execute(String sql) {
        owner.pool()
                .preparedQuery(sql)
                .execute(Tuple.of(staff.tenant))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Test
    void aDayHas25HoursWhereClocksArePutBackAndAShiftUpTo31() {
        ZoneId madrid = ZoneId.of("Europe/Madrid");
        ZonedDateTime midnight = ZonedDateTime.of(2026, 10, 25, 0, 0, 0, 0, madrid);
        GetAgentDayRequest.Builder autumn = GetAgentDayRequest.newBuilder()
                .setAgentId(OWN)
                .setStartTime(Timestamps.fromSeconds(midnight.toEpochSecond()))
                .setEndTime(Timestamps.fromSeconds(midnight.plusDays(1).toEpochSecond()));
        GetAgentDayRequest.Builder longest = around(OWN).setEndTime(Timestamps.fromSeconds(began + 31 * 3_600));
        GetAgentDayRequest.Builder longer = around(OWN).setEndTime(Timestamps.fromSeconds(began + 31 * 3_600 + 900));
        Client supervisor = staff.as("supervisor");

        assertThat(Timestamps.between(autumn.getStartTime(), autumn.getEndTime()))
                .isEqualTo(Durations.fromHours(25));
        supervisor.reports().getAgentDay(autumn.build());
        supervisor.reports().getAgentDay(longest.build());
        assertThat(GrpcError.of(() -> supervisor.reports().getAgentDay(longer.build()))
                        .code())
                .isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        GetAgentDayRequest nothingRight = GetAgentDayRequest.newBuilder()
                .setStartTime(Timestamps.fromSeconds(began + 1))
                .build();

        GrpcError error = GrpcError.of(() -> staff.as("supervisor").reports().getAgentDay(nothingRight));

        assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(error.fields()).containsExactlyInAnyOrder("agent_id", "start_time", "end_time");
    }
}
