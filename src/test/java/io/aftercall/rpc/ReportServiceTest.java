package io.aftercall.rpc;

import static io.aftercall.rpc.Staff.FOREIGN;
import static io.aftercall.rpc.Staff.OTHER_TEAM;
import static io.aftercall.rpc.Staff.OWN;
import static io.aftercall.rpc.Staff.TEAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwFigures;
import io.aftercall.api.v1.AcwReportQuery;
import io.aftercall.api.v1.AcwReportRow;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.Disposition;
import io.aftercall.api.v1.DispositionServiceGrpc;
import io.aftercall.api.v1.ExportAcwReportRequest;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.GetAcwReportRequest;
import io.aftercall.api.v1.GetAcwReportResponse;
import io.aftercall.api.v1.GetPaddingReportRequest;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.InteractionOutcome;
import io.aftercall.api.v1.PaddingReportRow;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.ReportDimension;
import io.aftercall.api.v1.ReportInterval;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.UpdateDispositionRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reports of what was just done, beside figures that are worked out from the answers of the calls. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class ReportServiceTest {

    @RegisterExtension
    final Staff staff = new Staff();

    @Inject
    OwnerPool owner;

    private final long began = Instant.now().getEpochSecond();
    private Client router;
    private Client admin;
    private int calls;

    @BeforeEach
    void hire() {
        staff.hired();
        router = staff.as("router");
        admin = staff.as("admin");
        for (String code : List.of("SOLD", "LOST")) {
            DispositionServiceGrpc.newBlockingStub(admin.channel())
                    .updateDisposition(UpdateDispositionRequest.newBuilder()
                            .setDisposition(
                                    Disposition.newBuilder().setCode(code).setLabel(code))
                            .build());
        }
    }

    private Interaction.Builder call(String queueId, int talkSeconds, int holdSeconds) {
        return Client.call("call-" + ++calls)
                .setQueueId(queueId)
                .setAnswerTime(Timestamps.fromSeconds(began - talkSeconds))
                .setEndTime(Timestamps.fromSeconds(began))
                .setHoldDuration(Client.seconds(holdSeconds));
    }

    private String start(String agentId, Interaction.Builder call) {
        router.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(call)
                        .build());
        return call.getInteractionId();
    }

    private AfterCallWork complete(String agentId, String interactionId, String disposition) {
        return router.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteractionId(interactionId)
                        .setWrapUp(WrapUp.newBuilder().setDispositionCode(disposition))
                        .build())
                .getAcw();
    }

    /** The two days around now. */
    private AcwReportQuery.Builder query(ReportDimension... groupBy) {
        long midnight = began / 86_400 * 86_400;
        return AcwReportQuery.newBuilder()
                .setStartTime(Timestamps.fromSeconds(midnight - 86_400))
                .setEndTime(Timestamps.fromSeconds(midnight + 2 * 86_400))
                .addAllGroupBy(List.of(groupBy));
    }

    private static GetAcwReportResponse report(Client who, AcwReportQuery.Builder query) {
        return who.reports()
                .getAcwReport(GetAcwReportRequest.newBuilder().setQuery(query).build());
    }

    private Map<String, AcwFigures> by(Function<AcwReportRow, String> name, ReportDimension... groupBy) {
        return report(staff.as("supervisor"), query(groupBy)).getRowsList().stream()
                .collect(toMap(name, AcwReportRow::getFigures));
    }

    private static Duration took(AfterCallWork... acws) {
        Duration sum = Durations.ZERO;
        for (AfterCallWork acw : acws) {
            sum = Durations.add(sum, Timestamps.between(acw.getStartTime(), acw.getEndTime()));
        }
        return sum;
    }

    @Test
    void whatWasDoneIsInTheReportAtOnceAndStaysWhenItIsAddedUp() {
        AfterCallWork one = complete(OWN, start(OWN, call("sales", 120, 20)), "SOLD");
        AfterCallWork two = complete(OWN, start(OWN, call("support", 60, 0)), "LOST");
        String third = start(FOREIGN, call("sales", 30, 5));
        router.acw()
                .extendAcw(ExtendAcwRequest.newBuilder()
                        .setAgentId(FOREIGN)
                        .setInteractionId(third)
                        .build());
        AfterCallWork three = complete(FOREIGN, third, "");
        start(FOREIGN, call("sales", 40, 0).setOutcome(InteractionOutcome.INTERACTION_OUTCOME_MISSED));

        AcwReportQuery.Builder all = query();
        GetAcwReportResponse fresh = report(staff.as("supervisor"), all);
        await().until(() -> owner.pool()
                        .query("SELECT FROM report_entry WHERE tenant_id = '%s'".formatted(staff.tenant))
                        .execute()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .size()
                == 0);
        GetAcwReportResponse later = report(staff.as("supervisor"), all);

        AcwFigures total = fresh.getTotal();
        assertThat(total.getHandledCount()).isEqualTo(3);
        assertThat(total.getAcwCount()).isEqualTo(3);
        assertThat(total.getAcwDuration()).isEqualTo(took(one, two, three));
        assertThat(total.getTalkDuration()).isEqualTo(Client.seconds(210 - 25));
        assertThat(total.getHoldDuration()).isEqualTo(Client.seconds(25));
        assertThat(total.getExtendedCount()).isEqualTo(1);
        assertThat(total.getEndReasonsList()).singleElement().satisfies(share -> {
            assertThat(share.getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_COMPLETED);
            assertThat(share.getShare()).isEqualTo(1);
        });
        double handled = 210 + Durations.toMicros(took(one, two, three)) / 1e6;
        assertThat(Durations.toMicros(total.getAverageHandleDuration()) / 1e6).isCloseTo(handled / 3, within(1e-5));
        assertThat(total.getAcwShare())
                .isCloseTo(Durations.toMicros(took(one, two, three)) / 1e6 / handled, within(1e-9));
        assertThat(total.getOccupancy()).isPositive().isLessThan(1);
        assertThat(later.getTotal().toBuilder()
                        .clearAvailableDuration()
                        .clearOccupancy()
                        .build())
                .isEqualTo(total.toBuilder()
                        .clearAvailableDuration()
                        .clearOccupancy()
                        .build());
        assertThat(by(AcwReportRow::getQueueId, ReportDimension.REPORT_DIMENSION_QUEUE))
                .hasEntrySatisfying("sales", sales -> {
                    assertThat(sales.getAcwDuration()).isEqualTo(took(one, three));
                    assertThat(sales.hasOccupancy()).isFalse();
                })
                .hasEntrySatisfying("support", support -> assertThat(support.getAcwDuration())
                        .isEqualTo(took(two)))
                .hasSize(2);
        assertThat(by(AcwReportRow::getTeamId, ReportDimension.REPORT_DIMENSION_TEAM))
                .hasEntrySatisfying(
                        TEAM, team -> assertThat(team.getAcwDuration()).isEqualTo(took(one, two)))
                .hasEntrySatisfying(
                        OTHER_TEAM, team -> assertThat(team.getAcwDuration()).isEqualTo(took(three)));
    }

    @Test
    void whoWaitsHasWaitedUntilNow() {
        router.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteraction(Client.call("first"))
                        .build());
        start(OWN, Client.call("first"));
        AfterCallWork first = complete(OWN, "first", "");
        AcwReportQuery.Builder own =
                query(ReportDimension.REPORT_DIMENSION_AGENT).addAgentIds(OWN);

        GetAcwReportResponse waiting = report(staff.as("agent"), own);
        Timestamp until = router.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteraction(Client.call("second"))
                        .build())
                .getAgentState()
                .getStatusSinceTime();
        GetAcwReportResponse waited = report(staff.as("agent"), own);

        assertThat(waiting.getRows(0).getFigures().getAvailableDuration())
                .isEqualTo(Timestamps.between(first.getEndTime(), waiting.getAsOfTime()));
        assertThat(waited.getRows(0).getFigures().getAvailableDuration())
                .isEqualTo(Timestamps.between(first.getEndTime(), until));
    }

    @Test
    void aLateEditMovesTheAcwToItsNewDisposition() {
        String call = start(OWN, call("sales", 10, 0));
        AfterCallWork acw = complete(OWN, call, "SOLD");
        Function<AcwReportRow, String> code = AcwReportRow::getDispositionCode;
        assertThat(by(code, ReportDimension.REPORT_DIMENSION_DISPOSITION)).containsOnlyKeys("SOLD");

        complete(OWN, call, "LOST");

        assertThat(by(code, ReportDimension.REPORT_DIMENSION_DISPOSITION))
                .containsOnlyKeys("LOST")
                .hasEntrySatisfying(
                        "LOST", lost -> assertThat(lost.getAcwDuration()).isEqualTo(took(acw)));
        assertThat(by(code, ReportDimension.REPORT_DIMENSION_DISPOSITION, ReportDimension.REPORT_DIMENSION_AGENT))
                .containsOnlyKeys("LOST");
        assertThat(report(staff.as("supervisor"), query()).getTotal().getAcwCount())
                .isEqualTo(1);
    }

    @Test
    void theCsvSaysWhatTheReportSays() {
        complete(OWN, start(OWN, call("sales", 120, 20)), "SOLD");
        complete(OWN, start(OWN, call("support", 60, 0).setChannel(Channel.CHANNEL_CHAT)), "LOST");
        AcwReportQuery.Builder query = query(
                        ReportDimension.REPORT_DIMENSION_QUEUE, ReportDimension.REPORT_DIMENSION_CHANNEL)
                .setTimeZone("Europe/Madrid");

        StringBuilder csv = new StringBuilder();
        staff.as("viewer")
                .reports()
                .exportAcwReport(
                        ExportAcwReportRequest.newBuilder().setQuery(query).build())
                .forEachRemaining(part -> csv.append(part.getCsv().toString(UTF_8)));

        List<AcwReportRow> rows = report(staff.as("viewer"), query).getRowsList();
        List<String> lines = csv.toString().lines().toList();
        List<String> names = List.of(lines.get(0).split(","));
        assertThat(lines).hasSize(1 + rows.size()).hasSize(3);
        for (int i = 0; i < rows.size(); i++) {
            String[] line = lines.get(i + 1).split(",", -1);
            AcwFigures figures = rows.get(i).getFigures();
            assertThat(line).hasSameSizeAs(names);
            Function<String, String> column = name -> line[names.indexOf(name)];
            assertThat(column.apply("start_time")).matches(".*:00[+]0[12]:00");
            assertThat(column.apply("queue_id")).isEqualTo(rows.get(i).getQueueId());
            assertThat("CHANNEL_" + column.apply("channel"))
                    .isEqualTo(rows.get(i).getChannel().name());
            assertThat(column.apply("acw_count")).isEqualTo("1");
            assertThat(Double.parseDouble(column.apply("acw_seconds")) * 1e6)
                    .isCloseTo(Durations.toMicros(figures.getAcwDuration()), within(0.5));
            assertThat(column.apply("hold_seconds"))
                    .isEqualTo(Long.toString(figures.getHoldDuration().getSeconds()));
            assertThat(column.apply("completed_count")).isEqualTo("1");
            assertThat(column.apply("occupancy")).isEmpty();
        }
    }

    @Test
    void pagesPutTogetherAreTheReport() {
        for (String queue : List.of("a", "b", "c", "d", "e")) {
            complete(OWN, start(OWN, call(queue, 10, 0)), "");
        }
        GetAcwReportRequest.Builder request = GetAcwReportRequest.newBuilder()
                .setQuery(query(ReportDimension.REPORT_DIMENSION_QUEUE))
                .setPageSize(2);
        List<String> queues = new ArrayList<>();
        do {
            GetAcwReportResponse page = staff.as("supervisor").reports().getAcwReport(request.build());
            page.getRowsList().forEach(row -> queues.add(row.getQueueId()));
            assertThat(page.getTotal().getAcwCount()).isEqualTo(5);
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());

        assertThat(queues).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aLeadSeesOnlyHisTeam() {
        complete(OWN, start(OWN, call("sales", 10, 0)), "");
        complete(FOREIGN, start(FOREIGN, call("sales", 10, 0)), "");

        GetAcwReportResponse seen = report(staff.as("lead"), query(ReportDimension.REPORT_DIMENSION_AGENT));

        assertThat(seen.getRowsList()).extracting(AcwReportRow::getAgentId).containsExactly(OWN);
        assertThat(seen.getTotal().getAcwCount()).isEqualTo(1);
    }

    @Test
    void whoRunsToTheLimitIsFound() {
        admin.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_QUEUE)
                                .setScopeId("sales")
                                .setDuration(Client.seconds(1))
                                .setWarningBeforeEnd(Client.seconds(0)))
                        .build());
        complete(OWN, start(OWN, call("sales", 10, 0)), "");
        start(FOREIGN, call("sales", 10, 0));
        GetPaddingReportRequest.Builder request = GetPaddingReportRequest.newBuilder()
                .setStartTime(query().getStartTime())
                .setEndTime(query().getEndTime())
                .setMinAcwCount(1);

        await().untilAsserted(() -> assertThat(staff.as("supervisor")
                        .reports()
                        .getPaddingReport(request.build())
                        .getRowsList())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getAgentId()).isEqualTo(FOREIGN);
                    assertThat(row.getQueueId()).isEqualTo("sales");
                    assertThat(row.getAtLimitCount()).isEqualTo(1);
                    assertThat(row.getLimitShare()).isEqualTo(1);
                    assertThat(row.getLongerThanShare()).isEqualTo(1);
                    assertThat(row.getAverageAcwDuration()).isEqualTo(Client.seconds(1));
                }));
        assertThat(staff.as("lead").reports().getPaddingReport(request.build()).getRowsList())
                .extracting(PaddingReportRow::getAgentId)
                .isEmpty();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        GrpcError report = GrpcError.of(() -> staff.as("supervisor")
                .reports()
                .getAcwReport(GetAcwReportRequest.newBuilder()
                        .setQuery(AcwReportQuery.newBuilder()
                                .setStartTime(Timestamps.fromSeconds(1_800_000_060))
                                .setEndTime(Timestamps.fromSeconds(1_900_000_800))
                                .setTimeZone("Mars/Olympus")
                                .setIntervalValue(99)
                                .addGroupByValue(0)
                                .addGroupBy(ReportDimension.REPORT_DIMENSION_QUEUE)
                                .addGroupBy(ReportDimension.REPORT_DIMENSION_QUEUE)
                                .addQueueIds("no good")
                                .addChannelsValue(77))
                        .setPageSize(-1)
                        .build()));
        GrpcError padding = GrpcError.of(() -> staff.as("supervisor")
                .reports()
                .getPaddingReport(GetPaddingReportRequest.newBuilder()
                        .setMinAcwCount(-1)
                        .setMinLimitShare(Double.NaN)
                        .build()));
        GrpcError border = GrpcError.of(() -> report(
                staff.as("supervisor"),
                query().setInterval(ReportInterval.REPORT_INTERVAL_DAY).setTimeZone("Asia/Tokyo")));
        GrpcError missing = GrpcError.of(
                () -> staff.as("supervisor").reports().getAcwReport(GetAcwReportRequest.getDefaultInstance()));

        assertThat(report.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(report.fields())
                .contains(
                        "query.start_time",
                        "query.end_time",
                        "query.time_zone",
                        "query.interval",
                        "query.group_by",
                        "query.queue_ids",
                        "query.channels",
                        "page_size");
        assertThat(padding.fields())
                .containsExactlyInAnyOrder("start_time", "end_time", "min_acw_count", "min_limit_share");
        assertThat(border.fields()).containsExactlyInAnyOrder("query.start_time", "query.end_time");
        assertThat(missing.fields()).contains("query");
    }
}
