package io.aftercall.simulator;

import io.aftercall.agent.EndReason;
import io.aftercall.interaction.Channel;
import io.aftercall.report.AvailableTime;
import io.aftercall.report.CubeRows;
import io.aftercall.report.DoneInteraction;
import io.aftercall.report.FigureBytes;
import io.aftercall.report.HourFigures;
import io.aftercall.report.ReportEntry;
import io.aftercall.report.ReportKey;
import io.aftercall.report.Span;
import io.aftercall.simulator.CallPlan.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What a centre of many agents leaves for reports in some days: calls of the simulator's model, one after the other, with
 * the ACW of a policy of 20 s and an extension of 10 s. Its queues are those of the model at twenty sites.
 */
public final class RecordedMonth {
    private static final int SITES = 20;
    private static final int TEAM = 20;
    private static final int CALLS_OF_A_DAY = 100;
    private static final Duration SHIFT = Duration.ofHours(9);
    private static final Duration ACW = Duration.ofSeconds(20);
    private static final Duration EXTENSION = Duration.ofSeconds(10);

    private final int agents;
    private final Instant firstDay;
    private final Random random = new Random(7);
    private final List<CallModel> models = QueueProfile.CENTRE.stream()
            .map(queue -> new CallModel(queue, 1, 1, random))
            .toList();
    private long acws;

    /**
     * Begins.
     *
     * @param firstDay midnight in UTC
     */
    public RecordedMonth(int agents, Instant firstDay) {
        this.agents = agents;
        this.firstDay = firstDay;
    }

    /** Returns how many ACWs there have been. */
    public long acws() {
        return acws;
    }

    /**
     * Lets a day pass.
     *
     * @param line told every row of {@code report_hour}, as COPY takes it
     */
    public void day(String tenant, int day, Consumer<String> line) {
        Map<CubeRows.Row, HourFigures> rows = new HashMap<>();
        CubeRows sums = new CubeRows(rows);
        for (int agent = 0; agent < agents; agent++) {
            shift(agent, firstDay.plus(day, ChronoUnit.DAYS).plus(6, ChronoUnit.HOURS))
                    .forEach(entry -> entry.post(sums));
        }
        HexFormat hex = HexFormat.of();
        rows.forEach((row, figures) -> line.accept(String.join(
                "\t",
                tenant,
                row.cube().name(),
                row.hour().toString(),
                row.subjectId(),
                "\\\\x" + hex.formatHex(FigureBytes.write(figures)) + "\n")));
    }

    private List<ReportEntry> shift(int agent, Instant start) {
        List<ReportEntry> entries = new ArrayList<>(2 * CALLS_OF_A_DAY);
        Instant free = start.plusSeconds(random.nextInt(3_600));
        Duration room = SHIFT.dividedBy(CALLS_OF_A_DAY);
        for (int call = 0; call < CALLS_OF_A_DAY; call++) {
            CallPlan plan = models.get(random.nextInt(models.size())).next();
            Instant answered = free.plus(room.dividedBy(10));
            Duration longest = room.multipliedBy(2).dividedBy(3);
            Instant ended = answered.plus(plan.talk().compareTo(longest) > 0 ? longest : plan.talk())
                    .truncatedTo(ChronoUnit.MICROS);
            DoneInteraction done = done(agent, plan, answered.truncatedTo(ChronoUnit.MICROS), ended);
            entries.add(
                    new AvailableTime(id(agent), team(agent), new Span(free.truncatedTo(ChronoUnit.MICROS), answered)));
            entries.add(done);
            free = done.doneTime();
            acws++;
        }
        return entries;
    }

    private static DoneInteraction done(int agent, CallPlan plan, Instant answered, Instant ended) {
        boolean extended = plan.wrapUp().ending() == Ending.EXTENDS;
        Duration most = extended ? ACW.plus(EXTENSION) : ACW;
        Duration writing = plan.wrapUp().writing();
        boolean out = plan.wrapUp().ending() == Ending.LETS_IT_TIME_OUT || writing.compareTo(most) >= 0;
        Instant over = ended.plus(out ? most : writing).truncatedTo(ChronoUnit.MICROS);
        return new DoneInteraction(
                new ReportKey(
                        id(agent),
                        team(agent),
                        plan.queueId() + "-" + agent % SITES,
                        Channel.VOICE,
                        out ? "" : plan.wrapUp().disposition()),
                1,
                over,
                true,
                DoneInteraction.talk(answered, ended),
                Duration.between(answered, ended).toNanos() / 10_000,
                Optional.of(new DoneInteraction.Acw(
                        new Span(ended, over),
                        List.of(),
                        out ? EndReason.TIMED_OUT : EndReason.COMPLETED,
                        extended,
                        true,
                        out)));
    }

    private static String id(int agent) {
        return "agent-" + agent;
    }

    private static String team(int agent) {
        return "team-" + agent / TEAM;
    }
}
