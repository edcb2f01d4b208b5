package io.aftercall.engine;

import java.util.UUID;

class InMemoryPolicyStoreTest extends PolicyStoreContract {

    private final SettableClock clock = new SettableClock();
    private final InMemoryAgentStore agents = new InMemoryAgentStore(clock);
    private final InMemoryPolicyStore store = new InMemoryPolicyStore(agents, clock);

    @Override
    protected PolicyStore store() {
        return store;
    }

    @Override
    protected AgentStore agents() {
        return agents;
    }

    @Override
    protected TenantId freshTenant() {
        return new TenantId(UUID.randomUUID().toString());
    }
}
