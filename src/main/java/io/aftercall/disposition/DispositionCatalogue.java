package io.aftercall.disposition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All dispositions of a tenant: a tree. A tenant without any takes every code, as one who keeps the list elsewhere
 * wants. Immutable.
 */
public final class DispositionCatalogue implements Dispositions {

    /** How many a tenant may have. */
    public static final int MAX_SIZE = 2_000;

    /** How many characters their forms may have in all. */
    public static final int MAX_FORMS = 1024 * 1024;

    /** How many may stand below each other, the first and the last counted. */
    public static final int MAX_DEPTH = 8;

    private static final Comparator<Disposition> AS_SHOWN = Comparator.comparingInt(Disposition::position)
            .thenComparing(Disposition::label)
            .thenComparing(Disposition::code);

    private final Map<String, Disposition> byCode;
    private final Function<String, Form> forms;

    private DispositionCatalogue(Map<String, Disposition> byCode, Function<String, Form> forms) {
        this.byCode = byCode;
        this.forms = forms;
    }

    /**
     * @param forms what makes forms of their schemas
     */
    public static DispositionCatalogue of(Collection<Disposition> dispositions, Function<String, Form> forms) {
        return new DispositionCatalogue(Map.of(), forms).with(dispositions);
    }

    /** This with some put in, or in the place of those of the same code. */
    public DispositionCatalogue with(Collection<Disposition> more) {
        Map<String, Disposition> all = new HashMap<>(byCode);
        more.forEach(disposition -> all.put(disposition.code(), disposition));
        return new DispositionCatalogue(all, forms);
    }

    /** This without some. */
    public DispositionCatalogue without(Set<String> codes) {
        Map<String, Disposition> rest = new HashMap<>(byCode);
        rest.keySet().removeAll(codes);
        return new DispositionCatalogue(rest, forms);
    }

    public Optional<Disposition> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    public boolean isEmpty() {
        return byCode.isEmpty();
    }

    public int size() {
        return byCode.size();
    }

    /** How many characters all forms have. */
    public int formsSize() {
        return byCode.values().stream()
                .mapToInt(disposition -> disposition.formSchema().length())
                .sum();
    }

    /** Whether a code may be chosen by somebody: it is active, as is all above it, and not a mere group. */
    public boolean choosable(Disposition disposition) {
        return !disposition.group() && lineage(disposition).allMatch(Disposition::active);
    }

    /** Whether there is anything that somebody may choose. */
    public boolean offersAny() {
        return byCode.values().stream().anyMatch(this::choosable);
    }

    /** All as they are shown: each after the one that it is below, and by position, label and code beside others. */
    public List<Disposition> inOrder() {
        Map<Optional<String>, List<Disposition>> below = new HashMap<>();
        byCode.values().stream().sorted(AS_SHOWN).forEach(found -> below.computeIfAbsent(
                        found.parentCode(), any -> new ArrayList<>())
                .add(found));
        return below(Optional.empty(), below).toList();
    }

    /** Those right below one. */
    public Stream<Disposition> below(String code) {
        return byCode.values().stream()
                .filter(child -> child.parentCode().filter(code::equals).isPresent());
    }

    /** What can be chosen in a place, and what is above it, as shown. */
    public List<Disposition> choosableIn(Place place) {
        Set<String> shown = byCode.values().stream()
                .filter(disposition -> against(disposition.code(), place).isEmpty())
                .flatMap(this::lineage)
                .map(Disposition::code)
                .collect(Collectors.toSet());
        return inOrder().stream()
                .filter(disposition -> shown.contains(disposition.code()))
                .toList();
    }

    private static Stream<Disposition> below(
            Optional<String> parent, Map<Optional<String>, List<Disposition>> children) {
        return children.getOrDefault(parent, List.of()).stream()
                .flatMap(child -> Stream.concat(Stream.of(child), below(Optional.of(child.code()), children)));
    }

    @Override
    public Optional<Objection> objection(String code, String formValues, Place place) {
        if (isEmpty()) {
            return Optional.empty();
        }
        Form form = Form.NONE;
        if (code != null) {
            Optional<Reason> reason = against(code, place);
            if (reason.isPresent()) {
                return Optional.of(new Objection(reason.get(), Map.of()));
            }
            form = forms.apply(byCode.get(code).formSchema());
        }
        Map<String, String> violations = form.violations(formValues);
        return violations.isEmpty() ? Optional.empty() : Optional.of(new Objection(Reason.FORM, violations));
    }

    private Optional<Reason> against(String code, Place place) {
        Disposition chosen = byCode.get(code);
        if (chosen == null) {
            return Optional.of(Reason.UNKNOWN);
        }
        if (!choosable(chosen)) {
            return Optional.of(Reason.INACTIVE);
        }
        boolean queueToCome = chosen.scope() == DispositionScope.QUEUE && !place.interactionKnown();
        return queueToCome || chosen.concerns(place.teamId(), place.queueId())
                ? Optional.empty()
                : Optional.of(Reason.OUT_OF_SCOPE);
    }

    /** What is wrong with the tree, by the code that is wrong: the name of the field and what about it. */
    public Map<String, Map<String, String>> violations() {
        Map<String, Map<String, String>> violations = new TreeMap<>();
        for (Disposition disposition : byCode.values()) {
            Map<String, String> ofOne = violations(disposition);
            if (!ofOne.isEmpty()) {
                violations.put(disposition.code(), ofOne);
            }
        }
        return violations;
    }

    private Map<String, String> violations(Disposition disposition) {
        Map<String, String> violations = new LinkedHashMap<>();
        disposition.parentCode().ifPresent(code -> {
            Optional<Disposition> parent = find(code);
            if (parent.isEmpty()) {
                violations.put("parent_code", "is not in the catalogue");
            } else if (lineage(disposition).count() > MAX_DEPTH) {
                violations.put("parent_code", "makes more than " + MAX_DEPTH + " levels, or a circle");
            } else if (parent.get().scope() != DispositionScope.TENANT && !disposition.sameScope(parent.get())) {
                violations.put("scope", "must be the team or queue of the disposition above");
            }
        });
        return violations;
    }

    /** A disposition and all above it; of a circle, one more than there may be levels. */
    private Stream<Disposition> lineage(Disposition disposition) {
        return Stream.iterate(Optional.of(disposition), Optional::isPresent, at -> at.flatMap(Disposition::parentCode)
                        .flatMap(this::find))
                .flatMap(Optional::stream)
                .limit(MAX_DEPTH + 1L);
    }
}
