package io.aftercall.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What is to be answered for, in the order in which it happened: nothing is ever changed in it, and each entry is
 * chained to the one before by a hash. A tenant's acts are in his own, those of operators in that of
 * {@link TenantId#INSTALLATION}.
 */
public interface AuditTrail {

    /** Appends; completes when that is committed. */
    CompletionStage<Void> append(TenantId tenant, List<AuditEvent> events);

    /**
     * Entries after one, oldest first.
     *
     * @param after 0 for the beginning
     */
    CompletionStage<List<Entry>> after(TenantId tenant, long after, int limit);

    /** Entries before one that match, latest first. */
    CompletionStage<List<Entry>> before(TenantId tenant, long before, Filter filter, int limit);

    /** Between what the entries must be. */
    CompletionStage<Ends> ends(TenantId tenant);

    /** Forgets entries that are older, of all tenants. */
    CompletionStage<Void> forget(Duration age);

    /**
     * An entry.
     *
     * @param sequence counts a tenant's entries from 1, without a hole
     * @param content a JSON object, as it was when the hash was made
     * @param hash SHA-256 over the hash before, the sequence, the time and the content
     */
    record Entry(long sequence, Instant time, String content, byte[] hash) {}

    /**
     * Of what is kept.
     *
     * @param firstSequence of the first entry that has not been forgotten
     * @param hashBefore of the entry before that one; empty if it is the first of all
     * @param lastSequence of the last entry; one less than the first if there is none
     */
    record Ends(long firstSequence, byte[] hashBefore, long lastSequence, byte[] lastHash) {}

    /** What is looked for; empty for any. */
    record Filter(
            Optional<Instant> start,
            Optional<Instant> end,
            Optional<String> actor,
            Optional<String> action,
            Optional<AuditEvent.Outcome> outcome) {}
}
