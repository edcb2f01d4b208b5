package io.aftercall.engine;

import io.aftercall.disposition.DispositionCatalogue;
import io.aftercall.disposition.DispositionChange;
import io.aftercall.disposition.PolicyDispositions;
import io.aftercall.engine.PolicyStore.Edition;
import io.aftercall.policy.PolicyKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Changes a tenant's dispositions, as a whole or not at all. */
public final class DispositionEditor {

    private final TenantId tenant;
    private final PolicyStore store;
    private final PolicyBook book;

    /** Says what a change is to do to the dispositions as they are, once or more often. What it throws comes out. */
    @FunctionalInterface
    public interface Decision extends Function<DispositionCatalogue, DispositionChange> {}

    /**
     * What came of a change, or would.
     *
     * @param before the dispositions that it was decided on
     * @param dispositions those afterwards
     * @param revision the tenant's last change of its rules
     */
    public record Result(
            DispositionCatalogue before, DispositionChange change, DispositionCatalogue dispositions, long revision) {}

    public DispositionEditor(TenantId tenant, PolicyStore store, PolicyBook book) {
        this.tenant = tenant;
        this.store = store;
        this.book = book;
    }

    /**
     * Makes a change.
     *
     * @return fails with what the decision throws, {@link BadCatalogue}, {@link InUse} or {@link QuotaExceeded}
     */
    public CompletionStage<Result> change(Decision decision, Actor actor) {
        return book.change(edition -> {
                    Result wanted = decided(decision, edition);
                    return wanted.change().isEmpty()
                            ? CompletableFuture.completedFuture(wanted)
                            : store.commit(tenant, edition, wanted.change(), actor)
                                    .thenApply(revision -> wanted);
                })
                .thenApply(made -> new Result(
                        made.before(),
                        made.change(),
                        book.edition().dispositions(),
                        book.edition().policies().revision()));
    }

    /** Says what a change would do, and does nothing. */
    public CompletionStage<Result> preview(Decision decision) {
        return book.refresh().thenApply(policies -> decided(decision, book.edition()));
    }

    private static Result decided(Decision decision, Edition edition) {
        DispositionCatalogue before = edition.dispositions();
        DispositionChange change = decision.apply(before);
        DispositionCatalogue after = change.on(before);
        if (after.size() > DispositionCatalogue.MAX_SIZE) {
            throw new QuotaExceeded("dispositions", DispositionCatalogue.MAX_SIZE);
        }
        if (after.formsSize() > DispositionCatalogue.MAX_FORMS) {
            throw new QuotaExceeded("characters in forms", DispositionCatalogue.MAX_FORMS);
        }
        Map<String, Map<String, String>> violations = after.violations();
        if (!violations.isEmpty()) {
            throw new BadCatalogue(violations);
        }
        List<PolicyKey> unfounded = PolicyDispositions.unfounded(edition.policies(), after);
        if (!change.isEmpty() && !unfounded.isEmpty()) {
            throw new InUse(unfounded);
        }
        return new Result(before, change, after, edition.policies().revision());
    }

    /** The tree would not be one. */
    public static final class BadCatalogue extends RuntimeException {
        private final transient Map<String, Map<String, String>> violations;

        BadCatalogue(Map<String, Map<String, String>> violations) {
            super("The catalogue is invalid", null, false, false);
            this.violations = violations;
        }

        /** What is wrong, by code and field. */
        public Map<String, Map<String, String>> violations() {
            return violations;
        }
    }

    /** Policies want a disposition that there would be no more, or not for them. */
    public static final class InUse extends RuntimeException {
        private final transient List<PolicyKey> policies;

        InUse(List<PolicyKey> policies) {
            super("Policies want the disposition", null, false, false);
            this.policies = policies;
        }

        public List<PolicyKey> policies() {
            return policies;
        }
    }
}
