package io.aftercall.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.agent.EndReason;
import io.aftercall.interaction.Channel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FigureBytesTest {

    /** What is stored once is read for years. */
    @Test
    void whatWasStoredOnceIsStillRead() {
        Instant end = Instant.parse("2026-06-01T10:20:00Z");
        Map<CubeRows.Row, HourFigures> rows = new HashMap<>();
        call(end.minusSeconds(200), end.minusSeconds(20), end, "sold").post(new CubeRows(rows));
        HourFigures figures = rows.get(new CubeRows.Row(Cube.AGENTS, end.truncatedTo(ChronoUnit.HOURS), "anna"));

        String stored = HexFormat.of().formatHex(FigureBytes.write(figures));

        assertThat(stored).isEqualTo(STORED);
        assertThat(FigureBytes.write(FigureBytes.read(HexFormat.of().parseHex(STORED))))
                .isEqualTo(FigureBytes.write(figures));
    }

    /** An earlier release may have divided a call between quarters a microsecond differently. */
    @Test
    void whatIsTakenAwayIsNeverMoreThanWhatIsThere() {
        Map<CubeRows.Row, HourFigures> rows = new HashMap<>();
        CubeRows sums = new CubeRows(rows);
        Instant end = Instant.parse("2026-06-01T10:20:00Z");
        call(end.minusSeconds(200), end.minusSeconds(20), end, "sold").post(sums);

        call(end.minusSeconds(201), end.minusSeconds(21), end, "sold")
                .as("sold", -1)
                .post(sums);

        assertThat(rows.values())
                .allSatisfy(figures -> assertThat(FigureBytes.write(FigureBytes.read(FigureBytes.write(figures))))
                        .isEqualTo(FigureBytes.write(figures)));
    }

    @Test
    void whatIsBrokenAnywhereAddsNothing() {
        byte[] stored = HexFormat.of().parseHex(STORED);
        for (int length = 0; length < stored.length; length++) {
            assertUnreadable(Arrays.copyOf(stored, length));
        }
        assertUnreadable(Arrays.copyOf(stored, stored.length + 1));
        int numbers = 2 + "-blue-sales-sold".length();
        for (int at = numbers; at < stored.length; at++) {
            byte[] joined = stored.clone();
            joined[at] |= (byte) 128;
            if (stored[at] >= 0) {
                assertUnreadable(joined);
            }
        }
    }

    private static void assertUnreadable(byte[] bytes) {
        List<ReportKey> added = new ArrayList<>();

        assertThatThrownBy(() -> FigureBytes.addTo(
                        (quarter, key) -> {
                            added.add(key);
                            return null;
                        },
                        bytes))
                .isInstanceOf(UnreadableFigures.class);
        assertThat(added).isEmpty();
    }

    @Test
    void whatALaterVersionWroteIsNotCalledBroken() {
        assertThatThrownBy(() -> FigureBytes.read(new byte[] {2})).isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFigureThatIsNegativeIsNotWritten() {
        Tally tally = new Tally();
        tally.talkTime = -1;
        HourFigures figures = new HourFigures(Map.of(new HourFigures.Place(0, ReportKey.ALL), tally));

        assertThatThrownBy(() -> FigureBytes.write(figures)).isInstanceOf(IllegalArgumentException.class);
    }

    private static DoneInteraction call(Instant answered, Instant ended, Instant done, String dispositionCode) {
        return new DoneInteraction(
                new ReportKey("anna", "blue", "sales", Channel.EMAIL, dispositionCode),
                1,
                done,
                true,
                DoneInteraction.talk(answered, ended),
                30_000_000,
                Optional.of(new DoneInteraction.Acw(
                        new Span(ended, done), List.of(), EndReason.INTERRUPTED, true, true, true)));
    }

    @Test
    void channelsAndReasonsKeepTheirPlaces() {
        assertThat(List.of(Channel.values())).startsWith(Channel.VOICE, Channel.CHAT, Channel.EMAIL, Channel.TASK);
        assertThat(Arrays.asList(EndReason.values()))
                .startsWith(
                        EndReason.COMPLETED,
                        EndReason.TIMED_OUT,
                        EndReason.FORCED,
                        EndReason.LOGGED_OUT,
                        EndReason.POLICY_DISABLED,
                        EndReason.INTERRUPTED);
    }

    private static final String STORED = "010304626c75650573616c657304736f6c640101030001020180dac40980a3c3478087a70e"
            + "000101050101010180dac40980dac409012801";
}
