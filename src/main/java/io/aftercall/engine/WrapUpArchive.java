package io.aftercall.engine;

import io.aftercall.wrapup.StoredWrapUp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What agents have written, to be read. */
public interface WrapUpArchive {

    CompletionStage<Optional<WrapUpRecord>> find(TenantId tenant, AcwKey key);

    /**
     * The revisions of a wrap-up that have been replaced, the latest first.
     *
     * @param before only those before this one; {@link Integer#MAX_VALUE} for all
     */
    CompletionStage<List<StoredWrapUp>> replaced(TenantId tenant, AcwKey key, int before, int limit);

    /**
     * The wrap-ups in which something is missing and that can still be edited, those first that close first.
     *
     * @param search only agents and teams are looked at
     */
    CompletionStage<List<WrapUpRecord>> toComplete(
            TenantId tenant, WrapUpSearch search, Optional<Place> after, int limit);

    /** The latest interaction first. */
    CompletionStage<List<WrapUpRecord>> search(TenantId tenant, WrapUpSearch search, Optional<Place> before, int limit);

    /**
     * The tags that are in use, by their names.
     *
     * @param after the last of the page before; empty for the first
     */
    CompletionStage<List<Tag>> tags(TenantId tenant, String prefix, String after, int limit);

    /**
     * Gives a tag another name in some of the wrap-ups that have it, alone on the tenant: another revision of each, of
     * which other systems are told.
     *
     * @param by who wants it
     * @param audit what is to be kept of it
     * @return how many that were; 0 once none is left
     */
    CompletionStage<Integer> renameTag(
            TenantId tenant, String tag, String newTag, String by, int limit, List<AuditEvent> audit);

    /** A place in a list; what is of the same time goes by agent and interaction. */
    record Place(Instant time, String agentId, String interactionId) {}

    /**
     * A tag.
     *
     * @param wrapUps how many have it that are no drafts
     */
    record Tag(String name, long wrapUps) {}
}
