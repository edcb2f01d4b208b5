package io.aftercall.rpc;

import com.google.protobuf.Duration;
import com.google.protobuf.ProtocolMessageEnum;
import io.aftercall.api.v1.Policy;
import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwLogoutAction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.AcwPressureAction;
import io.aftercall.policy.AcwTimeoutAction;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import java.util.EnumSet;
import java.util.Set;

/** Reads the rules that are set in a message, and notes those whose values are bad. */
final class RulesReader {

    private final FieldReader fields;
    private PolicyRules rules = PolicyRules.NONE;

    RulesReader(FieldReader fields) {
        this.fields = fields;
    }

    PolicyRules read(Policy proto) {
        choice(PolicyField.MODE, proto.getMode(), AcwMode.class);
        span(PolicyField.DURATION, proto.hasDuration(), proto.getDuration());
        span(PolicyField.EXTENSION_DURATION, proto.hasExtensionDuration(), proto.getExtensionDuration());
        value(PolicyField.MAX_EXTENSIONS, proto.hasMaxExtensions() ? proto.getMaxExtensions() : null);
        span(PolicyField.MIN_TALK_DURATION, proto.hasMinTalkDuration(), proto.getMinTalkDuration());
        startOn(proto);
        choice(PolicyField.DISPOSITION, proto.getDisposition(), DispositionRequirement.class);
        text(PolicyField.TIMEOUT_DISPOSITION, proto.getTimeoutDisposition());
        choice(PolicyField.ON_TIMEOUT, proto.getOnTimeout(), AcwTimeoutAction.class);
        text(PolicyField.ON_TIMEOUT_NOT_READY_REASON, proto.getOnTimeoutNotReadyReason());
        choice(PolicyField.BLOCKS, proto.getBlocks(), AcwBlocks.class);
        choice(PolicyField.ON_NEW_INTERACTION, proto.getOnNewInteraction(), AcwInteractionAction.class);
        choice(PolicyField.ON_LOGOUT, proto.getOnLogout(), AcwLogoutAction.class);
        span(PolicyField.REST_DURATION, proto.hasRestDuration(), proto.getRestDuration());
        span(PolicyField.WARNING_BEFORE_END, proto.hasWarningBeforeEnd(), proto.getWarningBeforeEnd());
        span(PolicyField.LATE_COMPLETION, proto.hasLateCompletion(), proto.getLateCompletion());
        value(PolicyField.VISIBLE, proto.hasVisible() ? proto.getVisible() : null);
        span(PolicyField.MAX_DURATION_CAP, proto.hasMaxDurationCap(), proto.getMaxDurationCap());
        choice(PolicyField.ON_PRESSURE, proto.getOnPressure(), AcwPressureAction.class);
        span(PolicyField.PRESSURE_MIN_DURATION, proto.hasPressureMinDuration(), proto.getPressureMinDuration());
        value(
                PolicyField.PRESSURE_WAITING_COUNT,
                proto.hasPressureWaitingCount() ? proto.getPressureWaitingCount() : null);
        span(PolicyField.PRESSURE_LONGEST_WAIT, proto.hasPressureLongestWait(), proto.getPressureLongestWait());
        value(
                PolicyField.PRESSURE_RELEASE_PERCENT,
                proto.hasPressureReleasePercent() ? proto.getPressureReleasePercent() : null);
        return rules;
    }

    private void startOn(Policy proto) {
        Set<InteractionOutcome> outcomes = EnumSet.noneOf(InteractionOutcome.class);
        for (io.aftercall.api.v1.InteractionOutcome outcome : proto.getStartOnList()) {
            InteractionOutcome known = fields.choice("policy.start_on", outcome, InteractionOutcome.class);
            if (known != null) {
                outcomes.add(known);
            }
        }
        if (proto.getStartOnCount() > 0) {
            value(PolicyField.START_ON, Set.copyOf(outcomes));
        }
    }

    private <E extends Enum<E>> void choice(PolicyField<E> field, ProtocolMessageEnum value, Class<E> type) {
        value(field, fields.optionalChoice(name(field), value, type));
    }

    private void span(PolicyField<java.time.Duration> field, boolean present, Duration value) {
        value(field, fields.duration(name(field), present, value));
    }

    private void text(PolicyField<String> field, String value) {
        value(field, value.isEmpty() ? null : value);
    }

    private <T> void value(PolicyField<T> field, T value) {
        if (value != null && !fields.violations().add(name(field), field.violation(value))) {
            rules = rules.with(field, value);
        }
    }

    private static String name(PolicyField<?> field) {
        return "policy." + field.name();
    }
}
