package io.aftercall.report;

import io.aftercall.interaction.Channel;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of a report.
 *
 * @param from a border of the interval in the zone
 * @param until another, later
 * @param zone by whose clocks the pieces are cut
 * @param groupBy what is told apart
 * @param only keeps the report to some of a dimension; channels by their names
 */
public record AcwReportQuery(
        Instant from,
        Instant until,
        ZoneId zone,
        ReportInterval interval,
        Set<Dimension> groupBy,
        Map<Dimension, Set<String>> only) {

    /** The cube that answers it. */
    public Cube cube() {
        return Cube.of(dimensions());
    }

    /** Whether how long agents waited belongs to it: that is known by agent and team, but for no queue. */
    public boolean countsWaiting() {
        Set<Dimension> others = dimensions();
        others.removeAll(EnumSet.of(Dimension.AGENT, Dimension.TEAM));
        return others.isEmpty();
    }

    /** Whether a place is within what is asked for. */
    public boolean covers(ReportKey key) {
        for (Map.Entry<Dimension, Set<String>> filter : only.entrySet()) {
            if (!filter.getValue().contains(key.get(filter.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** What a place is called in the report. */
    ReportKey group(ReportKey key) {
        boolean byChannel = groupBy.contains(Dimension.CHANNEL);
        return new ReportKey(
                told(Dimension.AGENT, key.agentId()),
                told(Dimension.TEAM, key.teamId()),
                told(Dimension.QUEUE, key.queueId()),
                byChannel ? key.channel() : (Channel) null,
                told(Dimension.DISPOSITION, key.dispositionCode()));
    }

    private String told(Dimension dimension, String id) {
        return groupBy.contains(dimension) ? id : "";
    }

    private Set<Dimension> dimensions() {
        Set<Dimension> asked = EnumSet.noneOf(Dimension.class);
        asked.addAll(groupBy);
        asked.addAll(only.keySet());
        return asked;
    }
}
