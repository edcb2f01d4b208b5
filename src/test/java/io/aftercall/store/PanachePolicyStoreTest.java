package io.aftercall.store;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.PolicyStore;
import io.aftercall.engine.PolicyStoreContract;
import io.aftercall.engine.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class PanachePolicyStoreTest extends PolicyStoreContract {

    @Inject
    PolicyStore store;

    @Inject
    AgentStore agents;

    @Inject
    OwnerPool owner;

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
        return PostgresRows.freshTenant(owner.pool());
    }
}
