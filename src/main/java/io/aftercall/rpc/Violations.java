package io.aftercall.rpc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is wrong with a request: every field at once. */
final class Violations {

    private final Map<String, String> byField = new LinkedHashMap<>();

    /** The request's fields are bad. */
    static final class InvalidFields extends RuntimeException {

        private final transient Map<String, String> violations;

        InvalidFields(Map<String, String> violations) {
            super("Invalid fields", null, false, false);
            this.violations = violations;
        }

        Map<String, String> violations() {
            return violations;
        }
    }

    void add(String field, String what) {
        byField.putIfAbsent(field, what);
    }

    /** Adds what there is; returns whether there was anything. */
    boolean add(String field, Optional<String> what) {
        what.ifPresent(violation -> add(field, violation));
        return what.isPresent();
    }

    boolean none() {
        return byField.isEmpty();
    }

    /**
     * @throws InvalidFields if there are any
     */
    void throwIfAny() {
        if (!byField.isEmpty()) {
            throw new InvalidFields(byField);
        }
    }
}
