package io.aftercall.rules;

import static io.aftercall.rules.Rule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwBlocks;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwInteractionAction;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.InteractionOutcome;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.rpc.Client;
import java.util.List;

/** The rules that have bitten others, by their numbers in section 2 of the semantics. */
final class BittenTable {

    static final List<Rule> ROWS = List.of(
            rule(
                    "1. The second StartAcw returns the first one's outcome",
                    s -> s.start("call"),
                    s -> s.start("call"),
                    s -> {
                        assertThat(s.started().getAlreadyStarted()).isTrue();
                        assertThat(s.state().getAcwsCount()).isEqualTo(1);
                    }),
            rule(
                    "1. Also after the ACW has ended",
                    s -> {
                        s.start("call");
                        s.complete("call");
                    },
                    s -> s.start("call"),
                    s -> {
                        assertThat(s.started().getAlreadyStarted()).isTrue();
                        assertThat(s.state().getAcwsCount()).isZero();
                    }),
            rule(
                    "1. CompleteAcw that overtakes StartAcw wins",
                    s -> s.complete("call", "SALE"),
                    s -> s.start("call"),
                    s -> {
                        assertThat(s.started().getAcw().getEndReason())
                                .isEqualTo(AcwEndReason.ACW_END_REASON_COMPLETED);
                        assertThat(s.state().getAcwsCount()).isZero();
                    }),
            rule(
                    "1. Both sides hanging up at once count once",
                    Rule::nothing,
                    s -> {
                        List<StartAcwResponse> both = List.of("x", "y").parallelStream()
                                .map(side -> s.client.startAcw(s.agent, s.id("call")))
                                .toList();
                        assertThat(both)
                                .extracting(StartAcwResponse::getAlreadyStarted)
                                .containsExactlyInAnyOrder(true, false);
                    },
                    s -> assertThat(s.state().getAcwsCount()).isEqualTo(1)),
            rule(
                    "2. ACW holds across all queues of the agent",
                    s -> s.start("call"),
                    s -> s.begin("call-2", r -> r.getInteractionBuilder().setQueueId(s.queue + "-other")),
                    s -> s.refused("AGENT_NOT_ROUTABLE")),
            rule(
                    "3. Who hands a call over begins ACW when he leaves it, and the other one later",
                    s -> {
                        s.policy(p -> p.addStartOn(InteractionOutcome.INTERACTION_OUTCOME_TRANSFERRED));
                        s.begin("call");
                    },
                    s -> s.start("call", i -> i.setOutcome(InteractionOutcome.INTERACTION_OUTCOME_TRANSFERRED)),
                    s -> {
                        s.lasts("call", 20);
                        StartAcwResponse other = s.client.startAcw(s.agent + "-2", s.id("call"));
                        assertThat(other.getAlreadyStarted()).isFalse();
                        assertThat(other.hasAcw()).isTrue();
                    }),
            rule(
                    "4. Three chats may all need wrap-up, and each holds its slot",
                    s -> s.policy(p -> p.setBlocks(AcwBlocks.ACW_BLOCKS_OWN_CHANNEL)),
                    s -> List.of("chat-1", "chat-2", "chat-3").forEach(s::start),
                    s -> {
                        assertThat(s.state().getAcwsCount()).isEqualTo(3);
                        s.routable(Channel.CHANNEL_VOICE, Channel.CHANNEL_EMAIL, Channel.CHANNEL_TASK);
                    }),
            rule(
                    "5. A direct call during ACW does what the policy says",
                    s -> s.policy(p -> p.setOnNewInteraction(AcwInteractionAction.ACW_INTERACTION_ACTION_PAUSE)),
                    s -> {
                        s.start("call");
                        s.beginAnyway("direct");
                    },
                    s -> assertThat(s.open("call").getPaused()).isTrue()),
            rule(
                    "5. Also one that nobody announced",
                    s -> s.policy(p -> p.setOnNewInteraction(AcwInteractionAction.ACW_INTERACTION_ACTION_END)),
                    s -> {
                        s.start("call");
                        s.start("direct");
                    },
                    s -> s.ended("call", AcwEndReason.ACW_END_REASON_INTERRUPTED)),
            rule(
                    "7. Past its deadline an ACW is over for every reader",
                    s -> s.policy(p -> p.setDuration(Client.seconds(1))),
                    s -> s.start("call"),
                    BittenTable::neverOverdue),
            rule(
                    "8. No extensions are none",
                    s -> s.policy(p -> p.setMaxExtensions(0)),
                    s -> {
                        s.start("call");
                        s.extend("call");
                    },
                    s -> s.refused("EXTENSIONS_EXHAUSTED")),
            rule(
                    "8. A rest of zero is one, and not inherited",
                    s -> {
                        s.policy(
                                PolicyScope.POLICY_SCOPE_TEAM,
                                s.team,
                                p -> p.setRestDuration(Client.seconds(300)),
                                r -> {});
                        s.policy(p -> p.setRestDuration(Client.seconds(0)));
                        s.start("call");
                    },
                    s -> s.complete("call"),
                    s -> s.status(io.aftercall.api.v1.AgentStatus.AGENT_STATUS_AVAILABLE)),
            rule(
                    "9. An ACW keeps the policy it started under",
                    s -> s.start("call"),
                    s -> s.policy(p -> p.setDuration(Client.seconds(600)).setMaxExtensions(50)),
                    s -> {
                        s.lasts("call", 20);
                        assertThat(s.open("call").getExtensionsLeft()).isEqualTo(3);
                    }),
            rule(
                    "10. Nothing is stuck for ever: an open-ended ACW ends at the cap",
                    s -> s.policy(p -> p.setMode(AcwMode.ACW_MODE_DISCRETIONARY)),
                    s -> {
                        s.start("call");
                        s.untilOver();
                    },
                    s -> {
                        AfterCallWork acw = s.ended("call");
                        assertThat(acw.getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_TIMED_OUT);
                        assertThat(Timestamps.between(acw.getStartTime(), acw.getEndTime()))
                                .isEqualTo(Client.seconds(RulesIT.CAP_SECONDS));
                    }));

    private BittenTable() {}

    /** The server's clock is this machine's. */
    private static void neverOverdue(Scene scene) {
        for (int open = 1; open > 0; ) {
            long asked = System.currentTimeMillis();
            List<AfterCallWork> acws = scene.state().getAcwsList();
            assertThat(acws).allMatch(acw -> Timestamps.toMillis(acw.getDeadlineTime()) >= asked - 1);
            open = acws.size();
        }
    }
}
