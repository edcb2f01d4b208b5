package io.aftercall.engine;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.EndReason;
import io.aftercall.agent.EndedAcw;
import io.aftercall.agent.OpenAcw;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.policy.PolicyRules;
import io.aftercall.report.DoneInteraction;
import io.aftercall.report.Span;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** ACWs of 20 s; where one pauses, it does so from its fifth second for ten minutes. */
class ReportEntriesTest {

    private static final OpenAcw.Paused TEN_MINUTES = new OpenAcw.Paused(TIME.plusSeconds(5), TIME.plusSeconds(605));

    private static DoneInteraction.Acw told(
            Instant deadline, OpenAcw.Pause pause, long endsAfter, List<OpenAcw.Paused> pauses) {
        OpenAcw work = new OpenAcw(
                UUID.randomUUID(),
                Samples.interaction("i-1"),
                PolicyRules.DEFAULTS,
                1,
                TIME,
                deadline,
                0,
                false,
                pause,
                null,
                pauses);
        EndedAcw ended = new EndedAcw(ADA, null, work, TIME.plusSeconds(endsAfter), EndReason.COMPLETED, "ada", null);
        Loaded loaded = new Loaded(TIME, "epoch", 1, 1, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
        Writes writes = new Writes(List.of(), List.of(ended), List.of(), List.of(), List.of(), List.of());
        DoneInteraction done =
                (DoneInteraction) ReportEntries.of(loaded, writes).get(0);
        return done.acw().orElseThrow();
    }

    @Test
    void timeForWhichAnAcwPausedIsNoneOfItsAndIsNotUsedUp() {
        DoneInteraction.Acw acw = told(TIME.plusSeconds(620), null, 606, List.of(TEN_MINUTES));

        assertThat(acw.pauses()).containsExactly(new Span(TIME.plusSeconds(5), TIME.plusSeconds(605)));
        assertThat(acw.limited()).isTrue();
        assertThat(acw.atLimit()).isFalse();
    }

    @Test
    void whoUsesWhatIsLeftAfterThePauseIsAtTheLimit() {
        assertThat(told(TIME.plusSeconds(620), null, 617, List.of(TEN_MINUTES)).atLimit())
                .isFalse();
        assertThat(told(TIME.plusSeconds(620), null, 618, List.of(TEN_MINUTES)).atLimit())
                .isTrue();
        assertThat(told(TIME.plusSeconds(20), null, 18, List.of()).atLimit()).isTrue();
    }

    @Test
    void anAcwThatEndsWhileItPausesEndedWorkThen() {
        OpenAcw.Pause pause = new OpenAcw.Pause(TIME.plusSeconds(5), null);

        assertThat(told(null, pause, 300, List.of()).pauses())
                .containsExactly(new Span(TIME.plusSeconds(5), TIME.plusSeconds(300)));
    }
}
