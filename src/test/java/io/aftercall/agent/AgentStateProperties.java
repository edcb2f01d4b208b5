package io.aftercall.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentDriver.Turn;
import io.aftercall.agent.RandomLives.Life;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.domains.Domain;

/** What holds for every state that an agent can get into. */
@Domain(RandomLives.class)
@PropertyDefaults(tries = 600, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
class AgentStateProperties {

    @Property
    void everyAcwIsOpenOrSettledAndNeverBoth(@ForAll Life life) {
        AgentDriver agent = life.lived();

        assertThat(interactionsWith(agent, ChangeCause.ACW_STARTED))
                .allSatisfy(id -> assertThat(agent.stored().acw(id).isPresent())
                        .isNotEqualTo(agent.settled(id.value()) instanceof EndedAcw));
    }

    @Property
    void theStatusIsTheFirstThatAppliesInTheDocumentedOrder(@ForAll Life life) {
        for (StateChange change : life.lived().changes()) {
            assertThat(change.state().status()).isEqualTo(expectedStatus(change.state()));
        }
    }

    @Property
    void theStatusHoldsSinceTheMomentItChanged(@ForAll Life life) {
        for (Turn turn : life.lived().turns()) {
            AgentState previous = turn.before();
            for (StateChange change : turn.changes()) {
                AgentState next = change.state();
                assertThat(next.statusSince()).isBeforeOrEqualTo(turn.now());
                if (previous.seen() && next.status() == previous.status()) {
                    assertThat(next.statusSince()).isEqualTo(previous.statusSince());
                } else if (previous.seen()) {
                    assertThat(next.statusSince()).isAfterOrEqualTo(previous.statusSince());
                }
                previous = next;
            }
        }
    }

    @Property
    void anAgentInABlockingAcwIsNeverRoutable(@ForAll Life life) {
        for (StateChange change : life.lived().changes()) {
            AgentState agent = change.state();
            for (OpenAcw acw : agent.acws()) {
                boolean blocks = !acw.paused() && acw.mode() != AcwMode.OPTIONAL;
                List<Channel> routable = Routability.routableChannels(agent);
                if (blocksAll(acw)) {
                    assertThat(routable).isEmpty();
                } else if (blocks) {
                    assertThat(routable).doesNotContain(acw.interaction().channel());
                }
            }
        }
    }

    @Property
    void onlyAnOverrideTakesMoreSlotsThanThereAre(@ForAll Life life) {
        for (Turn turn : life.lived().turns()) {
            if (turn.command() instanceof BeginInteraction begin
                    && !begin.override()
                    && causesOf(turn).contains(ChangeCause.INTERACTION_BEGAN)) {
                Channel channel = begin.interaction().channel();
                assertThat(turn.after().interactions())
                        .filteredOn(live -> live.channel() == channel)
                        .hasSizeLessThanOrEqualTo(channel.defaultCapacity());
            }
        }
    }

    @Property
    void everyOpenAcwHasATimeAtWhichItEndsAndATimerForIt(@ForAll Life life) {
        for (Turn turn : life.lived().turns()) {
            for (OpenAcw acw : AgentLifecycle.asOf(turn.after(), turn.now()).acws()) {
                assertThat(acw.endsBy()).isAfter(turn.now());
                assertThat(turn.after().due().orElseThrow()).isBeforeOrEqualTo(acw.endsBy());
            }
        }
    }

    @Property
    void whatAReaderSeesIsWhatTheTimerStores(@ForAll Life life) {
        AgentDriver agent = life.lived();
        AgentState seen = agent.later(Fixtures.seconds(12)).seen();

        agent.send(Fixtures.timer());

        assertThat(agent.stored().withVersion(0)).isEqualTo(seen.withVersion(0));
        assertThat(agent.seen()).isSameAs(agent.stored());
    }

    @Property
    void itMakesNoDifferenceWhetherTimersFireInTime(@ForAll Life life) {
        AgentDriver late = life.lived();

        AgentDriver punctual = life.livedPunctually();

        assertThat(late.seen().withVersion(0)).isEqualTo(punctual.seen().withVersion(0));
        assertThat(late.seen().routable(Channel.VOICE))
                .isEqualTo(punctual.seen().routable(Channel.VOICE));
    }

    @Property
    void aPresenceIsOnlyKeptDuringWorkAndARestOnlyForTheAvailable(@ForAll Life life) {
        for (StateChange change : life.lived().changes()) {
            AgentState agent = change.state();
            assertThat(agent.nextPresence() == null || agent.working()).isTrue();
            assertThat(agent.restUntil() == null || agent.presence().equals(Fixtures.AVAILABLE))
                    .isTrue();
        }
    }

    @Property
    void anAgentIsRoutableOnEveryChannelAtTheLatestAtTheAnnouncedTime(@ForAll Life life) {
        for (Turn turn : life.livedPunctually().turns()) {
            Routability.availableBy(turn.after()).ifPresent(by -> {
                assertThat(channelsAt(by, turn.after())).containsExactly(Channel.values());
                // An ACW that pressure has shortened may end in this very instant.
                if (by.isAfter(turn.now())) {
                    assertThat(channelsAt(turn.now(), turn.after())).isNotEqualTo(List.of(Channel.values()));
                }
            });
        }
    }

    // ---- the model

    private static AgentStatus expectedStatus(AgentState agent) {
        Map<AgentStatus, Boolean> applies = Map.of(
                AgentStatus.OFFLINE,
                agent.presence().presence() == Presence.OFFLINE,
                AgentStatus.AFTER_CALL_WORK,
                agent.acws().stream().anyMatch(AgentStateProperties::blocksAll),
                AgentStatus.ENGAGED,
                !agent.interactions().isEmpty(),
                AgentStatus.RESTING,
                agent.restUntil() != null,
                AgentStatus.NOT_READY,
                agent.presence().presence() == Presence.NOT_READY,
                AgentStatus.AVAILABLE,
                true);
        return List.of(
                        AgentStatus.OFFLINE,
                        AgentStatus.AFTER_CALL_WORK,
                        AgentStatus.ENGAGED,
                        AgentStatus.RESTING,
                        AgentStatus.NOT_READY,
                        AgentStatus.AVAILABLE)
                .stream()
                .filter(applies::get)
                .findFirst()
                .orElseThrow();
    }

    private static boolean blocksAll(OpenAcw acw) {
        return acw.pause() == null
                && acw.mode() != AcwMode.OPTIONAL
                && acw.policy().get(PolicyField.BLOCKS) == AcwBlocks.ALL_CHANNELS;
    }

    private static List<Channel> channelsAt(Instant time, AgentState agent) {
        return Routability.routableChannels(AgentLifecycle.asOf(agent, time));
    }

    private static List<ChangeCause> causesOf(Turn turn) {
        return turn.changes().stream().map(StateChange::cause).toList();
    }

    private static List<InteractionId> interactionsWith(AgentDriver agent, ChangeCause cause) {
        return agent.changes().stream()
                .filter(change -> change.cause() == cause)
                .map(StateChange::interactionId)
                .toList();
    }
}
