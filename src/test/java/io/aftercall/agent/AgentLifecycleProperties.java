package io.aftercall.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentDriver.Turn;
import io.aftercall.agent.RandomLives.Life;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;

/** What holds for every decision, whatever happens to an agent and in whatever order. */
@Domain(RandomLives.class)
@PropertyDefaults(tries = 600, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
class AgentLifecycleProperties {

    @Property
    void anAcwStartsOnceAndEndsAtMostOnce(@ForAll Life life) {
        AgentDriver agent = life.lived();

        assertThat(interactionsWith(agent, ChangeCause.ACW_STARTED)).doesNotHaveDuplicates();
        assertThat(interactionsWith(agent, ChangeCause.ACW_ENDED))
                .doesNotHaveDuplicates()
                .isSubsetOf(interactionsWith(agent, ChangeCause.ACW_STARTED));
    }

    @Property
    void onlyACommandEndsAnAcwBeforeItsTime(@ForAll Life life) {
        for (Turn turn : life.lived().turns()) {
            for (EndedAcw ended : endsOf(turn)) {
                switch (ended.reason()) {
                    case TIMED_OUT ->
                        assertThat(ended.endTime())
                                .isAfterOrEqualTo(ended.work().endsBy())
                                .isBeforeOrEqualTo(turn.now());
                    case COMPLETED ->
                        assertThat(turn.command())
                                .satisfiesAnyOf(
                                        command -> assertThat(command).isInstanceOf(CompleteAcw.class),
                                        command ->
                                                assertThat(turn.settled()).containsInstanceOf(EarlyCompletion.class));
                    case FORCED ->
                        assertThat(turn.command())
                                .matches(command -> command instanceof EndAcws
                                        || command instanceof CompleteAcw complete && complete.forced());
                    case LOGGED_OUT -> assertThat(turn.command()).isInstanceOf(SetPresence.class);
                    case INTERRUPTED ->
                        assertThat(turn.command()).isInstanceOfAny(BeginInteraction.class, StartAcw.class);
                    case POLICY_DISABLED -> assertThat(turn.command()).isInstanceOf(ApplyPolicy.class);
                }
            }
        }
    }

    @Property
    void aRefusedCommandChangesNothing(@ForAll Life life) {
        for (Turn turn : life.lived().turns()) {
            if (turn.decision() instanceof Decision.Refused refused) {
                assertThat(refused.state()).isEqualTo(turn.before());
            }
        }
    }

    @Property
    void thereAreDraftsOfThatWhichGoesOnAndTheStateSaysSo(@ForAll Life life) {
        AgentDriver agent = life.lived();

        List<InteractionId> drafted = Stream.concat(
                        agent.stored().interactions().stream(),
                        agent.stored().acws().stream().map(OpenAcw::interaction))
                .filter(Interaction::drafted)
                .map(Interaction::id)
                .toList();

        assertThat(drafted).containsAll(agent.drafts());
        assertThat(drafted)
                .allMatch(id -> agent.drafts().contains(id) || agent.settled(id.value()) instanceof EarlyCompletion);
    }

    @Property
    void onlyForWhoIsAvailableAndInNothingElseSomethingComesNext(@ForAll Life life) {
        for (Turn turn : life.lived().turns()) {
            AgentState after = turn.after();
            if (after.preview() != null) {
                assertThat(after.presence().presence()).isEqualTo(Presence.AVAILABLE);
                assertThat(after.interactions())
                        .extracting(Interaction::id)
                        .isSubsetOf(turn.before().interactions().stream()
                                .map(Interaction::id)
                                .toList());
            }
        }
    }

    @Property
    void everyWriteOfAWrapUpIsOneRevisionMoreAndTellsWhatItReplaces(@ForAll Life life) {
        Map<InteractionId, StoredWrapUp> standing = new HashMap<>();
        for (Turn turn : life.lived().turns()) {
            for (WrittenWrapUp written : turn.newlyWritten()) {
                StoredWrapUp before = standing.put(written.interactionId(), written.wrapUp());
                int revision = before == null ? 0 : before.version().revision();
                boolean same = before != null
                        && before.content().equals(written.wrapUp().content());

                assertThat(written.replaced()).isEqualTo(Optional.ofNullable(before));
                assertThat(written.wrapUp().version().revision()).isEqualTo(same ? revision : revision + 1);
            }
        }
    }

    @Property
    void aRepeatedStartAcwReturnsTheFirstOutcome(@ForAll Life life, @ForAll StartAcw command) {
        AgentDriver agent = life.lived().sends(command);
        AcwOutcome first = Fixtures.outcome(agent.send(command)).acw().orElseThrow();

        Outcome again = Fixtures.outcome(agent.later(Fixtures.seconds(500)).send(command));

        assertThat(again.replay()).isTrue();
        assertThat(again.acw().orElseThrow())
                .satisfiesAnyOf(
                        same -> assertThat(same).isEqualTo(first),
                        ended -> assertThat(((EndedAcw) ended).work().acwId()).isEqualTo(((OpenAcw) first).acwId()));
    }

    @Property
    void aRepeatedCompleteAcwChangesNothing(@ForAll Life life, @ForAll CompleteAcw command) {
        AgentDriver agent = life.lived();
        Decision first = agent.send(command);

        Decision again = agent.send(command);

        assertThat(again).isNotInstanceOf(Decision.Changed.class);
        if (!(first instanceof Decision.Refused)) {
            assertThat(Fixtures.outcome(again).acw())
                    .isEqualTo(Fixtures.outcome(first).acw());
        }
    }

    @Property
    void everyStepGrowsTheVersionByOneAndFollowsFromTheOneBefore(@ForAll Life life) {
        for (Turn turn : life.lived().turns()) {
            AgentState previous = turn.before();
            for (StateChange change : turn.changes()) {
                assertThat(change.state().version()).isEqualTo(previous.version() + 1);
                assertThat(change.previousStatus()).isEqualTo(previous.status());
                previous = change.state();
            }
            assertThat(turn.after()).isEqualTo(previous);
        }
    }

    /** Apart from what was due before the command, and from the first that is heard of an agent. */
    @Property
    void noStepShowsAnAgentRoutableWhoIsNotSoBeforeOrAfter(@ForAll Life life) {
        for (Turn turn : life.lived().turns()) {
            AgentState before = AgentLifecycle.asOf(turn.before(), turn.now());
            for (StateChange change : ofTheCommandItself(turn)) {
                for (Channel channel : Channel.values()) {
                    assertThat(change.state().routable(channel)
                                    && !before.routable(channel)
                                    && !turn.after().routable(channel))
                            .as("%s of %s shows a flicker on %s", change.cause(), turn.command(), channel)
                            .isFalse();
                }
            }
        }
    }

    @Property
    void anAcceptedCommandLeavesNoAcwBehindThatShouldHaveEnded(@ForAll Life life) {
        for (Turn turn : life.lived().turns()) {
            if (turn.decision() instanceof Decision.Changed changed) {
                assertThat(changed.state().acws())
                        .allSatisfy(acw -> assertThat(acw.endsBy()).isAfter(turn.now()));
            }
        }
    }

    @Property
    void aWarningComesAtMostOnceForEachDeadlineAndBeforeIt(@ForAll Life life) {
        AgentDriver agent = life.livedPunctually();

        Map<InteractionId, Instant> warned = new HashMap<>();
        for (Turn turn : agent.turns()) {
            for (StateChange change : turn.changes()) {
                // One that has moved may come back, and is another then.
                warned.entrySet().removeIf(warning -> change.state()
                        .acw(warning.getKey())
                        .filter(acw -> warning.getValue().equals(acw.deadline()))
                        .isEmpty());
                if (change.cause() == ChangeCause.ACW_ENDING) {
                    OpenAcw acw = change.state().acw(change.interactionId()).orElseThrow();
                    assertThat(acw.deadline()).isAfter(turn.now());
                    assertThat(warned.put(acw.interactionId(), acw.deadline())).isNull();
                }
            }
        }
    }

    // ---- the model

    private static List<StateChange> ofTheCommandItself(Turn turn) {
        return turn.changes().stream()
                .filter(change -> change.actor().equals(AgentDriver.CALLER))
                .toList();
    }

    private static List<EndedAcw> endsOf(Turn turn) {
        Set<?> ended = Set.copyOf(turn.changes().stream()
                .filter(change -> change.cause() == ChangeCause.ACW_ENDED)
                .map(StateChange::interactionId)
                .toList());
        return turn.newlySettled().stream()
                .filter(acw -> ended.contains(acw.interactionId()))
                .map(EndedAcw.class::cast)
                .toList();
    }

    private static List<InteractionId> interactionsWith(AgentDriver agent, ChangeCause cause) {
        return agent.changes().stream()
                .filter(change -> change.cause() == cause)
                .map(StateChange::interactionId)
                .toList();
    }
}
