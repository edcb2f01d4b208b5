package io.aftercall.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the agent's window decides without drawing anything, in the browser that it decides in. */
class DraftIT {

    @RegisterExtension
    static final ServedPages pages = new ServedPages();

    private Object run(String module, String script) {
        Page page = pages.open("/ui/icon.svg");
        return page.evaluate("async () => { const m = await import('/ui/wrap-up/" + module
                + ".js'); return JSON.stringify(" + script + "); }");
    }

    @Test
    void takesOverWhatOnlyOneHasChanged() {
        assertThat(
                        run(
                                "merge",
                                """
                        m.merge({ notes: 'a', subject: 's' }, { notes: 'a b', subject: 's' }, { notes: 'a', subject: 't', tags: ['x'] })
                        """))
                .isEqualTo("{\"merged\":{\"subject\":\"t\",\"notes\":\"a b\",\"tags\":[\"x\"]},\"conflicts\":[]}");
    }

    @Test
    void whatBothHaveChangedIsToBeChosen() {
        assertThat(run("merge", "m.merge({ notes: 'a' }, { notes: 'a b' }, { notes: 'a c' })"))
                .isEqualTo("{\"merged\":{\"notes\":\"a b\"},\"conflicts\":[{\"field\":\"notes\",\"mine\":\"a b\","
                        + "\"theirs\":\"a c\",\"joined\":\"a\\nc\\nb\"}]}");
    }

    @Test
    void theSameChangeOnBothSidesIsNoConflict() {
        assertThat(run("merge", "m.merge({ notes: 'a' }, { notes: 'caf\\u00e9' }, { notes: 'cafe\\u0301' }).conflicts"))
                .isEqualTo("[]");
    }

    @Test
    void tagsAreMergedOneByOne() {
        assertThat(
                        run(
                                "merge",
                                "m.merge({ tags: ['a', 'b'] }, { tags: ['b', 'mine'] }, { tags: ['a', 'theirs'] }).merged.tags"))
                .isEqualTo("[\"mine\",\"theirs\"]");
    }

    @Test
    void valuesOfOneFormAreMergedOneByOneAndOfTwoNotAtAll() {
        assertThat(
                        run(
                                "merge",
                                """
                        m.merge({ disposition_code: 'A', form_values: { x: 1, y: 1 } },
                            { disposition_code: 'A', form_values: { x: 2, y: 1 } },
                            { disposition_code: 'A', form_values: { x: 1, y: 3 } }).merged.form_values
                        """))
                .isEqualTo("{\"x\":2,\"y\":3}");
        assertThat(
                        run(
                                "merge",
                                """
                        m.merge({ disposition_code: 'A' }, { disposition_code: 'B', form_values: { b: 1 } },
                            { disposition_code: 'C' }).conflicts.map(({ field }) => field)
                        """))
                .isEqualTo("[\"disposition\"]");
    }

    /** What is read again after a lost answer is what was sent, not somebody else's. */
    @Test
    void whatWasSentAndNotAnsweredIsNoConflictWhenItStands() {
        assertThat(
                        run(
                                "draft",
                                """
                        m.met(m.changed(m.sending(m.changed(m.begun(), 'notes', 'one'), 'id'), 'notes', 'one two'), { notes: 'one' }, '1')
                        """))
                .isEqualTo(
                        "{\"base\":{\"notes\":\"one\"},\"etag\":\"1\",\"mine\":{\"notes\":\"one two\"},\"pending\":null,"
                                + "\"conflicts\":[]}");
    }

    @Test
    void aConflictStaysUntilItIsDecided() {
        assertThat(
                        run(
                                "draft",
                                """
                        [m.met(m.changed(m.begun({ notes: 'a' }, '1'), 'notes', 'b'), { notes: 'c' }, '2')]
                          .flatMap((one) => [one, m.met(one, { notes: 'c', subject: 's' }, '3'), m.resolved(one, 'notes', 'd')])
                          .map((one) => [one.conflicts.length, one.mine.notes, m.unsaved(one)])
                        """))
                .isEqualTo("[[1,\"b\",true],[1,\"b\",true],[0,\"d\",true]]");
    }

    @Test
    void savesAfterAPauseAndAtTheLatestAfterThreeSeconds() {
        assertThat(
                        run(
                                "pace",
                                "[m.dueAt(0, 0), m.dueAt(0, 1000), m.dueAt(0, 2900), m.retryIn(1), m.retryIn(9), m.retryIn(1, 9000)]"))
                .isEqualTo("[800,1800,3000,500,8000,9000]");
    }

    @Test
    void findsDispositionsWithAllThatIsAboveThem() {
        assertThat(
                        run(
                                "disposition-tree",
                                """
                        m.treeRows([{ code: 'A', label: 'Atención', group: true }, { code: 'B', label: 'Avería', parent_code: 'A' },
                            { code: 'C', label: 'Otro' }], 'averia').rows.map(({ disposition, level, expanded }) => [disposition.code, level, expanded])
                        """))
                .isEqualTo("[[\"A\",1,true],[\"B\",2,null]]");
    }

    @Test
    void knowsTheFieldsOfAForm() {
        assertThat(
                        run(
                                "form-fields",
                                """
                        m.fieldsOf({ required: ['n'], properties: { d: { type: 'string', format: 'date' }, n: { type: 'integer' },
                            e: { enum: ['x', 'y'] }, o: { oneOf: [{ const: 1, title: 'One' }] }, b: { type: 'boolean' },
                            a: { type: 'array', items: { enum: ['p'] } }, z: { type: ['string', 'number'] } } })
                          .map(({ name, kind, required }) => name + ' ' + kind + (required ? '!' : ''))
                        """))
                .isEqualTo("[\"n integer!\",\"d date\",\"e choice\",\"o choice\",\"b flag\",\"a choices\",\"z json\"]");
    }
}
