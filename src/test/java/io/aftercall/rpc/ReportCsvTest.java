package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Channel;
import io.aftercall.report.AcwReport;
import io.aftercall.report.AcwReportQuery;
import io.aftercall.report.Dimension;
import io.aftercall.report.DoneInteraction;
import io.aftercall.report.ReportInterval;
import io.aftercall.report.ReportKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReportCsvTest {

    private static final Instant START = Instant.parse("2026-06-01T10:00:00Z");
    private static final AcwReportQuery QUERY = new AcwReportQuery(
            START,
            START.plusSeconds(3_600),
            ZoneOffset.UTC,
            ReportInterval.WHOLE,
            EnumSet.allOf(Dimension.class),
            Map.of());

    private static ReportKey key(String agentId) {
        return new ReportKey(agentId, "blue", "+34900", Channel.VOICE, "-none-");
    }

    @Test
    void noIdIsTakenForAFormula() {
        AcwReport report = new AcwReport(QUERY, 10);
        for (String agentId : new String[] {"=1+1", "@anna", "anna=1"}) {
            new DoneInteraction(key(agentId), 1, START, true, Optional.empty(), 0, Optional.empty()).post(report);
        }
        ReportCsv csv = new ReportCsv(
                QUERY,
                () -> CompletableFuture.completedFuture(() -> {}),
                () -> CompletableFuture.completedFuture(new ReportReader.Made(report, QUERY, START)));

        String lines =
                csv.next().toCompletableFuture().join().orElseThrow().getCsv().toStringUtf8();

        assertThat(lines)
                .contains(
                        ",'=1+1,blue,'+34900,VOICE,'-none-,",
                        ",'@anna,blue,'+34900,VOICE,'-none-,",
                        ",anna=1,blue,'+34900,VOICE,'-none-,");
    }
}
