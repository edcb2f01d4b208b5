package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyField;
import java.time.Duration;
import java.util.Optional;

/** Why a policy asks for no ACW after an interaction. */
public enum NotRequiredReason {
    ACW_DISABLED,
    OUTCOME_EXCLUDED,
    TALK_TIME_TOO_SHORT,
    NOT_REQUESTED;

    /** Why the policy asks for no ACW after this interaction; empty if it asks for one. */
    public static Optional<NotRequiredReason> of(Interaction ended, EffectivePolicy policy) {
        if (policy.get(PolicyField.MODE) == AcwMode.OFF) {
            return Optional.of(ACW_DISABLED);
        }
        if (!policy.get(PolicyField.START_ON).contains(ended.outcome())) {
            return Optional.of(OUTCOME_EXCLUDED);
        }
        Duration atLeast = policy.get(PolicyField.MIN_TALK_DURATION);
        boolean tooShort =
                ended.talkDuration().filter(talk -> talk.compareTo(atLeast) < 0).isPresent();
        if (tooShort) {
            return Optional.of(TALK_TIME_TOO_SHORT);
        }
        boolean unasked = policy.get(PolicyField.MODE) == AcwMode.AGENT_REQUESTED && !ended.acwRequested();
        return unasked ? Optional.of(NOT_REQUESTED) : Optional.empty();
    }
}
