package io.aftercall.agent;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.interaction.InteractionPreview;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import io.aftercall.wrapup.WrapUp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The agent, the calls and the times of the tests, and short names for the commands. */
final class Fixtures {

    static final AgentId AGENT = new AgentId("anna");
    static final PresenceSetting OFFLINE = PresenceSetting.OFFLINE;
    static final PresenceSetting AVAILABLE = PresenceSetting.AVAILABLE;
    static final PresenceSetting LUNCH = PresenceSetting.notReady("LUNCH");
    static final WrapUp SALE = new WrapUp("SALE", "", "", "Wants two.", "", "", List.of("hot"), null);
    static final WrapUp NOTES_ONLY = new WrapUp(null, "", "", "Will call again.", "", "", List.of(), null);

    private static final Instant NINE_O_CLOCK = Instant.parse("2026-03-02T09:00:00Z");

    private Fixtures() {}

    // ---- times

    /** So many seconds past nine o'clock, at which every test begins. */
    static Instant second(long seconds) {
        return NINE_O_CLOCK.plusSeconds(seconds);
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    // ---- interactions

    static Interaction call(String id) {
        return interaction(id, Channel.VOICE, null, null);
    }

    static Interaction of(String queue, Interaction interaction) {
        return new Interaction(
                interaction.id(), interaction.channel(), null, null, queue, null, null, null, null, null, false, false);
    }

    /** With a customer. */
    static Interaction with(String customer, Interaction interaction) {
        return new Interaction(
                interaction.id(),
                interaction.channel(),
                null,
                null,
                null,
                customer,
                null,
                null,
                null,
                null,
                false,
                false);
    }

    static Interaction chat(String id) {
        return interaction(id, Channel.CHAT, null, null);
    }

    static Interaction email(String id) {
        return interaction(id, Channel.EMAIL, null, null);
    }

    static Interaction missed(Interaction interaction) {
        return interaction(interaction.id().value(), interaction.channel(), InteractionOutcome.MISSED, null);
    }

    static Interaction transferred(Interaction interaction) {
        return interaction(interaction.id().value(), interaction.channel(), InteractionOutcome.TRANSFERRED, null);
    }

    static Interaction callAnsweredAt(String id, Instant answerTime) {
        return interaction(id, Channel.VOICE, null, answerTime);
    }

    private static Interaction interaction(String id, Channel channel, InteractionOutcome outcome, Instant answerTime) {
        return new Interaction(
                new InteractionId(id), channel, null, outcome, null, null, null, answerTime, null, null, false, false);
    }

    // ---- policies

    static <T> EffectivePolicy with(EffectivePolicy policy, PolicyField<T> field, T value) {
        return effective(policy.rules().with(field, value), policy.revision() + 1);
    }

    static EffectivePolicy effective(PolicyRules rules, long revision) {
        return new EffectivePolicy(rules, List.of(), revision, false);
    }

    static EffectivePolicy underPressure(EffectivePolicy policy) {
        return new EffectivePolicy(policy.rules(), policy.sources(), policy.revision() + 1, true);
    }

    // ---- commands

    static BeginInteraction begin(Interaction interaction) {
        return new BeginInteraction(AGENT, interaction, false);
    }

    /** A direct call or a call-back: begins although the agent is not routable. */
    static BeginInteraction beginAnyway(Interaction interaction) {
        return new BeginInteraction(AGENT, interaction, true);
    }

    static StartAcw start(Interaction interaction) {
        return new StartAcw(AGENT, interaction, acwId(interaction.id().value()));
    }

    static CompleteAcw complete(String id) {
        return new CompleteAcw(AGENT, new InteractionId(id), Optional.empty(), "", Optional.empty(), null, Map.of());
    }

    static CompleteAcw complete(String id, WrapUp wrapUp) {
        return new CompleteAcw(AGENT, new InteractionId(id), Optional.of(wrapUp), "", Optional.empty(), null, Map.of());
    }

    static CompleteAcw completeReplacing(String id, String etag, WrapUp wrapUp) {
        return new CompleteAcw(
                AGENT, new InteractionId(id), Optional.of(wrapUp), etag, Optional.empty(), null, Map.of());
    }

    static SaveWrapUp save(String id, WrapUp wrapUp) {
        return saveReplacing(id, "", wrapUp);
    }

    static SaveWrapUp saveReplacing(String id, String etag, WrapUp wrapUp) {
        return new SaveWrapUp(AGENT, new InteractionId(id), wrapUp, etag);
    }

    static CompleteAcw completeAndThen(String id, PresenceSetting next) {
        return new CompleteAcw(AGENT, new InteractionId(id), Optional.empty(), "", Optional.of(next), null, Map.of());
    }

    static CompleteAcw force(String id) {
        return new CompleteAcw(
                AGENT, new InteractionId(id), Optional.empty(), "", Optional.empty(), "queue is full", Map.of());
    }

    static ExtendAcw extend(String id) {
        return new ExtendAcw(AGENT, new InteractionId(id), false);
    }

    /** A supervisor grants an extension. */
    static ExtendAcw grant(String id) {
        return new ExtendAcw(AGENT, new InteractionId(id), true);
    }

    static RequestAcw request(String id) {
        return new RequestAcw(AGENT, new InteractionId(id));
    }

    static OfferPreview offer(String id) {
        return new OfferPreview(AGENT, preview(id));
    }

    static InteractionPreview preview(String id) {
        return new InteractionPreview(
                new InteractionId(id), Channel.VOICE, null, "sales", "maria", "Invoice", second(60));
    }

    static WithdrawPreview withdraw(String id) {
        return new WithdrawPreview(AGENT, Optional.ofNullable(id).map(InteractionId::new));
    }

    static SetPresence declare(PresenceSetting presence) {
        return new SetPresence(AGENT, presence);
    }

    static ExpireDue timer() {
        return new ExpireDue(AGENT);
    }

    /** The id of the ACW that {@link #start} opens. */
    static UUID acwId(String interactionId) {
        return UUID.nameUUIDFromBytes(interactionId.getBytes(StandardCharsets.UTF_8));
    }

    // ---- what comes of them

    /** What the caller of an accepted command is told. */
    static Outcome outcome(Decision decision) {
        return decision instanceof Decision.Changed changed
                ? changed.outcome()
                : ((Decision.Unchanged) decision).outcome();
    }

    /** Why a command was refused; null if it was accepted. */
    static Refusal refusal(Decision decision) {
        return decision instanceof Decision.Refused refused ? refused.reason() : null;
    }
}
