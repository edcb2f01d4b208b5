package io.aftercall.rpc;

import com.google.rpc.Code;
import io.aftercall.agent.AgentId;
import io.aftercall.api.v1.ErrorReason;
import io.aftercall.api.v1.ExportAcwReportRequest;
import io.aftercall.api.v1.ExportAcwReportResponse;
import io.aftercall.api.v1.GetAcwReportRequest;
import io.aftercall.api.v1.GetAcwReportResponse;
import io.aftercall.api.v1.GetAgentDayRequest;
import io.aftercall.api.v1.GetAgentDayResponse;
import io.aftercall.api.v1.GetPaddingReportRequest;
import io.aftercall.api.v1.GetPaddingReportResponse;
import io.aftercall.api.v1.PaddingReportRow;
import io.aftercall.api.v1.ReportServiceGrpc;
import io.aftercall.engine.AgentHistory;
import io.aftercall.engine.ReportStore;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ServedTenant;
import io.aftercall.report.AcwReport;
import io.aftercall.report.AcwReportQuery;
import io.aftercall.report.Dimension;
import io.aftercall.report.PaddingReport;
import io.aftercall.report.ReportInterval;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** {@code ReportService}. */
@GrpcService
final class ReportGrpc extends ReportServiceGrpc.ReportServiceImplBase {

    private static final int DEFAULT_PAGE = 1_000;
    private static final int LARGEST_PAGE = 10_000;
    private static final int ENOUGH_TO_COMPARE = 20;
    private static final double REGULARLY = 0.5;
    private static final Duration LONGEST_COMPARISON = Duration.ofDays(92);
    private static final Duration LONGEST_DAY = Duration.ofHours(31);

    private final ServedTenant.Directory tenants;
    private final ReportStore reports;
    private final LastingRights rights;
    private final ReportTurns turns;
    private final StreamLimits limits;
    private final AgentHistory history;

    ReportGrpc(
            ServedTenant.Directory tenants,
            ReportStore reports,
            AgentHistory history,
            LastingRights rights,
            ReportTurns turns,
            StreamLimits limits) {
        this.tenants = tenants;
        this.reports = reports;
        this.history = history;
        this.rights = rights;
        this.turns = turns;
        this.limits = limits;
    }

    @Override
    public void getAcwReport(GetAcwReportRequest request, StreamObserver<GetAcwReportResponse> observer) {
        Answers.answer(observer, () -> report(request, abandoned(observer)), response -> response);
    }

    private CompletionStage<GetAcwReportResponse> report(GetAcwReportRequest request, BooleanSupplier abandoned) {
        FieldReader fields = new FieldReader();
        AcwReportQuery query = ReportReader.query(fields, request.hasQuery(), request.getQuery());
        int asked = request.getPageSize();
        if (asked < 0 || asked > LARGEST_PAGE) {
            fields.violations().add("page_size", "must be 0 to " + LARGEST_PAGE);
        }
        fields.violations().throwIfAny();
        int size = asked == 0 ? DEFAULT_PAGE : asked;
        String of = Fingerprint.of(
                request.toBuilder().clearPageSize().clearPageToken().build());
        int first =
                Pages.position(request.getPageToken(), of, ReportGrpc::place).orElse(0);
        ReportReader reader = reader();
        // Beside the event loop: there may be a million rows.
        return turns.during(tenant(), abandoned, () -> reader.make(query, abandoned)
                .exceptionally(ReportGrpc::refuse)
                .thenApplyAsync(made -> page(made, first, size, of)));
    }

    /** A place in a list that may change between two pages: by then a row may come again or be passed over. */
    private static int place(String text) {
        int place = Integer.parseInt(text);
        if (place < 0 || place > ReportReader.MOST_ROWS) {
            throw new IllegalArgumentException("not a place");
        }
        return place;
    }

    private static GetAcwReportResponse page(ReportReader.Made made, int first, int size, String of) {
        List<AcwReport.Row> rows =
                made.report().rows().skip(first).limit(size + 1).toList();
        GetAcwReportResponse.Builder response = GetAcwReportResponse.newBuilder()
                .setTotal(ReportProto.figures(made.report().total(), made.query()))
                .setAsOfTime(ProtoTimes.timestamp(made.time()));
        rows.stream().limit(size).forEach(row -> response.addRows(ReportProto.write(row, made.query())));
        if (rows.size() > size) {
            response.setNextPageToken(Pages.token(Integer.toString(first + size), of));
        }
        return response.build();
    }

    @Override
    public void exportAcwReport(ExportAcwReportRequest request, StreamObserver<ExportAcwReportResponse> observer) {
        Runnable still = rights.of(CurrentCall.get(), ReportServiceGrpc.getExportAcwReportMethod());
        PartedAnswer.send(
                () -> {
                    FieldReader fields = new FieldReader();
                    AcwReportQuery query = ReportReader.query(fields, request.hasQuery(), request.getQuery());
                    fields.violations().throwIfAny();
                    ReportReader reader = reader();
                    TenantId tenant = tenant();
                    BooleanSupplier abandoned = abandoned(observer);
                    return new ReportCsv(query, () -> turns.take(tenant, abandoned), () -> reader.make(query, abandoned)
                            .exceptionally(ReportGrpc::refuse));
                },
                still,
                limits.maxLag(),
                observer);
    }

