package io.aftercall.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Rules that say nothing beside another one of the same policy. Rules that are inherited never contradict: they are of
 * no effect then. Nothing contradicts OFF, so that ACW can be switched off and on again.
 */
final class Contradictions {

    private static final List<Contradiction<?>> ALL = new ArrayList<>();

    static {
        String fixed = "an ACW in mode FIXED is never extended";
        extensions(AcwMode.FIXED, fixed);

        String optional = "an ACW in mode OPTIONAL leaves the agent free";
        extensions(AcwMode.OPTIONAL, optional);
        timeOut(AcwMode.OPTIONAL, optional);
        pressure(AcwMode.OPTIONAL, optional);
        of(PolicyField.MODE, AcwMode.OPTIONAL, PolicyField.BLOCKS, any -> true, optional);
        of(PolicyField.MODE, AcwMode.OPTIONAL, PolicyField.ON_NEW_INTERACTION, any -> true, optional);
        of(PolicyField.MODE, AcwMode.OPTIONAL, PolicyField.REST_DURATION, Contradictions::some, optional);

        String discretionary = "an ACW in mode DISCRETIONARY lasts until the agent ends it";
        extensions(AcwMode.DISCRETIONARY, discretionary);
        timeOut(AcwMode.DISCRETIONARY, discretionary);
        pressure(AcwMode.DISCRETIONARY, discretionary);
        of(PolicyField.MODE, AcwMode.DISCRETIONARY, PolicyField.DURATION, any -> true, discretionary);
        of(
                PolicyField.MODE,
                AcwMode.DISCRETIONARY,
                PolicyField.WARNING_BEFORE_END,
                Contradictions::some,
                discretionary);

        of(
                PolicyField.DISPOSITION,
                DispositionRequirement.NOT_USED,
                PolicyField.TIMEOUT_DISPOSITION,
                any -> true,
                "there is none then");
    }

    /**
     * @param because the rule that has the value
     * @param field the rule that says nothing then
     * @param says which of its values would say something
     */
    private record Contradiction<T>(
            PolicyField<?> because, Object value, PolicyField<T> field, Predicate<T> says, String what) {

        boolean in(PolicyRules rules) {
            return value.equals(rules.get(because)) && rules.isSet(field) && says.test(rules.get(field));
        }

        String text() {
            return "contradicts " + because + " " + value + ": " + what;
        }
    }

    private Contradictions() {}

    /** What contradicts what, by name of the field; empty if nothing does. */
    static Map<String, String> in(PolicyRules rules) {
        Map<String, String> found = new LinkedHashMap<>();
        ALL.stream()
                .filter(contradiction -> contradiction.in(rules))
                .forEach(
                        contradiction -> found.putIfAbsent(contradiction.field().name(), contradiction.text()));
        return found;
    }

    private static void extensions(AcwMode mode, String what) {
        of(PolicyField.MODE, mode, PolicyField.EXTENSION_DURATION, any -> true, what);
        of(PolicyField.MODE, mode, PolicyField.MAX_EXTENSIONS, most -> most > 0, what);
    }

    private static void timeOut(AcwMode mode, String what) {
        of(PolicyField.MODE, mode, PolicyField.ON_TIMEOUT, action -> action == AcwTimeoutAction.NOT_READY, what);
        of(PolicyField.MODE, mode, PolicyField.ON_TIMEOUT_NOT_READY_REASON, any -> true, what);
    }

    private static void pressure(AcwMode mode, String what) {
        of(PolicyField.MODE, mode, PolicyField.ON_PRESSURE, action -> action != AcwPressureAction.IGNORE, what);
    }

    private static <T> void of(
            PolicyField<?> because, Object value, PolicyField<T> field, Predicate<T> says, String what) {
        ALL.add(new Contradiction<>(because, value, field, says, what));
    }

    private static boolean some(Duration span) {
        return !span.isZero();
    }
}
