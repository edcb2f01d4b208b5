package io.aftercall.policy;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.aftercall.interaction.Identifier;
import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.interaction.ShortText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One rule that a policy may set: its name, which is the same in the contract and the database, its default and the
 * values it may have. A rule that a policy does not set is inherited.
 *
 * @param <T> the type of its values
 */
public final class PolicyField<T> {

    private static final List<PolicyField<?>> FIELDS = new ArrayList<>();

    public static final PolicyField<AcwMode> MODE = choice("mode", AcwMode.class, AcwMode.TIMED);
    public static final PolicyField<Duration> DURATION =
            span("duration", ofSeconds(20), ofSeconds(1), ofHours(24), "1 s to 24 h");
    public static final PolicyField<Duration> EXTENSION_DURATION =
            span("extension_duration", ofSeconds(20), ofSeconds(1), ofHours(1), "1 s to 1 h");
    public static final PolicyField<Integer> MAX_EXTENSIONS = number("max_extensions", 3, 0, 100, "0 to 100");
    public static final PolicyField<Duration> MIN_TALK_DURATION =
            span("min_talk_duration", ZERO, ZERO, ofHours(1), "0 s to 1 h");
    public static final PolicyField<Set<InteractionOutcome>> START_ON = new PolicyField<>(
            "start_on",
            Set.of(InteractionOutcome.ANSWERED),
            "at least one outcome",
            outcomes -> !outcomes.isEmpty(),
            PolicyField::outcomes);
    public static final PolicyField<DispositionRequirement> DISPOSITION =
            choice("disposition", DispositionRequirement.class, DispositionRequirement.OPTIONAL);
    public static final PolicyField<String> TIMEOUT_DISPOSITION =
            text("timeout_disposition", null, "an id of 1 to 128 letters, digits and ._:@+-/=~", Identifier::violation);
    public static final PolicyField<AcwTimeoutAction> ON_TIMEOUT =
            choice("on_timeout", AcwTimeoutAction.class, AcwTimeoutAction.RESUME);
    public static final PolicyField<String> ON_TIMEOUT_NOT_READY_REASON = text(
            "on_timeout_not_ready_reason",
            "ACW_TIMED_OUT",
            "1 to 128 characters, no control character",
            ShortText::violation);
    public static final PolicyField<AcwBlocks> BLOCKS = choice("blocks", AcwBlocks.class, AcwBlocks.ALL_CHANNELS);
    public static final PolicyField<AcwInteractionAction> ON_NEW_INTERACTION =
            choice("on_new_interaction", AcwInteractionAction.class, AcwInteractionAction.KEEP_RUNNING);
    public static final PolicyField<AcwLogoutAction> ON_LOGOUT =
            choice("on_logout", AcwLogoutAction.class, AcwLogoutAction.KEEP_RUNNING);
    public static final PolicyField<Duration> REST_DURATION =
            span("rest_duration", ZERO, ZERO, ofHours(1), "0 s to 1 h");
    public static final PolicyField<Duration> WARNING_BEFORE_END =
            span("warning_before_end", ofSeconds(5), ZERO, ofMinutes(5), "0 s to 5 min");
    public static final PolicyField<Duration> LATE_COMPLETION =
            span("late_completion", ofHours(24), ZERO, ofDays(30), "0 s to 30 days");
    public static final PolicyField<Boolean> VISIBLE =
            new PolicyField<>("visible", true, "true or false", any -> true, Boolean::valueOf);
    public static final PolicyField<Duration> MAX_DURATION_CAP =
            span("max_duration_cap", ofMinutes(60), ofSeconds(10), ofHours(24), "10 s to 24 h");

    public static final PolicyField<AcwPressureAction> ON_PRESSURE =
            choice("on_pressure", AcwPressureAction.class, AcwPressureAction.IGNORE);
    public static final PolicyField<Duration> PRESSURE_MIN_DURATION =
            span("pressure_min_duration", ofSeconds(10), ofSeconds(1), ofHours(24), "1 s to 24 h");
    public static final PolicyField<Integer> PRESSURE_WAITING_COUNT =
            number("pressure_waiting_count", 5, 0, 100_000, "0 to 100,000");
    public static final PolicyField<Duration> PRESSURE_LONGEST_WAIT =
            span("pressure_longest_wait", ofMinutes(2), ofSeconds(1), ofHours(24), "1 s to 24 h");
    public static final PolicyField<Integer> PRESSURE_RELEASE_PERCENT =
            number("pressure_release_percent", 80, 1, 100, "1 to 100");

    /** All rules, in the order of the contract. */
    public static final List<PolicyField<?>> ALL = List.copyOf(FIELDS);

    private static final Map<String, PolicyField<?>> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(PolicyField::name, Function.identity()));

    private final String name;
    private final int index;
    private final T defaultValue;
    private final String allowed;
    private final Predicate<T> valid;
    private final Function<String, T> parse;

    private PolicyField(String name, T defaultValue, String allowed, Predicate<T> valid, Function<String, T> parse) {
        this.name = name;
        this.index = FIELDS.size();
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.valid = valid;
        this.parse = parse;
        FIELDS.add(this);
    }

    /** The rule of this name, as in the contract; empty if there is none. */
    public static Optional<PolicyField<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public String name() {
        return name;
    }

    /** The value that holds where no policy sets the rule; null if then nothing holds. */
    public T defaultValue() {
        return defaultValue;
    }

    /** Says what is wrong with a value of this rule; empty if nothing is. */
    public Optional<String> violation(T value) {
        return valid.test(value) ? Optional.empty() : Optional.of("must be " + allowed);
    }

    /** The value as text, which {@link #parse} reads. */
    public String format(T value) {
        return value instanceof Set<?> set
                ? set.stream().map(Object::toString).sorted().collect(Collectors.joining(","))
                : value.toString();
    }

    /** The value that {@link #format} wrote. */
    public T parse(String text) {
        return parse.apply(text);
    }

    int index() {
        return index;
    }

    @Override
    public String toString() {
        return name;
    }

    private static <E extends Enum<E>> PolicyField<E> choice(String name, Class<E> type, E defaultValue) {
        return new PolicyField<>(
                name, defaultValue, "one of its values", any -> true, text -> Enum.valueOf(type, text));
    }

    private static PolicyField<Integer> number(String name, int defaultValue, int min, int max, String allowed) {
        return new PolicyField<>(name, defaultValue, allowed, n -> n >= min && n <= max, Integer::valueOf);
    }

    private static PolicyField<Duration> span(
            String name, Duration defaultValue, Duration min, Duration max, String allowed) {
        return new PolicyField<>(
                name,
                defaultValue,
                allowed,
                value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                Duration::parse);
    }

    private static PolicyField<String> text(
            String name, String defaultValue, String allowed, Function<String, Optional<String>> violation) {
        return new PolicyField<>(
                name, defaultValue, allowed, value -> violation.apply(value).isEmpty(), Function.identity());
    }

    private static Set<InteractionOutcome> outcomes(String text) {
        return Stream.of(text.split(",")).map(InteractionOutcome::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