    @Override
    public void getPaddingReport(GetPaddingReportRequest request, StreamObserver<GetPaddingReportResponse> observer) {
        Answers.answer(
                observer, () -> padding(request, abandoned(observer)), page -> GetPaddingReportResponse.newBuilder()
                        .addAllRows(page.entries())
                        .setNextPageToken(page.next())
                        .build());
    }

    private CompletionStage<Pages.Page<PaddingReportRow>> padding(
            GetPaddingReportRequest request, BooleanSupplier abandoned) {
        FieldReader fields = new FieldReader();
        Instant from = fields.time("start_time", request.hasStartTime(), request.getStartTime());
        Instant until = fields.time("end_time", request.hasEndTime(), request.getEndTime());
        ReportReader.requirePeriod(fields, "", from, until, LONGEST_COMPARISON);
        ReportReader.requireBorder(fields, "start_time", from, ReportInterval.WHOLE, ZoneOffset.UTC);
        ReportReader.requireBorder(fields, "end_time", until, ReportInterval.WHOLE, ZoneOffset.UTC);
        Map<Dimension, Set<String>> only = new EnumMap<>(Dimension.class);
        only.put(Dimension.QUEUE, fields.ids("queue_ids", request.getQueueIdsList()));
        only.values().removeIf(Set::isEmpty);
        Set<String> teams = fields.ids("team_ids", request.getTeamIdsList());
        if (request.getMinAcwCount() < 0) {
            fields.violations().add("min_acw_count", "must not be negative");
        }
        double regularly = request.hasMinLimitShare() ? request.getMinLimitShare() : REGULARLY;
        if (!(regularly > 0 && regularly <= 1)) {
            fields.violations().add("min_limit_share", "must be above 0 and at most 1");
        }
        int size = Pages.size(fields, request.getPageSize());
        fields.violations().throwIfAny();
        int enough = request.getMinAcwCount() == 0 ? ENOUGH_TO_COMPARE : request.getMinAcwCount();
        String of = Fingerprint.of(
                request.toBuilder().clearPageSize().clearPageToken().build());
        int first =
                Pages.position(request.getPageToken(), of, ReportGrpc::place).orElse(0);
        AcwReportQuery query = new AcwReportQuery(
                from, until, ZoneOffset.UTC, ReportInterval.WHOLE, EnumSet.of(Dimension.AGENT, Dimension.QUEUE), only);
        KnownScopes known = new KnownScopes(tenants.of(tenant()).feed());
        ReportReader reader = reader();
        return turns.during(tenant(), abandoned, () -> reader.make(query, abandoned)
                .exceptionally(ReportGrpc::refuse)
                .thenApplyAsync(made -> {
                    List<PaddingReport.Row> rows =
                            PaddingReport.of(made.report().rows().toList(), enough, regularly).stream()
                                    .filter(row -> teams.isEmpty()
                                            || known.teamOf(new AgentId(row.agentId()))
                                                    .filter(teams::contains)
                                                    .isPresent())
                                    .toList();
                    int begin = Math.min(first, rows.size());
                    int end = Math.min(begin + size, rows.size());
                    return new Pages.Page<>(
                            rows.subList(begin, end).stream()
                                    .map(ReportProto::write)
                                    .toList(),
                            end < rows.size() ? Pages.token(Integer.toString(end), of) : "");
                }));
    }

    @Override
    public void getAgentDay(GetAgentDayRequest request, StreamObserver<GetAgentDayResponse> observer) {
        Answers.answer(observer, () -> day(request, abandoned(observer)), response -> response);
    }

    private CompletionStage<GetAgentDayResponse> day(GetAgentDayRequest request, BooleanSupplier abandoned) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        Instant from = fields.time("start_time", request.hasStartTime(), request.getStartTime());
        Instant until = fields.time("end_time", request.hasEndTime(), request.getEndTime());
        ReportReader.requirePeriod(fields, "", from, until, LONGEST_DAY);
        ReportReader.requireBorder(fields, "start_time", from, ReportInterval.WHOLE, ZoneOffset.UTC);
        ReportReader.requireBorder(fields, "end_time", until, ReportInterval.WHOLE, ZoneOffset.UTC);
        fields.violations().throwIfAny();
        AgentDayReader day = new AgentDayReader(tenant(), tenants.of(tenant()), history, reader());
        return turns.during(tenant(), abandoned, () -> day.read(agentId, from, until, abandoned));
    }

    private ReportReader reader() {
        return new ReportReader(tenant(), tenants.of(tenant()), reports);
    }

    private static TenantId tenant() {
        return CurrentCall.get().caller().tenant();
    }

    /** Whether the caller has gone. */
    private static BooleanSupplier abandoned(StreamObserver<?> observer) {
        return ((ServerCallStreamObserver<?>) observer)::isCancelled;
    }

    private static <T> T refuse(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof AcwReport.TooLarge) {
            throw tooLarge();
        }
        throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static StatusRuntimeException tooLarge() {
        return ErrorStatus.of(
                Code.FAILED_PRECONDITION,
                "The report would have more than a million rows: ask for a shorter period, longer intervals or less"
                        + " told apart",
                ErrorReason.ERROR_REASON_REPORT_TOO_LARGE,
                Map.of("rows", Integer.toString(ReportReader.MOST_ROWS)));
    }
}
