package io.aftercall.disposition;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What becomes of a catalogue.
 *
 * @param put new ones, and those that differ from what they were
 * @param removed the codes of those that go
 */
public record DispositionChange(List<Disposition> put, Set<String> removed) {

    public DispositionChange {
        put = List.copyOf(put);
        removed = Set.copyOf(removed);
    }

    /** Puts those of some that are new or different, and removes others. */
    public static DispositionChange of(DispositionCatalogue before, List<Disposition> wanted, Set<String> removed) {
        Predicate<Disposition> stored = disposition ->
                before.find(disposition.code()).filter(disposition::says).isPresent();
        return new DispositionChange(wanted.stream().filter(stored.negate()).toList(), removed);
    }

    public boolean isEmpty() {
        return put.isEmpty() && removed.isEmpty();
    }

    public DispositionCatalogue on(DispositionCatalogue before) {
        return before.without(removed).with(put);
    }

    /** What would be wrong with the tree afterwards; see {@link DispositionCatalogue#violations}. */
    public Map<String, Map<String, String>> violations(DispositionCatalogue before) {
        return on(before).violations();
    }
}
