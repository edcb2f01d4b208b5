package io.aftercall.web;

import java.util.List;

/**
 * Whose pages may have an agent's window in them.
 *
 * @param origins as {@code https://crm.example}; nobody's if there are none
 */
public record FrameAncestors(List<String> origins) {

    public FrameAncestors {
        origins = List.copyOf(origins);
    }

    /** As the Content Security Policy has it. */
    String policy() {
        return origins.isEmpty() ? "'none'" : String.join(" ", origins);
    }
}
