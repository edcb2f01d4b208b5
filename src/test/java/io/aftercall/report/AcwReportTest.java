package io.aftercall.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.interaction.Channel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcwReportTest {

    private static final Instant START = Instant.parse("2026-06-01T10:00:00Z");

    private final AcwReport report = new AcwReport(
            new AcwReportQuery(
                    START,
                    START.plusSeconds(7_200),
                    ZoneOffset.UTC,
                    ReportInterval.HOUR,
                    EnumSet.of(Dimension.AGENT, Dimension.QUEUE),
                    Map.of()),
            3);

    private void done(String agentId, String queueId, int minute) {
        new DoneInteraction(
                        new ReportKey(agentId, "blue", queueId, Channel.VOICE, "sold"),
                        1,
                        START.plusSeconds(60L * minute),
                        true,
                        Optional.empty(),
                        0,
                        Optional.empty())
                .post(report);
    }

    @Test
    void rowsComeInTheOrderOfTimeAndThenOfWhatIsToldApart() {
        done("ben", "sales", 0);
        done("anna", "support", 119);
        done("anna", "support", 59);
        done("anna", "support", 0);

        assertThat(report.rows()
                        .map(row ->
                                row.from() + " " + row.until() + " " + row.key().agentId()))
                .containsExactly(
                        "2026-06-01T10:00:00Z 2026-06-01T11:00:00Z anna",
                        "2026-06-01T10:00:00Z 2026-06-01T11:00:00Z ben",
                        "2026-06-01T11:00:00Z 2026-06-01T12:00:00Z anna");
        assertThat(report.total().handled()).isEqualTo(4);
    }

    @Test
    void whatIsBeforeOrAfterDoesNotCount() {
        done("anna", "sales", -1);
        done("anna", "sales", 120);

        assertThat(report.rows()).isEmpty();
    }

    @Test
    void oneRowTooManyIsRefused() {
        done("anna", "sales", 0);
        done("anna", "support", 0);
        done("ben", "sales", 0);
        done("ben", "sales", 1);

        assertThatThrownBy(() -> done("ben", "sales", 61)).isInstanceOf(AcwReport.TooLarge.class);
    }
}
