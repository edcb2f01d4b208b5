package io.aftercall.feed;

import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A piece of the log that has whole commands only and ends before a gap.
 *
 * @param last whether the log had no more
 */
record LogPage(List<CommittedChange> changes, boolean last) {

    /**
     * Reads what comes after a revision.
     *
     * @param since as far as is known, nothing after the revision is older
     * @param size how many changes to read; more where one command has more
     */
    static CompletionStage<LogPage> read(AgentStore store, TenantId tenant, long revision, Instant since, int size) {
        return store.changesAfter(tenant, revision, since, size).thenCompose(changes -> {
            int dense = dense(changes);
            if (dense < changes.size()) {
                return CompletableFuture.completedFuture(new LogPage(changes.subList(0, dense), false));
            }
            if (changes.size() < size) {
                return CompletableFuture.completedFuture(new LogPage(changes, true));
            }
            int whole = size - 1;
            while (whole > 0 && changes.get(whole - 1).sameCommandAs(changes.get(whole))) {
                whole--;
            }
            return whole > 0
                    ? CompletableFuture.completedFuture(new LogPage(changes.subList(0, whole), false))
                    : read(store, tenant, revision, since, size * 2);
        });
    }

    /** How many follow each other. */
    private static int dense(List<CommittedChange> changes) {
        int dense = Math.min(1, changes.size());
        while (dense < changes.size()
                && changes.get(dense).revision() == changes.get(dense - 1).revision() + 1) {
            dense++;
        }
        return dense;
    }
}
