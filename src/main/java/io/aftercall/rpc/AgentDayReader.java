package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.api.v1.AgentDayQueue;
import io.aftercall.api.v1.GetAgentDayResponse;
import io.aftercall.engine.AgentHistory;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ServedTenant;
import io.aftercall.report.AcwReport;
import io.aftercall.report.AcwReportQuery;
import io.aftercall.report.AgentTimeline;
import io.aftercall.report.Dimension;
import io.aftercall.report.ReportInterval;
import io.aftercall.report.Tally;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an agent did in a day. With the bounds here an answer stays below three MiB, whatever the ids. */
final class AgentDayReader {

    static final int MOST_STATUSES = 2_000;
    static final int MOST_ACWS = 800;
    static final int MOST_QUEUES = 100;

    private final TenantId id;
    private final ServedTenant tenant;
    private final AgentHistory history;
    private final ReportReader reports;

    AgentDayReader(TenantId id, ServedTenant tenant, AgentHistory history, ReportReader reports) {
        this.id = id;
        this.tenant = tenant;
        this.history = history;
        this.reports = reports;
    }

    /** Everything that was committed before is in it. */
    CompletionStage<GetAgentDayResponse> read(AgentId agentId, Instant from, Instant until, BooleanSupplier abandoned) {
        Map<Dimension, Set<String>> his = Map.of(Dimension.AGENT, Set.of(agentId.value()));
        return new AgentStateReader(tenant).fresh(agentId).thenCompose(now -> history.past(
                        id, agentId, from, until, MOST_ACWS)
                .thenCompose(past -> {
                    if (past.isNothing()) {
                        throw GrpcErrors.agentNotFound(Map.of("agent_id", agentId.value()));
                    }
                    Instant asOf = now.isBefore(until) ? now : until;
                    GetAgentDayResponse.Builder day = day(agentId, past, from, until, asOf);
                    AcwReportQuery all = query(from, until, EnumSet.noneOf(Dimension.class), his);
                    AcwReportQuery byQueue = query(from, until, EnumSet.of(Dimension.QUEUE), his);
                    return reports.make(all, abandoned)
                            .thenCompose(made -> {
                                day.setFigures(ReportProto.figures(made.report().total(), all));
                                return reports.make(byQueue, abandoned);
                            })
                            .thenCompose(made -> queues(made.report(), byQueue, abandoned))
                            .thenApply(queues -> day.addAllQueues(queues).build());
                }));
    }

    private static GetAgentDayResponse.Builder day(
            AgentId agentId, AgentHistory.Past past, Instant from, Instant until, Instant asOf) {
        Instant end = asOf.isBefore(from) ? from : asOf;
        AgentTimeline timeline = AgentTimeline.of(past.log(), past.agent(), past.keptSince(), from, end, MOST_STATUSES);
        GetAgentDayResponse.Builder day = GetAgentDayResponse.newBuilder()
                .setAsOfTime(ProtoTimes.timestamp(end))
                .setCompleteFromTime(ProtoTimes.timestamp(timeline.completeFrom()))
                .setOmittedAcwCount(past.omitted());
        timeline.spans().forEach(span -> day.addStatuses(AgentDayProto.write(span, end.isBefore(until), end)));
        past.ended().forEach(acw -> day.addAcws(AgentDayProto.write(acw)));
        past.open(until).forEach(acw -> day.addAcws(AgentDayProto.write(agentId, acw)));
        return day;
    }

    private CompletionStage<List<AgentDayQueue>> queues(
            AcwReport report, AcwReportQuery byQueue, BooleanSupplier abandoned) {
        List<AcwReport.Row> his = report.rows()
                .sorted(Comparator.comparing((AcwReport.Row row) -> row.tally().acws())
                        .reversed())
                .limit(MOST_QUEUES)
                .toList();
        if (his.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Set<String> queues = his.stream().map(row -> row.key().queueId()).collect(Collectors.toSet());
        AcwReportQuery ofAll =
                query(byQueue.from(), byQueue.until(), EnumSet.of(Dimension.QUEUE), Map.of(Dimension.QUEUE, queues));
        return reports.make(ofAll, abandoned).thenApply(made -> {
            Map<String, Tally> all = made.report()
                    .rows()
                    .collect(Collectors.toMap(row -> row.key().queueId(), AcwReport.Row::tally));
            Function<AcwReport.Row, Tally> ofQueue =
                    row -> all.getOrDefault(row.key().queueId(), row.tally());
            return his.stream()
                    .map(row -> AgentDayProto.write(
                            row.key().queueId(), ReportProto.figures(row.tally(), byQueue), ofQueue.apply(row)))
                    .toList();
        });
    }

    private static AcwReportQuery query(
            Instant from, Instant until, Set<Dimension> groupBy, Map<Dimension, Set<String>> only) {
        return new AcwReportQuery(from, until, ZoneOffset.UTC, ReportInterval.WHOLE, groupBy, only);
    }
}
