package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentProfile;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.agent.StateChange;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.interaction.InteractionPreview;
import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Agents and what belongs to them, for tests. Times are whole microseconds, as the contract has them. */
public final class Samples {

    public static final Instant TIME = Instant.parse("2026-02-28T23:59:58.123456Z");
    public static final AgentId ADA = new AgentId("ada");
    public static final AgentId BOB = new AgentId("bob");

    private Samples() {}

    /** An agent who is available and has nothing to do. */
    public static AgentState idle(AgentId agent, long version) {
        return resting(agent, version, null);
    }

    public static AgentState resting(AgentId agent, long version, Instant until) {
        return new AgentState(
                agent,
                version,
                AgentProfile.NONE,
                PresenceSetting.AVAILABLE,
                null,
                TIME,
                until,
                List.of(),
                List.of(),
                null,
                null);
    }

    /** An agent who writes about a live interaction. */
    public static AgentState drafting(AgentId agent, long version) {
        return new AgentState(
                agent,
                version,
                AgentProfile.NONE,
                PresenceSetting.AVAILABLE,
                null,
                TIME,
                null,
                List.of(interaction("i-1").withDraft()),
                List.of(),
                null,
                null);
    }

    /** An agent about whom there is everything to say. */
    public static AgentState busy(AgentId agent, long version) {
        OpenAcw.Pause pause = new OpenAcw.Pause(TIME.plusSeconds(3), Duration.ofMillis(12_345));
        OpenAcw.Pause endless = new OpenAcw.Pause(TIME.plusSeconds(4), null);
        return new AgentState(
                agent,
                version,
                new AgentProfile("sales", Map.of("skill", "es", "site", "Bogotá"), Map.of(Channel.CHAT, 0)),
                PresenceSetting.notReady("LUNCH"),
                PresenceSetting.notReady("TRAINING"),
                TIME,
                TIME.plusSeconds(90),
                List.of(interaction("i-live").withDraft(), bare("i-bare")),
                List.of(
                        acw("i-timed", TIME.plusSeconds(20), null),
                        acw("i-paused", null, pause),
                        acw("i-paused-endless", null, endless),
                        acw("i-endless", null, null)),
                new InteractionPreview(
                        new InteractionId("i-next"),
                        Channel.CHAT,
                        Direction.INBOUND,
                        "sales",
                        "maria",
                        "¿Factura?",
                        TIME.plusSeconds(120)),
                null);
    }

    /** An interaction of which everything is known. */
    public static Interaction interaction(String id) {
        return new Interaction(
                new InteractionId(id),
                Channel.CHAT,
                Direction.OUTBOUND,
                InteractionOutcome.TRANSFERRED,
                "sales",
                "customer-7",
                TIME.minusSeconds(300),
                TIME.minusSeconds(290),
                TIME.minusSeconds(1),
                Duration.ofSeconds(61, 250_000_000),
                false,
                false);
    }

    /** An interaction of which nothing is known that need not be. */
    public static Interaction bare(String id) {
        return call(id, null);
    }

    public static Interaction call(String id, String queue) {
        return new Interaction(
                new InteractionId(id), Channel.VOICE, null, null, queue, null, null, null, null, null, false, false);
    }

    public static OpenAcw acw(String interactionId, Instant deadline, OpenAcw.Pause pause) {
        return new OpenAcw(
                UUID.randomUUID(),
                interaction(interactionId),
                rules(),
                7,
                TIME,
                deadline,
                2,
                false,
                pause,
                null,
                List.of(new OpenAcw.Paused(TIME.plusMillis(1), TIME.plusSeconds(1))));
    }

    /** Rules of which many are not the defaults. */
    public static PolicyRules rules() {
        return PolicyRules.DEFAULTS
                .with(PolicyField.MODE, AcwMode.DISCRETIONARY)
                .with(PolicyField.DURATION, Duration.ofMillis(1_500))
                .with(PolicyField.MAX_EXTENSIONS, 9)
                .with(PolicyField.START_ON, Set.of(InteractionOutcome.ANSWERED, InteractionOutcome.MISSED))
                .with(PolicyField.TIMEOUT_DISPOSITION, "NONE-GIVEN")
                .with(PolicyField.BLOCKS, AcwBlocks.OWN_CHANNEL)
                .with(PolicyField.VISIBLE, false)
                .with(PolicyField.WARNING_BEFORE_END, Duration.ZERO);
    }

    /** The last step of an agent. */
    public static StateChange deletion(AgentState last) {
        return new StateChange(ChangeCause.AGENT_DELETED, last, last.status(), "admin", null, null, null, null);
    }

    /** A step to a state. */
    public static StateChange step(AgentState to) {
        return new StateChange(ChangeCause.PRESENCE_CHANGED, to, AgentStatus.OFFLINE, "router", null, null, null, null);
    }
}
