package io.aftercall.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InteractionTest {

    private static final InteractionId ID = new InteractionId("c-1");
    private static final Instant NOW = Instant.parse("2026-03-02T09:10:00Z");
    private static final Interaction BARE =
            new Interaction(ID, Channel.VOICE, null, null, null, null, null, null, null, null, false, false);
    private static final Interaction LIVE = new Interaction(
            ID,
            Channel.VOICE,
            Direction.INBOUND,
            null,
            "sales",
            "k-7",
            NOW.minusSeconds(100),
            NOW.minusSeconds(90),
            null,
            Duration.ofSeconds(3),
            false,
            false);

    @Test
    void whatTheEndDoesNotSayIsTakenFromWhatWasKnownWhileItWasLive() {
        // given
        Interaction reported = BARE;

        // when
        Interaction ended = reported.endedAfter(LIVE, NOW);

        // then
        assertThat(ended)
                .isEqualTo(new Interaction(
                        ID,
                        Channel.VOICE,
                        Direction.INBOUND,
                        InteractionOutcome.ANSWERED,
                        "sales",
                        "k-7",
                        NOW.minusSeconds(100),
                        NOW.minusSeconds(90),
                        NOW,
                        Duration.ofSeconds(3),
                        false,
                        false));
    }

    @Test
    void whatTheEndSaysCountsMoreThanWhatWasKnown() {
        // given
        Interaction reported = new Interaction(
                ID,
                Channel.VOICE,
                Direction.OUTBOUND,
                InteractionOutcome.TRANSFERRED,
                "support",
                "k-8",
                NOW.minusSeconds(50),
                NOW.minusSeconds(40),
                NOW.minusSeconds(10),
                Duration.ZERO,
                false,
                false);

        // when
        Interaction ended = reported.endedAfter(LIVE, NOW);

        // then
        assertThat(ended).isEqualTo(reported);
    }

    @Test
    void theTalkLastsFromTheAnswerToTheEnd() {
        // given
        Interaction ended = BARE.endedAfter(LIVE, NOW);

        // when
        var talk = ended.talkDuration();

        // then
        assertThat(talk).contains(Duration.ofSeconds(90));
    }

    @Test
    void theTalkOfAnInteractionThatWasNotAnsweredHasNoLength() {
        // given
        Interaction ended = BARE.endedAfter(BARE, NOW);

        // when
        var talk = ended.talkDuration();

        // then
        assertThat(talk).isEmpty();
    }

    @Test
    void theTalkOfALiveInteractionHasNoLengthYet() {
        // given
        Interaction live = LIVE;

        // when
        var talk = live.talkDuration();

        // then
        assertThat(talk).isEmpty();
    }
}
