package io.aftercall.disposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.disposition.Dispositions.Objection;
import io.aftercall.disposition.Dispositions.Place;
import io.aftercall.disposition.Dispositions.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispositionCatalogueTest {

    private static final Place ANYWHERE = new Place(Optional.empty(), Optional.empty(), true);

    /** A form that wants to be given something. */
    private static final Form WANTS = values -> values.isEmpty() ? Map.of("number", "is required") : Map.of();

    @Test
    void withoutACatalogueEveryCodeMayBeChosen() {
        assertThat(catalogue().objection("ANYTHING", "{\"a\":1}", ANYWHERE)).isEmpty();
    }

    @Test
    void withOneOnlyWhatIsInIt() {
        assertThat(catalogue(one("SALE")).objection("SALE", "", ANYWHERE)).isEmpty();
        assertThat(catalogue(one("SALE")).objection(null, "", ANYWHERE)).isEmpty();
        assertThat(reason(catalogue(one("SALE")), "sale", ANYWHERE)).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void whatStandsBelowSomethingInactiveCannotBeChosen() {
        DispositionCatalogue catalogue =
                catalogue(retired(one("ALL")), below("SOME", "ALL"), below("SALE", "SOME"), one("OTHER"));

        assertThat(reason(catalogue, "SALE", ANYWHERE)).isEqualTo(Reason.INACTIVE);
        assertThat(reason(catalogue, "ALL", ANYWHERE)).isEqualTo(Reason.INACTIVE);
        assertThat(catalogue.objection("OTHER", "", ANYWHERE)).isEmpty();
    }

    @Test
    void aGroupIsNotChosenItself() {
        DispositionCatalogue catalogue = catalogue(group(one("ALL")), below("SALE", "ALL"));

        assertThat(reason(catalogue, "ALL", ANYWHERE)).isEqualTo(Reason.INACTIVE);
        assertThat(catalogue.objection("SALE", "", ANYWHERE)).isEmpty();
    }

    @Test
    void whatIsForATeamOrQueueIsChosenOnlyThere() {
        DispositionCatalogue catalogue = catalogue(
                scoped(one("T"), DispositionScope.TEAM, "blue"), scoped(one("Q"), DispositionScope.QUEUE, "sales"));
        Place there = new Place(Optional.of("blue"), Optional.of("sales"), true);
        Place elsewhere = new Place(Optional.of("sales"), Optional.of("blue"), true);

        for (String code : List.of("T", "Q")) {
            assertThat(catalogue.objection(code, "", there)).isEmpty();
            assertThat(reason(catalogue, code, elsewhere)).isEqualTo(Reason.OUT_OF_SCOPE);
            assertThat(reason(catalogue, code, ANYWHERE)).isEqualTo(Reason.OUT_OF_SCOPE);
        }
    }

    @Test
    void asLongAsTheQueueIsNotKnownItIsNotHeldAgainstTheAgent() {
        DispositionCatalogue catalogue = catalogue(
                scoped(one("T"), DispositionScope.TEAM, "blue"), scoped(one("Q"), DispositionScope.QUEUE, "sales"));
        Place early = new Place(Optional.empty(), Optional.empty(), false);

        assertThat(catalogue.objection("Q", "", early)).isEmpty();
        assertThat(reason(catalogue, "T", early)).isEqualTo(Reason.OUT_OF_SCOPE);
    }

    @Test
    void valuesAreHeldAgainstTheFormOfTheDisposition() {
        DispositionCatalogue catalogue = catalogue(formed(one("ORDER")), one("PLAIN"));

        assertThat(catalogue.objection("ORDER", "{}", ANYWHERE)).isEmpty();
        assertThat(catalogue.objection("ORDER", "", ANYWHERE))
                .contains(new Objection(Reason.FORM, Map.of("number", "is required")));
        assertThat(reason(catalogue, "PLAIN", "{}", ANYWHERE)).isEqualTo(Reason.FORM);
        assertThat(reason(catalogue, null, "{}", ANYWHERE)).isEqualTo(Reason.FORM);
    }

    @Test
    void isShownAsATree() {
        DispositionCatalogue catalogue = catalogue(
                below("B2", "B"), at(one("B"), 1), at(one("A"), 2), at(below("B1", "B"), -1), below("B21", "B2"));

        assertThat(codes(catalogue.inOrder())).containsExactly("B", "B1", "B2", "B21", "A");
    }

    @Test
    void whatCanBeChosenInAPlaceComesWithWhatIsAbove() {
        DispositionCatalogue catalogue = catalogue(
                group(one("ALL")),
                scoped(below("MINE", "ALL"), DispositionScope.TEAM, "blue"),
                scoped(below("THEIRS", "ALL"), DispositionScope.TEAM, "red"),
                group(one("EMPTY")));

        assertThat(codes(catalogue.choosableIn(new Place(Optional.of("blue"), Optional.empty(), true))))
                .containsExactly("ALL", "MINE");
    }

    @Test
    void everyFaultOfATreeIsNamed() {
        DispositionCatalogue catalogue = catalogue(
                below("ORPHAN", "NOBODY"),
                below("X", "Y"),
                below("Y", "X"),
                scoped(one("TEAM"), DispositionScope.TEAM, "blue"),
                below("WIDER", "TEAM"),
                scoped(below("FINE", "TEAM"), DispositionScope.TEAM, "blue"));

        assertThat(catalogue.violations().keySet()).containsExactly("ORPHAN", "WIDER", "X", "Y");
        assertThat(catalogue.violations().get("WIDER")).containsOnlyKeys("scope");
    }

    @Test
    void aTreeHasEightLevelsAtMost() {
        List<Disposition> chain = IntStream.range(0, 9)
                .mapToObj(i -> i == 0 ? one("L0") : below("L" + i, "L" + (i - 1)))
                .toList();

        assertThat(DispositionCatalogue.of(chain.subList(0, 8), schema -> Form.NONE)
                        .violations())
                .isEmpty();
        assertThat(DispositionCatalogue.of(chain, schema -> Form.NONE)
                        .violations()
                        .keySet())
                .containsExactly("L8");
    }

    @Test
    void aChangeHasOnlyWhatDiffers() {
        DispositionCatalogue before =
                catalogue(one("SAME").at(7, null), one("OTHER").at(7, null));

        DispositionChange change =
                DispositionChange.of(before, List.of(one("SAME"), retired(one("OTHER")), one("NEW")), Set.of());

        assertThat(codes(change.put())).containsExactly("OTHER", "NEW");
    }

    static DispositionCatalogue catalogue(Disposition... dispositions) {
        return DispositionCatalogue.of(List.of(dispositions), schema -> schema.isEmpty() ? Form.NONE : WANTS);
    }

    private static List<String> codes(List<Disposition> dispositions) {
        return dispositions.stream().map(Disposition::code).toList();
    }

    private static Reason reason(DispositionCatalogue catalogue, String code, Place place) {
        return reason(catalogue, code, "", place);
    }

    private static Reason reason(DispositionCatalogue catalogue, String code, String values, Place place) {
        return catalogue.objection(code, values, place).orElseThrow().reason();
    }

    static Disposition one(String code) {
        return Disposition.named(code, "The " + code);
    }

    private static Disposition below(String code, String parent) {
        return changed(one(code), Optional.of(parent), DispositionScope.TENANT, "", true, false, 0, "");
    }

    static Disposition retired(Disposition of) {
        return changed(of, of.parentCode(), of.scope(), of.scopeId(), false, of.group(), of.position(), "");
    }

    private static Disposition group(Disposition of) {
        return changed(of, of.parentCode(), of.scope(), of.scopeId(), true, true, of.position(), "");
    }

    static Disposition scoped(Disposition of, DispositionScope scope, String id) {
        return changed(of, of.parentCode(), scope, id, true, false, of.position(), "");
    }

    private static Disposition at(Disposition of, int position) {
        return changed(of, of.parentCode(), of.scope(), of.scopeId(), true, false, position, "");
    }

    private static Disposition formed(Disposition of) {
        return changed(of, of.parentCode(), of.scope(), of.scopeId(), true, false, 0, "{}");
    }

    private static Disposition changed(
            Disposition of,
            Optional<String> parent,
            DispositionScope scope,
            String scopeId,
            boolean active,
            boolean group,
            int position,
            String form) {
        return new Disposition(of.code(), of.label(), parent, scope, scopeId, active, group, position, form, 0, null);
    }
}
