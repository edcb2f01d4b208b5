package io.aftercall.agent;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An open ACW. Its methods are the legal moves.
 *
 * @param policy the rules it started under; it keeps them
 * @param policyRevision the tenant's revision of those rules
 * @param deadline when it ends by itself; null if open-ended or paused
 * @param warned whether the warning before this deadline has been given
 * @param pause set while its clock stands
 * @param shortened by how much pressure on its queue has shortened it; null if it has not
 * @param pauses when its clock stood before, the earliest first; not the one that lasts
 */
public record OpenAcw(
        UUID acwId,
        Interaction interaction,
        PolicyRules policy,
        long policyRevision,
        Instant startTime,
        Instant deadline,
        int extensionsUsed,
        boolean warned,
        Pause pause,
        Duration shortened,
        List<Paused> pauses)
        implements AcwOutcome {

    /** An agent's state does not grow with every interaction that comes in between. */
    private static final int MOST_PAUSES = 20;

    /** Who ends several ends those first that leave the longest rest, so that no step shows a gap. */
    static final Comparator<OpenAcw> LONGEST_REST_FIRST = Comparator.comparing(
            (OpenAcw acw) -> acw.policy().get(PolicyField.REST_DURATION), Comparator.reverseOrder());

    /**
     * The clock stands because of another interaction.
     *
     * @param remaining what was left; null if open-ended
     */
    public record Pause(Instant since, Duration remaining) {}

    /**
     * The clock stood.
     *
     * @param until not before {@code since}
     */
    public record Paused(Instant since, Instant until) {

        Duration length() {
            return Duration.between(since, until);
        }

        /** One that is as long as both, and ends with the other: what was worked between them comes before. */
        private Paused with(Paused next) {
            return new Paused(next.since.minus(length()), next.until);
        }
    }

    public OpenAcw {
        pauses = List.copyOf(pauses);
    }

    static OpenAcw start(UUID acwId, Interaction interaction, EffectivePolicy policy, Instant now) {
        Instant deadline = policy.get(PolicyField.MODE).hasDeadline() ? now.plus(policy.duration()) : null;
        Duration less = policy.get(PolicyField.DURATION).minus(policy.duration());
        OpenAcw acw = new OpenAcw(
                acwId,
                interaction,
                policy.rules(),
                policy.revision(),
                now,
                deadline,
                0,
                false,
                null,
                deadline == null || less.isZero() ? null : less,
                List.of());
        boolean moreTime = interaction.acwRequested()
                && acw.mode() == AcwMode.TIMED
                && acw.extensionsLeft() > 0
                && !policy.refusesExtensions();
        return moreTime ? acw.extend() : acw;
    }

    @Override
    public InteractionId interactionId() {
        return interaction.id();
    }

    public AcwMode mode() {
        return policy.get(PolicyField.MODE);
    }

    public boolean paused() {
        return pause != null;
    }

    /**
     * When its clock stood, the earliest first: of more than twenty times the last are told as one, as long as all of
     * them.
     *
     * @param at by when, if it stands still; not before that
     */
    List<Paused> pausesUntil(Instant at) {
        if (!paused() || !at.isAfter(pause.since())) {
            return pauses;
        }
        List<Paused> all = new ArrayList<>(pauses);
        Paused last = new Paused(pause.since(), at);
        all.add(all.size() < MOST_PAUSES ? last : all.remove(all.size() - 1).with(last));
        return all;
    }

    /** For how long its clock has stood by some time. */
    public Duration stood(Instant at) {
        return pausesUntil(at).stream().map(Paused::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** For how long its clock has run by some time. */
    public Duration worked(Instant at) {
        return Duration.between(startTime, at).minus(stood(at));
    }

    /** Whether an extension can ever move this ACW's deadline. */
    public boolean extendable() {
        return mode().extendable();
    }

    /** Whether it is work that keeps the agent: all but one in mode OPTIONAL. */
    public boolean keepsAgent() {
        return mode() != AcwMode.OPTIONAL;
    }

    public int extensionsLeft() {
        return extendable() ? Math.max(0, policy.get(PolicyField.MAX_EXTENSIONS) - extensionsUsed) : 0;
    }

    /** Whether it keeps interactions of a channel from the agent. */
    public boolean blocks(Channel channel) {
        return blocksAll() || keepsAgent() && !paused() && interaction.channel() == channel;
    }

    /** Whether it keeps every interaction from the agent. */
    public boolean blocksAll() {
        return keepsAgent() && !paused() && policy.get(PolicyField.BLOCKS) == AcwBlocks.ALL_CHANNELS;
    }

    OpenAcw extend() {
        return postponed(policy.get(PolicyField.EXTENSION_DURATION), extensionsUsed + 1);
    }

    /** With a deadline that is so much later, also once the clock runs again. */
    OpenAcw postpone(Duration by) {
        return postponed(by, extensionsUsed);
    }

    private OpenAcw postponed(Duration by, int extensions) {
        Instant later = deadline == null ? null : deadline.plus(by);
        Pause longer = paused() ? new Pause(pause.since(), pause.remaining().plus(by)) : null;
        return new OpenAcw(
                acwId,
                interaction,
                policy,
                policyRevision,
                startTime,
                later,
                extensions,
                false,
                longer,
                shortened,
                pauses);
    }

    /** With other rules, under which it was meant from the start: what it was given beyond its duration it keeps. */
    OpenAcw under(EffectivePolicy other, Instant now) {
        Instant later = null;
        Pause pausing = pause;
        if (other.get(PolicyField.MODE).hasDeadline()) {
            Duration left = left(paused() ? pause.since() : now).plus(other.get(PolicyField.DURATION));
            later = paused() ? null : now.plus(left);
            pausing = paused() ? new Pause(pause.since(), left.isNegative() ? Duration.ZERO : left) : null;
        } else if (paused()) {
            pausing = new Pause(pause.since(), null);
        }
        boolean stillWarned = warned && later != null && later.equals(deadline);
        return new OpenAcw(
                acwId,
                interaction,
                other.rules(),
                other.revision(),
                startTime,
                later,
                extensionsUsed,
                stillWarned,
                pausing,
                shortened,
                pauses);
    }

    /** What is left of it at a time, apart from its duration. */
    private Duration left(Instant at) {
        Duration rest = paused() ? pause.remaining() : deadline == null ? null : Duration.between(at, deadline);
        return rest == null ? worked(at).negated() : rest.minus(policy.get(PolicyField.DURATION));
    }

    /** As short as pressure on its queue may make it; itself if it is not longer than that, or has no deadline. */
    OpenAcw shrink(Instant now) {
        Instant at = paused() ? pause.since() : now;
        Duration left = paused() ? pause.remaining() : deadline == null ? null : Duration.between(at, deadline);
        Duration guaranteed = policy.get(PolicyField.PRESSURE_MIN_DURATION).minus(worked(at));
        Duration warning = policy.get(PolicyField.WARNING_BEFORE_END);
        Duration least = guaranteed.compareTo(warning) < 0 ? warning : guaranteed;
        if (left == null || left.compareTo(least) <= 0) {
            return this;
        }
        Duration taken = left.minus(least);
        return new OpenAcw(
                acwId,
                interaction,
                policy,
                policyRevision,
                startTime,
                paused() ? null : deadline.minus(taken),
                extensionsUsed,
                warned,
                paused() ? new Pause(pause.since(), least) : null,
                shortened == null ? taken : shortened.plus(taken),
                pauses);
    }

    OpenAcw warn() {
        return new OpenAcw(
                acwId,
                interaction,
                policy,
                policyRevision,
                startTime,
                deadline,
                extensionsUsed,
                true,
                pause,
                shortened,
                pauses);
    }

    /** The agent has begun to write it up. */
    OpenAcw drafted() {
        return new OpenAcw(
                acwId,
                interaction.withDraft(),
                policy,
                policyRevision,
                startTime,
                deadline,
                extensionsUsed,
                warned,
                pause,
                shortened,
                pauses);
    }

    /** The same about nobody, if it is about this customer. */
    OpenAcw without(String customerId) {
        return new OpenAcw(
                acwId,
                interaction.without(customerId),
                policy,
                policyRevision,
                startTime,
                deadline,
                extensionsUsed,
                warned,
                pause,
                shortened,
                pauses);
    }

    OpenAcw pause(Instant now) {
        Pause pausing = new Pause(now, deadline == null ? null : Duration.between(now, deadline));
        return new OpenAcw(
                acwId,
                interaction,
                policy,
                policyRevision,
                startTime,
                null,
                extensionsUsed,
                warned,
                pausing,
                shortened,
                pauses);
    }

    OpenAcw resume(Instant now) {
        Instant later = pause.remaining() == null ? null : now.plus(pause.remaining());
        return new OpenAcw(
                acwId,
                interaction,
                policy,
                policyRevision,
                startTime,
                later,
                extensionsUsed,
                warned,
                null,
                shortened,
                pausesUntil(now));
    }

    /** When it ends if nobody acts: at its deadline, or where it has none at the cap above every open-ended ACW. */
    public Instant endsBy() {
        if (deadline != null) {
            return deadline;
        }
        return (paused() ? pause.since() : startTime).plus(policy.get(PolicyField.MAX_DURATION_CAP));
    }

    /** When the warning is due; empty if it has been given or there is none. */
    Optional<Instant> warningDue() {
        Duration before = policy.get(PolicyField.WARNING_BEFORE_END);
        if (warned || deadline == null || before.isZero()) {
            return Optional.empty();
        }
        return Optional.of(deadline.minus(before)).filter(due -> due.isAfter(startTime));
    }

    /** When something is due: the warning or the end. */
    Instant due() {
        return warningDue().orElseGet(this::endsBy);
    }
}
