package io.aftercall.store;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.PromisedFollowUpContract;
import io.aftercall.engine.TenantId;
import io.aftercall.wrapup.StoredWrapUp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class PostgresPromisedFollowUpTest extends PromisedFollowUpContract {

    @Inject
    AgentStore store;

    @Inject
    OwnerPool owner;

    @Override
    protected AgentStore store() {
        return store;
    }

    @Override
    protected TenantId freshTenant() {
        return PostgresRows.freshTenant(owner.pool());
    }

    @Override
    protected Map<Integer, StoredWrapUp> wrapUps(TenantId tenant, AcwKey acw) {
        return PostgresRows.wrapUps(owner.pool(), tenant, acw);
    }

    @Override
    protected void letTimePass() {
        // PostgreSQL's clock does by itself.
    }
}
