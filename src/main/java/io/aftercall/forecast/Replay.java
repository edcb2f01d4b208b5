package io.aftercall.forecast;

import io.aftercall.agent.EndReason;
import io.aftercall.agent.EndedAcw;
import io.aftercall.agent.OpenAcw;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.AcwPressureAction;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.time.Instant;

/**
 * An ACW that was, under other rules: the agent would have needed as long and asked for as many extensions. One that
 * timed out would have needed more; how much is not known, and it counts as if all of a longer time had been used, too.
 */
final class Replay {

    private final EndedAcw ended;
    private final Duration work;

    /**
     * What would have become of it.
     *
     * @param work for how long it would have kept the agent
     * @param rest the guard time after it
     * @param uncertain whether the records do not say what would have become of it
     */
    record Outcome(Duration work, Duration rest, boolean timedOut, boolean uncertain) {}

    Replay(EndedAcw ended) {
        this.ended = ended;
        this.work = worked(ended);
    }

    /** For how long its clock ran. */
    Duration work() {
        return work;
    }

    Duration rest() {
        PolicyRules rules = ended.work().policy();
        boolean none = ended.reason() == EndReason.LOGGED_OUT || !ended.work().keepsAgent();
        return none ? Duration.ZERO : rules.get(PolicyField.REST_DURATION);
    }

    boolean timedOut() {
        return ended.reason() == EndReason.TIMED_OUT;
    }

    Outcome under(PolicyRules rules) {
        AcwMode mode = rules.get(PolicyField.MODE);
        boolean freed = mode == AcwMode.OPTIONAL;
        Duration limit = limit(rules);
        boolean reached = work.compareTo(limit) >= 0;
        boolean usesAll =
                mode == AcwMode.FIXED ? completed() || timedOut() : timedOut() && mode != AcwMode.DISCRETIONARY;
        boolean timesOut = reached ? completed() || timedOut() || work.compareTo(limit) > 0 : usesAll;
        boolean uncertain = timedOut() && !reached && mode != AcwMode.FIXED;
        Duration lasts = reached || usesAll ? limit : work;
        boolean rests = !freed && ended.reason() != EndReason.LOGGED_OUT;
        return new Outcome(
                freed ? Duration.ZERO : lasts,
                rests ? rules.get(PolicyField.REST_DURATION) : Duration.ZERO,
                timesOut,
                uncertain);
    }

    private boolean completed() {
        return ended.reason() == EndReason.COMPLETED;
    }

    /** How long it may last under some rules, with the extensions that were asked for then. */
    private Duration limit(PolicyRules rules) {
        AcwMode mode = rules.get(PolicyField.MODE);
        if (!mode.hasDeadline()) {
            return rules.get(PolicyField.MAX_DURATION_CAP);
        }
        OpenAcw acw = ended.work();
        int used = acw.extensionsUsed();
        boolean granted = used > acw.policy().get(PolicyField.MAX_EXTENSIONS) || !acw.extendable();
        int extensions = granted ? used : mode.extendable() ? Math.min(used, rules.get(PolicyField.MAX_EXTENSIONS)) : 0;
        Duration limit = rules.get(PolicyField.DURATION)
                .plus(rules.get(PolicyField.EXTENSION_DURATION).multipliedBy(extensions));
        boolean shrinks = acw.shortened() != null && rules.get(PolicyField.ON_PRESSURE) == AcwPressureAction.SHRINK;
        return shrinks ? limit.minus(least(acw.shortened(), limit)) : limit;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Of one that ended before pauses were kept, the time that its clock stood is what its deadline moved on by. */
    private static Duration worked(EndedAcw ended) {
        OpenAcw acw = ended.work();
        if (!ended.pauses().isEmpty()) {
            return ended.worked();
        }
        Instant start = acw.startTime();
        Duration lasted = Duration.between(start, ended.endTime());
        if (acw.deadline() == null || !acw.mode().hasDeadline()) {
            return lasted;
        }
        PolicyRules rules = acw.policy();
        Duration planned = rules.get(PolicyField.DURATION)
                .plus(rules.get(PolicyField.EXTENSION_DURATION).multipliedBy(acw.extensionsUsed()))
                .minus(acw.shortened() == null ? Duration.ZERO : acw.shortened());
        Duration stood = Duration.between(start, acw.deadline()).minus(planned);
        return stood.isNegative() || stood.compareTo(lasted) > 0 ? lasted : lasted.minus(stood);
    }
}
