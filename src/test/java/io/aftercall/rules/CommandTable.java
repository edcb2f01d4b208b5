package io.aftercall.rules;

import static io.aftercall.rules.Rule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwNotRequiredReason;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.ChannelCapacity;
import io.aftercall.api.v1.CompleteAcwResponse;
import io.aftercall.api.v1.DeleteAgentRequest;
import io.aftercall.api.v1.EndAcwsRequest;
import io.aftercall.api.v1.EndAcwsResponse;
import io.aftercall.api.v1.InteractionOutcome;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.PresenceSetting;
import io.aftercall.api.v1.SetPresenceResponse;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.rpc.Client;
import java.util.List;

/** The commands and what is derived: section 2 of the semantics. */
final class CommandTable {

    private static final Presence AVAILABLE = Presence.PRESENCE_AVAILABLE;
    private static final Presence NOT_READY = Presence.PRESENCE_NOT_READY;
    private static final Presence OFFLINE = Presence.PRESENCE_OFFLINE;

    static final List<Rule> ROWS = List.of(
            rule("BeginInteraction takes one slot", Rule::nothing, s -> s.begin("call"), s -> {
                s.status(AgentStatus.AGENT_STATUS_ENGAGED);
                s.routable(Channel.CHANNEL_CHAT, Channel.CHANNEL_EMAIL, Channel.CHANNEL_TASK);
            }),
            rule(
                    "BeginInteraction is refused when no slot is free",
                    s -> s.begin("call"),
                    s -> s.begin("call-2"),
                    s -> s.refused("AGENT_NOT_ROUTABLE")),
            rule(
                    "BeginInteraction is refused during ACW",
                    s -> s.start("call"),
                    s -> s.begin("call-2"),
                    s -> s.refused("AGENT_NOT_ROUTABLE")),
            rule(
                    "BeginInteraction with override begins all the same",
                    s -> s.start("call"),
                    s -> s.beginAnyway("call-2"),
                    s -> assertThat(s.state().getInteractionsCount()).isEqualTo(1)),
            rule(
                    "Three chats at once, and no fourth",
                    s -> List.of("chat-1", "chat-2", "chat-3").forEach(s::begin),
                    s -> s.begin("chat-4"),
                    s -> s.refused("AGENT_NOT_ROUTABLE")),
            rule(
                    "An agent's own capacity replaces that of the channel",
                    s -> s.describe(agent -> agent.addCapacities(ChannelCapacity.newBuilder()
                            .setChannel(Channel.CHANNEL_CHAT)
                            .setSlots(1))),
                    s -> s.begin("chat-1"),
                    s -> s.routable(Channel.CHANNEL_VOICE, Channel.CHANNEL_EMAIL, Channel.CHANNEL_TASK)),
            rule("RequestAcw marks a live interaction", s -> s.begin("call"), s -> s.request("call"), s -> assertThat(
                            s.state().getInteractions(0).getAcwRequested())
                    .isTrue()),
            rule(
                    "RequestAcw is refused when the interaction is not live",
                    s -> s.start("call"),
                    s -> s.request("call"),
                    s -> s.refused("INTERACTION_NOT_LIVE")),
            rule("StartAcw frees the slot and opens the ACW", s -> s.begin("call"), s -> s.start("call"), s -> {
                assertThat(s.state().getInteractionsCount()).isZero();
                s.status(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);
                s.lasts("call", 20);
            }),
            rule("StartAcw needs no BeginInteraction", Rule::nothing, s -> s.start("call"), s -> s.lasts("call", 20)),
            rule(
                    "StartAcw registers an unknown agent on first sight",
                    Rule::nothing,
                    s -> s.call(() -> s.client
                            .acw()
                            .startAcw(StartAcwRequest.newBuilder()
                                    .setAgentId(s.agent + "-new")
                                    .setInteraction(s.interaction("call"))
                                    .build())),
                    s -> assertThat(s.started().getAgentState().getPresence()).isEqualTo(AVAILABLE)),
            rule(
                    "StartAcw after a missed call: OUTCOME_EXCLUDED",
                    Rule::nothing,
                    s -> s.start("call", i -> i.setOutcome(InteractionOutcome.INTERACTION_OUTCOME_MISSED)),
                    s -> s.notRequired(AcwNotRequiredReason.ACW_NOT_REQUIRED_REASON_OUTCOME_EXCLUDED)),
            rule("ExtendAcw moves the deadline", s -> s.start("call"), s -> s.extend("call"), s -> s.lasts("call", 40)),
            rule(
                    "ExtendAcw is refused when no extensions are left",
                    s -> {
                        s.policy(p -> p.setMaxExtensions(1));
                        s.start("call");
                        s.extend("call");
                    },
                    s -> s.extend("call"),
                    s -> s.refused("EXTENSIONS_EXHAUSTED")),
            rule(
                    "A supervisor grants one more",
                    s -> {
                        s.policy(p -> p.setMaxExtensions(0));
                        s.start("call");
                    },
                    s -> s.extend("call", true),
                    s -> s.lasts("call", 40)),
            rule(
                    "ExtendAcw is refused when the ACW has ended",
                    s -> {
                        s.start("call");
                        s.complete("call");
                    },
                    s -> s.extend("call"),
                    s -> s.refused("ACW_ENDED")),
            rule("CompleteAcw ends the ACW", s -> s.start("call"), s -> s.complete("call", "SALE"), s -> {
                s.status(AgentStatus.AGENT_STATUS_AVAILABLE);
                s.ended("call", AcwEndReason.ACW_END_REASON_COMPLETED);
            }),
            rule(
                    "CompleteAcw says what comes next",
                    s -> s.start("call"),
                    s -> s.complete(
                            "call",
                            r -> r.setNextPresence(PresenceSetting.newBuilder().setPresence(NOT_READY))),
                    s -> s.status(AgentStatus.AGENT_STATUS_NOT_READY)),
            rule("A supervisor ends an ACW and says why", s -> s.start("call"), s -> s.force("call"), s -> {
                s.ended("call", AcwEndReason.ACW_END_REASON_FORCED);
                assertThat(s.ended("call").getForceReason()).isEqualTo("the hotline is full");
            }),
            rule(
                    "A supervisor ends all ACWs of a queue",
                    s -> {
                        s.start("call-1");
                        s.start("chat-1");
                    },
                    s -> s.call(() -> s.client
                            .acw()
                            .endAcws(EndAcwsRequest.newBuilder()
                                    .setQueueId(s.queue)
                                    .setForceReason("closing")
                                    .build())),
                    s -> {
                        assertThat(s.<EndAcwsResponse>reply().getEndedCount()).isEqualTo(2);
                        assertThat(s.state().getAcwsCount()).isZero();
                    }),
            rule(
                    "A supervisor ends all ACWs of a team",
                    s -> s.start("call"),
                    s -> s.call(() -> s.client
                            .acw()
                            .endAcws(EndAcwsRequest.newBuilder()
                                    .setTeamId(s.team)
                                    .setForceReason("closing")
                                    .build())),
                    s -> s.ended("call", AcwEndReason.ACW_END_REASON_FORCED)),
            rule(
                    "SetPresence holds at once outside work",
                    Rule::nothing,
                    s -> s.presence(NOT_READY),
                    s -> s.status(AgentStatus.AGENT_STATUS_NOT_READY)),
            rule("SetPresence during ACW is kept and visible", s -> s.start("call"), s -> s.presence(NOT_READY), s -> {
                assertThat(s.<SetPresenceResponse>reply().getPending()).isTrue();
                s.status(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);
                assertThat(s.state().getNextPresence().getPresence()).isEqualTo(NOT_READY);
            }),
            rule(
                    "What was kept holds when the work ends",
                    s -> {
                        s.start("call");
                        s.presence(NOT_READY);
                    },
                    s -> s.complete("call"),
                    s -> s.status(AgentStatus.AGENT_STATUS_NOT_READY)),
            rule(
                    "OFFLINE comes before everything else",
                    s -> {
                        s.presence(OFFLINE);
                        s.start("call");
                    },
                    Rule::nothing,
                    s -> s.status(AgentStatus.AGENT_STATUS_OFFLINE)),
            rule(
                    "AFTER_CALL_WORK comes before ENGAGED",
                    s -> s.start("call"),
                    s -> s.beginAnyway("call-2"),
                    s -> s.status(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK)),
            rule(
                    "Nothing is routable to who is about to leave",
                    s -> {
                        s.policy(p -> p.setBlocks(io.aftercall.api.v1.AcwBlocks.ACW_BLOCKS_OWN_CHANNEL));
                        s.start("call");
                    },
                    s -> s.presence(NOT_READY),
                    s -> s.routable()),
            rule(
                    "available_by_time is deadline and rest",
                    s -> s.policy(p -> p.setRestDuration(Client.seconds(7))),
                    s -> s.start("call"),
                    s -> assertThat(Timestamps.between(
                                            s.open("call").getDeadlineTime(),
                                            s.state().getAvailableByTime())
                                    .getSeconds())
                            .isEqualTo(7)),
            rule(
                    "available_by_time is absent when the agent is not coming back",
                    s -> s.start("call"),
                    s -> s.presence(NOT_READY),
                    s -> assertThat(s.state().hasAvailableByTime()).isFalse()),
            rule(
                    "An agent who works is not removed",
                    s -> s.start("call"),
                    s -> s.call(() -> s.client
                            .directory()
                            .deleteAgent(DeleteAgentRequest.newBuilder()
                                    .setAgentId(s.agent)
                                    .build())),
                    s -> s.refused("AGENT_WORKING")),
            rule(
                    "CompleteAcw that comes twice is accepted twice",
                    s -> {
                        s.start("call");
                        s.complete("call", "SALE");
                    },
                    s -> s.complete("call", "SALE"),
                    s -> assertThat(s.<CompleteAcwResponse>reply().getAlreadyCompleted())
                            .isTrue()));

    private CommandTable() {}
}
