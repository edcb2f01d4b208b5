package io.aftercall.report;

import static io.aftercall.agent.AgentStatus.AFTER_CALL_WORK;
import static io.aftercall.agent.AgentStatus.AVAILABLE;
import static io.aftercall.agent.AgentStatus.ENGAGED;
import static io.aftercall.agent.AgentStatus.NOT_READY;
import static io.aftercall.agent.AgentStatus.OFFLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.engine.Samples;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentTimelineTest {

    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant END = DAY.plus(24, ChronoUnit.HOURS);
    private static final int MANY = 1_000;

    private final List<StatusEntry> log = new ArrayList<>();
    private AgentStatus last = OFFLINE;

    private static Instant at(double hour) {
        return DAY.plusSeconds(Math.round(hour * 3_600));
    }

    private static StatusSpan span(AgentStatus status, double from, double until) {
        return span(status, null, from, until);
    }

    private static StatusSpan span(AgentStatus status, String reason, double from, double until) {
        return new StatusSpan(status, reason, at(from), at(until));
    }

    private void registered(AgentStatus status, double hour) {
        log.add(new StatusEntry(at(hour), at(hour), OFFLINE, status, null, true));
        last = status;
    }

    private void became(AgentStatus status, String reason, double hour) {
        became(status, reason, hour, hour);
    }

    private void became(AgentStatus status, double hour) {
        became(status, null, hour);
    }

    private void became(AgentStatus status, String reason, double hour, double writtenDown) {
        log.add(new StatusEntry(at(writtenDown), at(hour), last, status, reason, false));
        last = status;
    }

    private AgentTimeline timeline() {
        return timeline(Optional.empty(), Optional.empty());
    }

    private AgentTimeline timeline(Optional<AgentState> agent, Optional<Instant> keptSince) {
        return AgentTimeline.of(log, agent, keptSince, DAY, END, MANY);
    }

    @Test
    void whatHeWasIsCutToTheDay() {
        became(AVAILABLE, -2);
        became(ENGAGED, 9);
        became(AFTER_CALL_WORK, 9.5);
        became(AVAILABLE, 10);
        became(OFFLINE, 26);

        AgentTimeline timeline = timeline();

        assertThat(timeline.spans())
                .containsExactly(
                        span(AVAILABLE, 0, 9),
                        span(ENGAGED, 9, 9.5),
                        span(AFTER_CALL_WORK, 9.5, 10),
                        span(AVAILABLE, 10, 24));
        assertThat(timeline.completeFrom()).isEqualTo(DAY);
    }

    @Test
    void anotherReasonIsAnotherSpanAndTheSameReasonIsNot() {
        became(AVAILABLE, -1);
        became(NOT_READY, "LUNCH", 12);
        log.add(new StatusEntry(at(12.5), at(12), NOT_READY, NOT_READY, "LUNCH", false));
        log.add(new StatusEntry(at(13), at(12), NOT_READY, NOT_READY, "TRAINING", false));
        last = NOT_READY;
        became(AVAILABLE, 14);

        assertThat(timeline().spans())
                .containsExactly(
                        span(AVAILABLE, 0, 12),
                        span(NOT_READY, "LUNCH", 12, 13),
                        span(NOT_READY, "TRAINING", 13, 14),
                        span(AVAILABLE, 14, 24));
    }

    @Test
    void whatWasDeclaredForLaterIsNoReasonOfAnotherStatus() {
        became(ENGAGED, "LUNCH", 9);
        became(NOT_READY, "LUNCH", 10);

        assertThat(timeline().spans())
                .containsExactly(span(OFFLINE, 0, 9), span(ENGAGED, 9, 10), span(NOT_READY, "LUNCH", 10, 24));
    }

    @Test
    void whatWasWrittenDownLaterBeganWhenItBegan() {
        became(AFTER_CALL_WORK, -1);
        became(AVAILABLE, null, 8, 11);
        became(ENGAGED, null, 23, 25);

        assertThat(timeline().spans())
                .containsExactly(span(AFTER_CALL_WORK, 0, 8), span(AVAILABLE, 8, 23), span(ENGAGED, 23, 24));
    }

    @Test
    void nobodyIsAnythingBeforeHeIsKnownOrOnceHeIsRemoved() {
        registered(AVAILABLE, 8);
        became(OFFLINE, 16);
        log.add(new StatusEntry(at(17), at(16), OFFLINE, null, null, false));
        registered(OFFLINE, 20);

        AgentTimeline timeline = timeline();

        assertThat(timeline.spans())
                .containsExactly(span(AVAILABLE, 8, 16), span(OFFLINE, 16, 17), span(OFFLINE, 20, 24));
        assertThat(timeline.completeFrom()).isEqualTo(DAY);
    }

    @Test
    void whereTheLogBeginsWithinTheDayTheFirstEntrySaysWhatHeWasBefore() {
        last = ENGAGED;
        became(AVAILABLE, 15);

        AgentTimeline timeline = timeline(Optional.empty(), Optional.of(at(6)));

        assertThat(timeline.spans()).containsExactly(span(ENGAGED, 6, 15), span(AVAILABLE, 15, 24));
        assertThat(timeline.completeFrom()).isEqualTo(at(6));
    }

    @Test
    void ofADayThatIsNotKeptNothingIsSaid() {
        became(AVAILABLE, 40);

        AgentTimeline timeline = timeline(Optional.empty(), Optional.of(at(30)));

        assertThat(timeline.spans()).isEmpty();
        assertThat(timeline.completeFrom()).isEqualTo(END);
    }

    @Test
    void whoHasNotChangedSinceBeforeTheLogWasWhatHeIs() {
        AgentState idle = Samples.idle(Samples.ADA, 7);

        AgentTimeline early = AgentTimeline.of(
                log,
                Optional.of(idle),
                Optional.of(at(30)),
                Samples.TIME.minusSeconds(60),
                Samples.TIME.plusSeconds(60),
                MANY);
        AgentTimeline later = timeline(Optional.of(idle), Optional.of(at(30)));

        assertThat(later).isEqualTo(new AgentTimeline(List.of(span(AVAILABLE, 0, 24)), DAY));
        assertThat(early.spans())
                .containsExactly(new StatusSpan(AVAILABLE, null, Samples.TIME, Samples.TIME.plusSeconds(60)));
        assertThat(early.completeFrom()).isEqualTo(Samples.TIME);
    }

    @Test
    void whatLastedForNoTimeIsLeftOutAndAClockThatGoesBackTurnsNothingAround() {
        became(ENGAGED, 9);
        became(AFTER_CALL_WORK, 10);
        became(AVAILABLE, 10);
        became(ENGAGED, 9.5);

        assertThat(timeline().spans()).containsExactly(span(OFFLINE, 0, 9), span(ENGAGED, 9, 24));
    }

    @Test
    void ofTooManySpansTheLastAreTold() {
        for (int i = 0; i < 10; i++) {
            became(i % 2 == 0 ? ENGAGED : AVAILABLE, i + 1);
        }

        AgentTimeline timeline = AgentTimeline.of(log, Optional.empty(), Optional.empty(), DAY, END, 3);

        assertThat(timeline.spans())
                .containsExactly(span(AVAILABLE, 8, 9), span(ENGAGED, 9, 10), span(AVAILABLE, 10, 24));
        assertThat(timeline.completeFrom()).isEqualTo(at(8));
    }
}
