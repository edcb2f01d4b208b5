package io.aftercall.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aftercall.agent.EndReason;
import io.aftercall.interaction.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaddingReportTest {

    private static final Instant START = Instant.parse("2026-06-01T10:00:00Z");

    private final AcwReport report = new AcwReport(
            new AcwReportQuery(
                    START,
                    START.plusSeconds(3_600),
                    ZoneOffset.UTC,
                    ReportInterval.WHOLE,
                    EnumSet.of(Dimension.AGENT, Dimension.QUEUE),
                    Map.of()),
            1_000);

    /** So many ACWs, some of which ran to their limit. */
    private void worked(String agentId, String queueId, int acws, int atLimit, int seconds) {
        for (int i = 0; i < acws; i++) {
            new DoneInteraction(
                            new ReportKey(agentId, "", queueId, Channel.VOICE, ""),
                            1,
                            START.plusSeconds(100),
                            true,
                            Optional.empty(),
                            0,
                            Optional.of(new DoneInteraction.Acw(
                                    new Span(START, START.plusSeconds(seconds)),
                                    List.of(),
                                    EndReason.COMPLETED,
                                    i == 0,
                                    true,
                                    i < atLimit)))
                    .post(report);
        }
    }

    private List<PaddingReport.Row> found(int enough, double regularly) {
        return PaddingReport.of(report.rows().toList(), enough, regularly);
    }

    @Test
    void whoRegularlyRunsToTheLimitIsFoundWithHisPlaceInTheQueue() {
        worked("quick", "sales", 10, 0, 10);
        worked("usual", "sales", 10, 4, 20);
        worked("padder", "sales", 10, 9, 30);
        worked("padder", "support", 10, 1, 30);
        worked("pair", "support", 10, 5, 10);

        assertThat(found(10, 0.5))
                .extracting(
                        PaddingReport.Row::agentId,
                        PaddingReport.Row::queueId,
                        row -> row.tally().limitShare().orElseThrow(),
                        PaddingReport.Row::queueAverage,
                        PaddingReport.Row::longerThan)
                .containsExactly(
                        tuple("padder", "sales", 0.9, Duration.ofSeconds(20), 1.0),
                        tuple("pair", "support", 0.5, Duration.ofSeconds(20), 0.0));
    }

    @Test
    void whoHasDoneTooFewIsNeitherFoundNorComparedWith() {
        worked("new", "sales", 9, 9, 60);
        worked("alone", "sales", 10, 10, 20);

        assertThat(found(10, 0.5))
                .extracting(PaddingReport.Row::agentId, PaddingReport.Row::longerThan)
                .containsExactly(tuple("alone", 0.0));
    }
}
