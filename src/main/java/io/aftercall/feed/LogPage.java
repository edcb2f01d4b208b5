package io.aftercall.feed;

import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.TenantId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A piece of the log that has whole commands only.
 *
 * @param last whether the log had no more
 */
record LogPage(List<CommittedChange> changes, boolean last) {

    /**
     * Reads what comes after a revision.
     *
     * @param size how many changes to read; more where one command has more
     */
    static CompletionStage<LogPage> read(AgentStore store, TenantId tenant, long revision, int size) {
        return store.changesAfter(tenant, revision, size).thenCompose(changes -> {
            if (changes.size() < size) {
                return CompletableFuture.completedFuture(new LogPage(changes, true));
            }
            int whole = size - 1;
            while (whole > 0 && changes.get(whole - 1).sameCommandAs(changes.get(whole))) {
                whole--;
            }
            return whole > 0
                    ? CompletableFuture.completedFuture(new LogPage(changes.subList(0, whole), false))
                    : read(store, tenant, revision, size * 2);
        });
    }
}
