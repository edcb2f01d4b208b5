package io.aftercall.rpc;

import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.CustomerArchive;
import io.aftercall.engine.FollowUpArchive;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpRecord;
import io.aftercall.followup.FollowUp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows nobody. */
final class CustomersInMemory implements CustomerArchive {

    @Override
    public CompletionStage<List<WrapUpRecord>> wrapUps(
            TenantId tenant, String customerId, Optional<AcwKey> after, int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<List<FollowUp>> followUps(
            TenantId tenant, String customerId, Optional<FollowUpArchive.Place> after, int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Erased> erase(
            TenantId tenant, String customerId, String by, int limit, List<AuditEvent> audit) {
        return CompletableFuture.completedFuture(new Erased(0, 0, 0));
    }

    @Override
    public CompletionStage<Boolean> forget(TenantId tenant, Duration age, int limit) {
        return CompletableFuture.completedFuture(false);
    }
}
