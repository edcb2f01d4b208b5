package io.aftercall.rpc;

import com.google.protobuf.Message;
import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentStatus;
import io.aftercall.api.v1.ExportAcwReportRequest;
import io.aftercall.api.v1.GetAcwReportRequest;
import io.aftercall.api.v1.ReportDimension;
import io.aftercall.engine.ReportStore;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ServedTenant;
import io.aftercall.interaction.Channel;
import io.aftercall.report.AcwReport;
import io.aftercall.report.AcwReportQuery;
import io.aftercall.report.Dimension;
import io.aftercall.report.ReportInterval;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Reads what is asked of reports, and has them made. */
final class ReportReader {

    static final int MOST_ROWS = 1_000_000;

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration LONGEST = Duration.ofDays(400);

    private final TenantId id;
    private final ServedTenant tenant;
    private final ReportStore reports;

    ReportReader(TenantId id, ServedTenant tenant, ReportStore reports) {
        this.id = id;
        this.tenant = tenant;
        this.reports = reports;
    }

    /** A report with the time at which it was made. */
    record Made(AcwReport report, AcwReportQuery query, Instant time) {}

    /**
     * Everything that was committed before is in it.
     *
     * @param abandoned whether nobody waits for it any more
     */
    CompletionStage<Made> make(AcwReportQuery query, BooleanSupplier abandoned) {
        return tenant.barrier().pass().thenCompose(now -> reports.report(
                        id, query, MOST_ROWS, now, available(query), abandoned)
                .thenApply(report -> new Made(report, query, now)));
    }

    /** Those who have begun to wait before the report ends. */
    private Set<AgentId> available(AcwReportQuery query) {
        if (!query.countsWaiting()) {
            return Set.of();
        }
        return tenant.feed().view().agents().stream()
                .map(StoredAgent::state)
                .filter(agent -> agent.status() == AgentStatus.AVAILABLE)
                .filter(agent -> agent.statusSince().isBefore(query.until()))
                .map(agent -> agent.agentId())
                .collect(Collectors.toSet());
    }

    static AcwReportQuery query(FieldReader fields, boolean present, io.aftercall.api.v1.AcwReportQuery asked) {
        if (!present) {
            fields.violations().add("query", "is required");
        }
        ZoneId zone = zone(fields, asked.getTimeZone());
        ReportInterval interval = Objects.requireNonNullElse(
                fields.optionalChoice("query.interval", asked.getInterval(), ReportInterval.class),
                ReportInterval.WHOLE);
        Instant from = fields.time("query.start_time", asked.hasStartTime(), asked.getStartTime());
        Instant until = fields.time("query.end_time", asked.hasEndTime(), asked.getEndTime());
        if (present) {
            requirePeriod(fields, "query.", from, until, LONGEST);
            requireBorder(fields, "query.start_time", from, interval, zone);
            requireBorder(fields, "query.end_time", until, interval, zone);
        }
        Set<Dimension> groupBy = EnumSet.noneOf(Dimension.class);
        for (ReportDimension dimension : asked.getGroupByList()) {
            Dimension read = fields.choice("query.group_by", dimension, Dimension.class);
            if (read != null && !groupBy.add(read)) {
                fields.violations().add("query.group_by", "names " + read + " twice");
            }
        }
        Map<Dimension, Set<String>> only = new EnumMap<>(Dimension.class);
        only.put(Dimension.AGENT, fields.ids("query.agent_ids", asked.getAgentIdsList()));
        only.put(Dimension.TEAM, fields.ids("query.team_ids", asked.getTeamIdsList()));
        only.put(Dimension.QUEUE, fields.ids("query.queue_ids", asked.getQueueIdsList()));
        only.put(Dimension.DISPOSITION, fields.ids("query.disposition_codes", asked.getDispositionCodesList()));
        only.put(Dimension.CHANNEL, channels(fields, asked));
        only.values().removeIf(Set::isEmpty);
        return new AcwReportQuery(from, until, zone, interval, groupBy, only);
    }

    private static Set<String> channels(FieldReader fields, io.aftercall.api.v1.AcwReportQuery asked) {
        Set<String> channels = new HashSet<>();
        asked.getChannelsList().forEach(channel -> {
            Channel read = fields.choice("query.channels", channel, Channel.class);
            if (read != null) {
                channels.add(read.name());
            }
        });
        return channels;
    }

    private static ZoneId zone(FieldReader fields, String name) {
        if (name.isEmpty()) {
            return UTC;
        }
        try {
            if (ZoneId.getAvailableZoneIds().contains(name)) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException notOne) {
            // Said below.
        }
        fields.violations().add("query.time_zone", "must be the name of a time zone such as Europe/Madrid");
        return UTC;
    }

    static void requirePeriod(FieldReader fields, String prefix, Instant from, Instant until, Duration longest) {
        if (from == null) {
            fields.violations().add(prefix + "start_time", "is required");
        }
        if (until == null) {
            fields.violations().add(prefix + "end_time", "is required");
        }
        if (from != null && until != null && !from.isBefore(until)) {
            fields.violations().add(prefix + "end_time", "must be after start_time");
        } else if (from != null && until != null && from.plus(longest).isBefore(until)) {
            fields.violations().add(prefix + "end_time", "must be " + words(longest) + " after start_time at most");
        }
    }

    private static String words(Duration span) {
        return span.toHours() % 24 == 0 ? span.toDays() + " days" : span.toHours() + " hours";
    }

    static void requireBorder(FieldReader fields, String field, Instant time, ReportInterval interval, ZoneId zone) {
        if (time != null && !interval.floor(time, zone).equals(time)) {
            String border =
                    switch (interval) {
                        case WHOLE, QUARTER_HOUR -> "quarter of an hour";
                        case HALF_HOUR -> "half hour";
                        case HOUR -> "full hour";
                        case DAY -> "midnight";
                    };
            fields.violations().add(field, "must be on a " + border + " in " + zone);
        }
    }

    /** Whether a report says something of single agents. */
    static boolean tellsAgentsApart(Message message) {
        io.aftercall.api.v1.AcwReportQuery query = message instanceof GetAcwReportRequest request
                ? request.getQuery()
                : message instanceof ExportAcwReportRequest request
                        ? request.getQuery()
                        : io.aftercall.api.v1.AcwReportQuery.getDefaultInstance();
        return query.getAgentIdsCount() > 0 || query.getGroupByList().contains(ReportDimension.REPORT_DIMENSION_AGENT);
    }
}
