package io.aftercall.engine;

import io.aftercall.followup.FollowUp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What is kept of customers, to be given to them and to be forgotten. */
public interface CustomerArchive {

    /**
     * What was written about a customer, drafts too, by agent and interaction.
     *
     * @param after the last of the page before
     */
    CompletionStage<List<WrapUpRecord>> wrapUps(TenantId tenant, String customerId, Optional<AcwKey> after, int limit);

    /**
     * What was promised to a customer, or in an interaction of his that has ended and to nobody by name; those that are
     * due first.
     *
     * @param after the last of the page before
     */
    CompletionStage<List<FollowUp>> followUps(
            TenantId tenant, String customerId, Optional<FollowUpArchive.Place> after, int limit);

    /**
     * Erases some of what is kept of a customer, alone on the tenant, and cancels what was still to be done for him; the
     * last portion is told to other systems.
     *
     * @param by who wants it
     * @param limit of each kind
     * @param audit what is to be kept of it
     */
    CompletionStage<Erased> erase(TenantId tenant, String customerId, String by, int limit, List<AuditEvent> audit);

    /**
     * Forgets some of what was written longer ago than {@code age}, and of the promises that have been kept since.
     *
     * @param limit of each kind
     * @return whether there may be more
     */
    CompletionStage<Boolean> forget(TenantId tenant, Duration age, int limit);

    /** How much was erased. */
    record Erased(int wrapUps, int followUps, int interactions) {

        public Erased plus(Erased more) {
            return new Erased(wrapUps + more.wrapUps, followUps + more.followUps, interactions + more.interactions);
        }

        /** Whether some of it may be left, as much was erased as could be. */
        public boolean reached(int limit) {
            return wrapUps >= limit || followUps >= limit || interactions >= limit;
        }
    }
}
