package io.aftercall.engine;

import io.aftercall.followup.FollowUp;
import io.aftercall.followup.FollowUpState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What has been promised to customers, to be read. */
public interface FollowUpArchive {

    CompletionStage<Optional<FollowUp>> find(TenantId tenant, UUID id);

    /**
     * The revisions of a follow-up that have been replaced, the latest first.
     *
     * @param before only those before this one; {@link Integer#MAX_VALUE} for all
     */
    CompletionStage<List<FollowUp>> replaced(TenantId tenant, UUID id, int before, int limit);

    /**
     * Those that are looked for, by when they are due.
     *
     * @param latestFirst whether those come first that are due last
     * @param after in that order
     */
    CompletionStage<List<FollowUp>> list(
            TenantId tenant, Search search, boolean latestFirst, Optional<Place> after, int limit);

    /** How many are looked for; those beyond the limit are not counted. */
    CompletionStage<Integer> count(TenantId tenant, Search search, int limit);

    /**
     * Which are looked for.
     *
     * @param holders agents who hold them; with the next two, one of them is enough; all empty for any
     * @param teams that they are with
     * @param departments that they are with
     * @param customerId null for any
     * @param states one of them
     * @param overdue whether only those whose time has passed
     */
    record Search(
            Set<String> holders,
            Set<String> teams,
            Set<String> departments,
            String customerId,
            Set<FollowUpState> states,
            boolean overdue) {

        public boolean ofAnybody() {
            return holders.isEmpty() && teams.isEmpty() && departments.isEmpty();
        }
    }

    /** A place in a list. */
    record Place(Instant dueTime, UUID id) {}
}
