package io.aftercall.rpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Internal;
import io.aftercall.api.v1.AcwBlocks;
import io.aftercall.api.v1.AcwInteractionAction;
import io.aftercall.api.v1.AcwLogoutAction;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AcwPressureAction;
import io.aftercall.api.v1.AcwTimeoutAction;
import io.aftercall.api.v1.DispositionRequirement;
import io.aftercall.api.v1.InteractionOutcome;
import io.aftercall.api.v1.Policy;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import java.util.function.Consumer;

/** Writes the rules that are set into a message. */
final class RulesWriter {

    private final PolicyRules rules;

    private RulesWriter(PolicyRules rules) {
        this.rules = rules;
    }

    static void write(PolicyRules rules, Policy.Builder proto) {
        new RulesWriter(rules).write(proto);
    }

    private void write(Policy.Builder proto) {
        choice(PolicyField.MODE, AcwMode.class, proto::setMode);
        span(PolicyField.DURATION, proto::setDuration);
        span(PolicyField.EXTENSION_DURATION, proto::setExtensionDuration);
        value(PolicyField.MAX_EXTENSIONS, proto::setMaxExtensions);
        span(PolicyField.MIN_TALK_DURATION, proto::setMinTalkDuration);
        value(PolicyField.START_ON, outcomes -> outcomes.stream()
                .sorted()
                .map(outcome -> ProtoEnums.write(outcome, InteractionOutcome.class))
                .forEach(proto::addStartOn));
        choice(PolicyField.DISPOSITION, DispositionRequirement.class, proto::setDisposition);
        value(PolicyField.TIMEOUT_DISPOSITION, proto::setTimeoutDisposition);
        choice(PolicyField.ON_TIMEOUT, AcwTimeoutAction.class, proto::setOnTimeout);
        value(PolicyField.ON_TIMEOUT_NOT_READY_REASON, proto::setOnTimeoutNotReadyReason);
        choice(PolicyField.BLOCKS, AcwBlocks.class, proto::setBlocks);
        choice(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.class, proto::setOnNewInteraction);
        choice(PolicyField.ON_LOGOUT, AcwLogoutAction.class, proto::setOnLogout);
        span(PolicyField.REST_DURATION, proto::setRestDuration);
        span(PolicyField.WARNING_BEFORE_END, proto::setWarningBeforeEnd);
        span(PolicyField.LATE_COMPLETION, proto::setLateCompletion);
        value(PolicyField.VISIBLE, proto::setVisible);
        span(PolicyField.MAX_DURATION_CAP, proto::setMaxDurationCap);
        choice(PolicyField.ON_PRESSURE, AcwPressureAction.class, proto::setOnPressure);
        span(PolicyField.PRESSURE_MIN_DURATION, proto::setPressureMinDuration);
        value(PolicyField.PRESSURE_WAITING_COUNT, proto::setPressureWaitingCount);
        span(PolicyField.PRESSURE_LONGEST_WAIT, proto::setPressureLongestWait);
        value(PolicyField.PRESSURE_RELEASE_PERCENT, proto::setPressureReleasePercent);
    }

    private <T> void value(PolicyField<T> field, Consumer<T> setter) {
        T value = rules.get(field);
        if (value != null) {
            setter.accept(value);
        }
    }

    private void span(PolicyField<java.time.Duration> field, Consumer<Duration> setter) {
        value(field, span -> setter.accept(ProtoTimes.duration(span)));
    }

    private <E extends Enum<E>, P extends Enum<P> & Internal.EnumLite> void choice(
            PolicyField<E> field, Class<P> type, Consumer<P> setter) {
        value(field, choice -> setter.accept(ProtoEnums.write(choice, type)));
    }
}
