package io.aftercall.engine;

import java.time.Instant;
import java.util.Set;

/**
 * Which wrap-ups are looked for: those of which all of this is true. Drafts never are.
 *
 * @param query words, in Spanish or in English; null for any
 * @param tags all of them
 * @param agentIds one of them, as with the next three; empty for any
 * @param customerId null for any
 * @param start of interactions that took place then or later; null for any
 * @param end of interactions that took place before; null for any
 */
public record WrapUpSearch(
        String query,
        Set<String> tags,
        Set<String> agentIds,
        Set<String> teamIds,
        Set<String> queueIds,
        Set<String> dispositionCodes,
        String customerId,
        Instant start,
        Instant end) {

    public static final WrapUpSearch ALL =
            new WrapUpSearch(null, Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, null);
}
