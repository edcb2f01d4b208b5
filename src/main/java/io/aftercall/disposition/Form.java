package io.aftercall.disposition;

import java.util.Map;

/** What is to be filled in beside the notes. */
@FunctionalInterface
public interface Form {

    /** Nothing is. */
    Form NONE = values -> values.isEmpty() ? Map.of() : Map.of("", "must be absent: the disposition has no form");

    /**
     * What is wrong with values.
     *
     * @param values a JSON object; empty for none
     * @return by field, as {@code order.number}, or empty for the whole
     */
    Map<String, String> violations(String values);
}
