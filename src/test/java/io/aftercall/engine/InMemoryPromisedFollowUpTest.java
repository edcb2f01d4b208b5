package io.aftercall.engine;

import io.aftercall.wrapup.StoredWrapUp;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

class InMemoryPromisedFollowUpTest extends PromisedFollowUpContract {

    private final SettableClock clock = new SettableClock();
    private final InMemoryAgentStore store = new InMemoryAgentStore(clock);

    @Override
    protected AgentStore store() {
        return store;
    }

    @Override
    protected TenantId freshTenant() {
        return new TenantId(UUID.randomUUID().toString());
    }

    @Override
    protected Map<Integer, StoredWrapUp> wrapUps(TenantId tenant, AcwKey acw) {
        return store.wrapUps(tenant, acw);
    }

    @Override
    protected void letTimePass() {
        clock.tick(Duration.ofSeconds(1));
    }
}
