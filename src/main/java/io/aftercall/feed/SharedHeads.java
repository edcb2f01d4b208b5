package io.aftercall.feed;

import io.aftercall.engine.AgentStore;
import io.aftercall.engine.TenantId;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Asks the database where the logs end, once for all tenants whose turn it is. */
public final class SharedHeads implements FeedTail.Heads {

    private final SharedWork<Map<TenantId, AgentStore.Head>> question;

    public SharedHeads(AgentStore store) {
        this.question = new SharedWork<>(store::heads);
    }

    @Override
    public CompletionStage<AgentStore.Head> of(TenantId tenant) {
        return question.join().thenApply(heads -> {
            AgentStore.Head head = heads.get(tenant);
            if (head == null) {
                throw new TenantGone();
            }
            return head;
        });
    }
}
