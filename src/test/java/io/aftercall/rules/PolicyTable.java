package io.aftercall.rules;

import static io.aftercall.rules.Rule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwBlocks;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwInteractionAction;
import io.aftercall.api.v1.AcwLogoutAction;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AcwNotRequiredReason;
import io.aftercall.api.v1.AcwPressureAction;
import io.aftercall.api.v1.AcwTimeoutAction;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.Direction;
import io.aftercall.api.v1.DispositionRequirement;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.GetEffectivePolicyResponse;
import io.aftercall.api.v1.InteractionOutcome;
import io.aftercall.api.v1.PolicyConditions;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.ReportQueuePressureRequest;
import io.aftercall.api.v1.UpdatePolicyResponse;
import io.aftercall.rpc.Client;
import java.util.List;

/** The fields of a policy and how policies combine: section 3 of the semantics. */
final class PolicyTable {

    private static final PolicyScope TEAM = PolicyScope.POLICY_SCOPE_TEAM;
    private static final PolicyScope QUEUE = PolicyScope.POLICY_SCOPE_QUEUE;
    private static final PolicyScope AGENT = PolicyScope.POLICY_SCOPE_AGENT;

    static final List<Rule> ROWS = List.of(
            rule(
                    "mode OFF: no ACW",
                    s -> mode(s, AcwMode.ACW_MODE_OFF),
                    s -> s.start("call"),
                    s -> s.notRequired(AcwNotRequiredReason.ACW_NOT_REQUIRED_REASON_ACW_DISABLED)),
            rule(
                    "mode OPTIONAL: free at once, and may write up",
                    s -> mode(s, AcwMode.ACW_MODE_OPTIONAL),
                    s -> s.start("call"),
                    s -> {
                        s.status(AgentStatus.AGENT_STATUS_AVAILABLE);
                        s.complete("call", "SALE");
                        s.ended("call", AcwEndReason.ACW_END_REASON_COMPLETED);
                    }),
            rule(
                    "mode DISCRETIONARY: until the agent ends it",
                    s -> mode(s, AcwMode.ACW_MODE_DISCRETIONARY),
                    s -> s.start("call"),
                    s -> {
                        assertThat(s.open("call").hasDeadlineTime()).isFalse();
                        s.complete("call");
                        s.ended("call", AcwEndReason.ACW_END_REASON_COMPLETED);
                    }),
            rule(
                    "mode TIMED: ends at the deadline",
                    s -> s.policy(p -> p.setDuration(Client.seconds(1))),
                    s -> s.start("call"),
                    s -> {
                        s.untilOver();
                        s.ended("call", AcwEndReason.ACW_END_REASON_TIMED_OUT);
                    }),
            rule(
                    "mode TIMED: or earlier",
                    s -> mode(s, AcwMode.ACW_MODE_TIMED),
                    s -> {
                        s.start("call");
                        s.complete("call");
                    },
                    s -> s.ended("call", AcwEndReason.ACW_END_REASON_COMPLETED)),
            rule(
                    "mode FIXED: no early exit",
                    s -> mode(s, AcwMode.ACW_MODE_FIXED),
                    s -> {
                        s.start("call");
                        s.complete("call");
                    },
                    s -> s.refused("EARLY_EXIT_NOT_ALLOWED")),
            rule(
                    "mode FIXED: no extension",
                    s -> mode(s, AcwMode.ACW_MODE_FIXED),
                    s -> {
                        s.start("call");
                        s.extend("call");
                    },
                    s -> s.refused("EXTENSION_NOT_ALLOWED")),
            rule(
                    "mode AGENT_REQUESTED: none unasked",
                    s -> mode(s, AcwMode.ACW_MODE_AGENT_REQUESTED),
                    s -> s.start("call"),
                    s -> s.notRequired(AcwNotRequiredReason.ACW_NOT_REQUIRED_REASON_NOT_REQUESTED)),
            rule(
                    "mode AGENT_REQUESTED: one that was asked for",
                    s -> {
                        mode(s, AcwMode.ACW_MODE_AGENT_REQUESTED);
                        s.begin("call");
                        s.request("call");
                    },
                    s -> s.start("call"),
                    s -> s.lasts("call", 20)),
            rule(
                    "RequestAcw in mode TIMED: more time",
                    s -> {
                        s.begin("call");
                        s.request("call");
                    },
                    s -> s.start("call"),
                    s -> s.lasts("call", 40)),
            rule(
                    "duration",
                    s -> s.policy(p -> p.setDuration(Client.seconds(900))),
                    s -> s.start("call"),
                    s -> s.lasts("call", 900)),
            rule(
                    "extension_duration",
                    s -> s.policy(p -> p.setExtensionDuration(Client.seconds(45))),
                    s -> {
                        s.start("call");
                        s.extend("call");
                    },
                    s -> s.lasts("call", 65)),
            rule(
                    "max_extensions",
                    s -> s.policy(p -> p.setMaxExtensions(0)),
                    s -> {
                        s.start("call");
                        s.extend("call");
                    },
                    s -> s.refused("EXTENSIONS_EXHAUSTED")),
            rule(
                    "min_talk_duration",
                    s -> s.policy(p -> p.setMinTalkDuration(Client.seconds(10))),
                    s -> s.start("call", i -> i.setAnswerTime(Timestamps.fromSeconds(1_790_000_000))
                            .setEndTime(Timestamps.fromSeconds(1_790_000_009))),
                    s -> s.notRequired(AcwNotRequiredReason.ACW_NOT_REQUIRED_REASON_TALK_TIME_TOO_SHORT)),
            startOn(InteractionOutcome.INTERACTION_OUTCOME_MISSED),
            startOn(InteractionOutcome.INTERACTION_OUTCOME_REJECTED),
            startOn(InteractionOutcome.INTERACTION_OUTCOME_FAILED_OUTBOUND),
            startOn(InteractionOutcome.INTERACTION_OUTCOME_TRANSFERRED),
            startOn(InteractionOutcome.INTERACTION_OUTCOME_CONFERENCE_LEFT),
            rule(
                    "disposition REQUIRED",
                    s -> s.policy(p -> p.setDisposition(DispositionRequirement.DISPOSITION_REQUIREMENT_REQUIRED)),
                    s -> {
                        s.start("call");
                        s.complete("call");
                    },
                    s -> {
                        s.refused("DISPOSITION_REQUIRED");
                        s.complete("call", "SALE");
                        s.accepted();
                    }),
            rule("disposition OPTIONAL", s -> s.start("call"), s -> s.complete("call"), Scene::accepted),
            rule(
                    "disposition NOT_USED",
                    s -> s.policy(p -> p.setDisposition(DispositionRequirement.DISPOSITION_REQUIREMENT_NOT_USED)),
                    s -> {
                        s.start("call");
                        s.complete("call");
                    },
                    Scene::accepted),
            rule(
                    "timeout_disposition is written when time runs out",
                    s -> s.policy(p -> p.setDuration(Client.seconds(1))
                            .setTimeoutDisposition("NONE_GIVEN")
                            .setLateCompletion(Client.seconds(0))),
                    s -> {
                        s.start("call");
                        s.untilOver();
                    },
                    s -> {
                        // What is stored already is no edit, and so is not too late.
                        s.complete("call", "NONE_GIVEN");
                        s.accepted();
                        s.complete("call", "SALE");
                        s.refused("ACW_ENDED");
                    }),
            rule(
                    "on_timeout RESUME",
                    s -> s.policy(p -> p.setDuration(Client.seconds(1))),
                    s -> {
                        s.start("call");
                        s.untilOver();
                    },
                    s -> s.status(AgentStatus.AGENT_STATUS_AVAILABLE)),
            rule(
                    "on_timeout NOT_READY with a reason",
                    s -> s.policy(p -> p.setDuration(Client.seconds(1))
                            .setOnTimeout(AcwTimeoutAction.ACW_TIMEOUT_ACTION_NOT_READY)
                            .setOnTimeoutNotReadyReason("IDLE")),
                    s -> {
                        s.start("call");
                        s.untilOver();
                    },
                    s -> assertThat(s.state().getNotReadyReason()).isEqualTo("IDLE")),
            rule("blocks ALL_CHANNELS", Rule::nothing, s -> s.start("chat"), s -> s.routable()),
            rule(
                    "blocks OWN_CHANNEL",
                    s -> s.policy(p -> p.setBlocks(AcwBlocks.ACW_BLOCKS_OWN_CHANNEL)),
                    s -> s.start("chat"),
                    s -> s.routable(Channel.CHANNEL_VOICE, Channel.CHANNEL_EMAIL, Channel.CHANNEL_TASK)),
            rule(
                    "on_new_interaction KEEP_RUNNING",
                    s -> s.start("call"),
                    s -> s.beginAnyway("call-2"),
                    s -> s.lasts("call", 20)),
            rule(
                    "on_new_interaction PAUSE, and the remaining time runs afterwards",
                    s -> s.policy(p -> p.setOnNewInteraction(AcwInteractionAction.ACW_INTERACTION_ACTION_PAUSE)),
                    s -> {
                        s.start("call");
                        s.beginAnyway("call-2");
                    },
                    s -> {
                        assertThat(s.open("call").getPaused()).isTrue();
                        assertThat(s.open("call").getRemainingDuration().getSeconds())
                                .isBetween(15L, 20L);
                        s.start("call-2");
                        assertThat(s.open("call").getPaused()).isFalse();
                        assertThat(s.open("call").hasDeadlineTime()).isTrue();
                    }),
            rule(
                    "on_new_interaction END",
                    s -> s.policy(p -> p.setOnNewInteraction(AcwInteractionAction.ACW_INTERACTION_ACTION_END)),
                    s -> {
                        s.start("call");
                        s.beginAnyway("call-2");
                    },
                    s -> s.ended("call", AcwEndReason.ACW_END_REASON_INTERRUPTED)),
            rule(
                    "on_logout KEEP_RUNNING",
                    s -> s.start("call"),
                    s -> s.presence(Presence.PRESENCE_OFFLINE),
                    s -> s.lasts("call", 20)),
            rule(
                    "on_logout END",
                    s -> s.policy(p -> p.setOnLogout(AcwLogoutAction.ACW_LOGOUT_ACTION_END)),
                    s -> {
                        s.start("call");
                        s.presence(Presence.PRESENCE_OFFLINE);
                    },
                    s -> {
                        s.ended("call", AcwEndReason.ACW_END_REASON_LOGGED_OUT);
                        s.status(AgentStatus.AGENT_STATUS_OFFLINE);
                    }),
            rule(
                    "rest_duration: RESTING, with available_by_time",
                    s -> s.policy(p -> p.setRestDuration(Client.seconds(300))),
                    s -> {
                        s.start("call");
                        s.complete("call");
                    },
                    s -> {
                        s.status(AgentStatus.AGENT_STATUS_RESTING);
                        s.routable();
                        assertThat(s.state().hasAvailableByTime()).isTrue();
                    }),
            rule(
                    "late_completion",
                    s -> s.policy(p -> p.setLateCompletion(Client.seconds(0))),
                    s -> {
                        s.start("call");
                        s.complete("call", "SALE");
                        s.complete("call", "NO_SALE");
                    },
                    s -> s.refused("ACW_ENDED")),
            rule(
                    "late_completion: a late edit is stored",
                    Rule::nothing,
                    s -> {
                        s.start("call");
                        s.complete("call", "SALE");
                        s.complete("call", "NO_SALE");
                    },
                    Scene::accepted),
            rule("visible", s -> s.policy(p -> p.setVisible(false)), s -> s.start("call"), s -> assertThat(
                            s.open("call").getVisible())
                    .isFalse()),
            rule(
                    "a team's policy",
                    s -> s.policy(TEAM, s.team, p -> p.setDuration(Client.seconds(31)), r -> {}),
                    s -> s.start("call"),
                    s -> s.lasts("call", 31)),
            rule(
                    "a queue's policy overrides a team's",
                    s -> {
                        s.policy(TEAM, s.team, p -> p.setDuration(Client.seconds(31)), r -> {});
                        s.policy(QUEUE, s.queue, p -> p.setDuration(Client.seconds(32)), r -> {});
                    },
                    s -> s.start("call"),
                    s -> s.lasts("call", 32)),
            rule(
                    "an agent's policy overrides a queue's, field by field",
                    s -> {
                        s.policy(
                                QUEUE,
                                s.queue,
                                p -> p.setDuration(Client.seconds(32)).setMaxExtensions(9),
                                r -> {});
                        s.policy(p -> p.setDuration(Client.seconds(33)));
                    },
                    s -> s.start("call"),
                    s -> {
                        s.lasts("call", 33);
                        assertThat(s.open("call").getExtensionsLeft()).isEqualTo(9);
                    }),
            rule(
                    "a condition on the channel",
                    s -> s.policy(
                            AGENT,
                            s.agent,
                            p -> p.setDuration(Client.seconds(34))
                                    .setConditions(PolicyConditions.newBuilder().setChannel(Channel.CHANNEL_CHAT)),
                            r -> {}),
                    s -> {
                        s.start("call");
                        s.start("chat");
                    },
                    s -> {
                        s.lasts("call", 20);
                        s.lasts("chat", 34);
                    }),
            rule(
                    "a condition on the direction",
                    s -> s.policy(
                            AGENT,
                            s.agent,
                            p -> p.setDuration(Client.seconds(35))
                                    .setConditions(
                                            PolicyConditions.newBuilder().setDirection(Direction.DIRECTION_OUTBOUND)),
                            r -> {}),
                    s -> s.start("call", i -> i.setDirection(Direction.DIRECTION_OUTBOUND)),
                    s -> s.lasts("call", 35)),
            rule(
                    "GetEffectivePolicy says which policy gave which value",
                    s -> {
                        s.policy(TEAM, s.team, p -> p.setMaxExtensions(7), r -> {});
                        s.policy(p -> p.setDuration(Client.seconds(33)));
                    },
                    s -> s.call(() -> s.client
                            .policies()
                            .getEffectivePolicy(GetEffectivePolicyRequest.newBuilder()
                                    .setAgentId(s.agent)
                                    .build())),
                    s -> {
                        GetEffectivePolicyResponse effective = s.reply();
                        assertThat(effective
                                        .getProvenanceOrThrow("max_extensions")
                                        .getScopeId())
                                .isEqualTo(s.team);
                        assertThat(effective.getProvenanceOrThrow("duration").getScope())
                                .isEqualTo(AGENT);
                    }),
            rule(
                    "a stale etag",
                    s -> s.policy(p -> p.setVisible(true)),
                    s -> s.policy(p -> p.setEtag("old").setVisible(false)),
                    s -> s.refused("STALE_ETAG")),
            rule(
                    "reset_narrower makes it hold for all",
                    s -> s.policy(p -> p.setDuration(Client.seconds(300))),
                    s -> s.policy(TEAM, s.team, p -> p.setDuration(Client.seconds(36)), r -> r.setResetNarrower(true)),
                    s -> {
                        assertThat(s.<UpdatePolicyResponse>reply().getNarrowerResetCount())
                                .isEqualTo(1);
                        s.start("call");
                        s.lasts("call", 36);
                    }),
            rule(
                    "apply_to_open_acws",
                    s -> s.start("call"),
                    s -> s.policy(
                            TEAM, s.team, p -> p.setDuration(Client.seconds(600)), r -> r.setApplyToOpenAcws(true)),
                    s -> s.lasts("call", 600)),
            rule(
                    "apply_to_open_acws with OFF",
                    s -> s.start("call"),
                    s -> s.policy(
                            AGENT, s.agent, p -> p.setMode(AcwMode.ACW_MODE_OFF), r -> r.setApplyToOpenAcws(true)),
                    s -> s.ended("call", AcwEndReason.ACW_END_REASON_POLICY_DISABLED)),
            rule(
                    "validate_only changes nothing and says who would change",
                    Rule::nothing,
                    s -> s.policy(TEAM, s.team, p -> p.setDuration(Client.seconds(37)), r -> r.setValidateOnly(true)),
                    s -> {
                        assertThat(s.<UpdatePolicyResponse>reply().getChanges(0).getAgentId())
                                .isEqualTo(s.agent);
                        s.start("call");
                        s.lasts("call", 20);
                    }),
            rule(
                    "on_pressure SHRINK",
                    s -> {
                        s.policy(
                                QUEUE,
                                s.queue,
                                p -> p.setDuration(Client.seconds(600))
                                        .setOnPressure(AcwPressureAction.ACW_PRESSURE_ACTION_SHRINK)
                                        .setPressureMinDuration(Client.seconds(38)),
                                r -> {});
                        s.call(() -> s.client
                                .policies()
                                .reportQueuePressure(ReportQueuePressureRequest.newBuilder()
                                        .setQueueId(s.queue)
                                        .setWaitingCount(6)
                                        .build()));
                    },
                    s -> s.start("call"),
                    s -> s.lasts("call", 38)),
            rule(
                    "on_pressure REFUSE_EXTENSIONS",
                    s -> {
                        s.policy(p -> p.setOnPressure(AcwPressureAction.ACW_PRESSURE_ACTION_REFUSE_EXTENSIONS));
                        s.call(() -> s.client
                                .policies()
                                .reportQueuePressure(ReportQueuePressureRequest.newBuilder()
                                        .setQueueId(s.queue)
                                        .setWaitingCount(6)
                                        .build()));
                        s.start("call");
                    },
                    s -> s.extend("call"),
                    s -> s.refused("QUEUE_UNDER_PRESSURE")));

    private PolicyTable() {}

    private static void mode(Scene scene, AcwMode mode) {
        scene.policy(policy -> policy.setMode(mode));
    }

    private static Rule startOn(InteractionOutcome outcome) {
        return rule(
                "start_on " + outcome,
                s -> s.policy(p -> p.addStartOn(outcome)),
                s -> s.start("call", i -> i.setOutcome(outcome)),
                s -> s.lasts("call", 20));
    }
}
