package io.aftercall.rpc;

import io.aftercall.api.v1.EraseCustomerRequest;
import io.aftercall.api.v1.EraseCustomerResponse;
import io.aftercall.api.v1.ExportCustomerRequest;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.CustomerArchive;
import io.aftercall.engine.CustomerArchive.Erased;
import io.aftercall.engine.FollowUpArchive;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpArchive;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What customers may ask for: what is known of them, and that it is forgotten. */
@Singleton
final class CustomerData {

    /** Of what is erased in one transaction. */
    private static final int PORTION = 200;

    private final CustomerArchive customers;
    private final WrapUpArchive wrapUps;
    private final FollowUpArchive followUps;

    CustomerData(CustomerArchive customers, WrapUpArchive wrapUps, FollowUpArchive followUps) {
        this.customers = customers;
        this.wrapUps = wrapUps;
        this.followUps = followUps;
    }

    CompletionStage<Erased> erase(CurrentCall call, EraseCustomerRequest request) {
        String customerId = id(request.getCustomerId());
        AuditEvent done = AuditEvent.done(
                call.actor(), "CUSTOMER_ERASED", "customers/" + customerId, Optional.empty(), Map.of(), Map.of());
        return erase(call.caller().tenant(), customerId, new Erased(0, 0, 0), List.of(done));
    }

    private CompletionStage<Erased> erase(TenantId tenant, String customerId, Erased before, List<AuditEvent> audit) {
        return customers.erase(tenant, customerId, PORTION, audit).thenCompose(more -> {
            Erased all = before.plus(more);
            return more.reached(PORTION)
                    ? erase(tenant, customerId, all, List.of())
                    : CompletableFuture.completedFuture(all);
        });
    }

    static EraseCustomerResponse write(Erased erased) {
        return EraseCustomerResponse.newBuilder()
                .setWrapUpCount(erased.wrapUps())
                .setFollowUpCount(erased.followUps())
                .setInteractionCount(erased.interactions())
                .build();
    }

    CustomerExport export(CurrentCall call, ExportCustomerRequest request) {
        return new CustomerExport(customers, wrapUps, followUps, call.caller().tenant(), id(request.getCustomerId()));
    }

    private static String id(String customerId) {
        FieldReader fields = new FieldReader();
        fields.id("customer_id", customerId);
        fields.violations().throwIfAny();
        return customerId;
    }
}
