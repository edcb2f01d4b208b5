package io.aftercall.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Agents whose ACW regularly runs to the limit: perhaps they rest in it, perhaps the time is too short. Who is compared
 * is who has done enough ACWs of a queue, with the others of that queue who have.
 */
public final class PaddingReport {

    private PaddingReport() {}

    /**
     * One agent in one queue.
     *
     * @param queueAverage how long an ACW of the queue takes on average, over all agents
     * @param longerThan of the other agents of the queue who have done enough, the share of those whose ACWs are
     *     shorter on average; 0 if there are no others
     */
    public record Row(String agentId, String queueId, Tally tally, Duration queueAverage, double longerThan) {}

    /**
     * Finds them.
     *
     * @param rows of a report by agent and queue, without intervals
     * @param enough how many ACWs that had a limit an agent has to have had in the queue
     * @param regularly the share of these that has to have run to the limit
     * @return the highest share first
     */
    public static List<Row> of(List<AcwReport.Row> rows, int enough, double regularly) {
        Map<String, Tally> queues = new HashMap<>();
        Map<String, List<AcwReport.Row>> compared = new HashMap<>();
        for (AcwReport.Row row : rows) {
            String queue = row.key().queueId();
            queues.computeIfAbsent(queue, any -> new Tally()).add(row.tally(), 1);
            if (row.tally().limited() >= enough) {
                compared.computeIfAbsent(queue, any -> new ArrayList<>()).add(row);
            }
        }
        List<Row> found = new ArrayList<>();
        compared.forEach((queue, agents) -> {
            Duration average = queues.get(queue).averageAcw().orElseThrow();
            double[] averages = agents.stream()
                    .mapToDouble(row -> average(row.tally()))
                    .sorted()
                    .toArray();
            for (AcwReport.Row row : agents) {
                if (row.tally().limitShare().orElseThrow() >= regularly) {
                    String agent = row.key().agentId();
                    found.add(new Row(agent, queue, row.tally(), average, longerThan(row.tally(), averages)));
                }
            }
        });
        found.sort(Comparator.comparing((Row row) -> row.tally().limitShare().orElseThrow())
                .reversed()
                .thenComparing(Row::agentId)
                .thenComparing(Row::queueId));
        return found;
    }

    private static double longerThan(Tally tally, double[] averages) {
        if (averages.length == 1) {
            return 0;
        }
        double own = average(tally);
        int shorter = 0;
        while (averages[shorter] < own) {
            shorter++;
        }
        return (double) shorter / (averages.length - 1);
    }

    private static double average(Tally tally) {
        return (double) tally.acwSum / tally.acws;
    }
}
