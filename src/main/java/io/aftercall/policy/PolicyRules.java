package io.aftercall.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Rules and their values, some set and some not. Immutable. */
public final class PolicyRules {

    /** No rule is set. */
    public static final PolicyRules NONE = new PolicyRules(new Object[PolicyField.ALL.size()]);

    /** Every rule has its default. */
    public static final PolicyRules DEFAULTS = defaults();

    private final Object[] values;

    private PolicyRules(Object[] values) {
        this.values = values;
    }

    /** The value of a rule; null if it is not set. */
    @SuppressWarnings("unchecked")
    public <T> T get(PolicyField<T> field) {
        return (T) values[field.index()];
    }

    /** These rules with one set, or with null no longer set. */
    public <T> PolicyRules with(PolicyField<T> field, T value) {
        Object[] changed = values.clone();
        changed[field.index()] = value;
        return new PolicyRules(changed);
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** These rules with one as it is in others, set or not. */
    public <T> PolicyRules with(PolicyField<T> field, PolicyRules others) {
        return with(field, others.get(field));
    }

    public boolean isSet(PolicyField<?> field) {
        return values[field.index()] != null;
    }

    /** Those that are set, in the order of the contract. */
    public Stream<PolicyField<?>> fields() {
        return PolicyField.ALL.stream().filter(this::isSet);
    }

    /** These rules, and where one is not set, as others have it. */
    public PolicyRules orElse(PolicyRules others) {
        Object[] merged = values.clone();
        for (int i = 0; i < merged.length; i++) {
            merged[i] = merged[i] == null ? others.values[i] : merged[i];
        }
        return new PolicyRules(merged);
    }

    /** Hands each rule that is set on, as its name and its value as text. */
    public void forEachText(BiConsumer<String, String> consumer) {
        fields().forEach(field -> consumer.accept(field.name(), text(field)));
    }

    /**
     * The rules that {@link #forEachText} handed on.
     *
     * @throws IllegalArgumentException for a rule that there is not
     */
    public static PolicyRules ofTexts(Map<String, String> texts) {
        PolicyRules rules = NONE;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            PolicyField<?> field = PolicyField.named(text.getKey())
                    .orElseThrow(() -> new IllegalArgumentException("There is no policy rule " + text.getKey()));
            rules = rules.withParsed(field, text.getValue());
        }
        return rules;
    }

    /** Only the rules whose value differs from others'. */
    public PolicyRules differingFrom(PolicyRules others) {
        Object[] different = values.clone();
        for (int i = 0; i < different.length; i++) {
            different[i] = different[i] != null && different[i].equals(others.values[i]) ? null : different[i];
        }
        return new PolicyRules(different);
    }

    private <T> String text(PolicyField<T> field) {
        return field.format(get(field));
    }

    private <T> PolicyRules withParsed(PolicyField<T> field, String text) {
        return with(field, field.parse(text));
    }

    private static PolicyRules defaults() {
        return new PolicyRules(
                PolicyField.ALL.stream().map(PolicyField::defaultValue).toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyRules rules && Arrays.equals(values, rules.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEachText((name, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(name)
                .append('=')
                .append(value));
        return text.append('}').toString();
    }
}
