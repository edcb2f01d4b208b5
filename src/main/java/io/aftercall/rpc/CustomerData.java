package io.aftercall.rpc;

import io.aftercall.agent.ForgetCustomer;
import io.aftercall.api.v1.EraseCustomerRequest;
import io.aftercall.api.v1.EraseCustomerResponse;
import io.aftercall.api.v1.ExportCustomerRequest;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.CustomerArchive;
import io.aftercall.engine.CustomerArchive.Erased;
import io.aftercall.engine.FollowUpArchive;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpArchive;
import io.aftercall.feed.ServedTenant;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** What customers may ask for: what is known of them, and that it is forgotten. */
@Singleton
final class CustomerData {

    /** Of what is erased in one transaction. */
    private static final int PORTION = 200;

    private final Commands commands;
    private final ServedTenant.Directory tenants;
    private final CustomerArchive customers;
    private final WrapUpArchive wrapUps;
    private final FollowUpArchive followUps;

    CustomerData(
            Commands commands,
            ServedTenant.Directory tenants,
            CustomerArchive customers,
            WrapUpArchive wrapUps,
            FollowUpArchive followUps) {
        this.commands = commands;
        this.tenants = tenants;
        this.customers = customers;
        this.wrapUps = wrapUps;
        this.followUps = followUps;
    }

    CompletionStage<Erased> erase(CurrentCall call, EraseCustomerRequest request) {
        String customerId = id(request.getCustomerId());
        AuditEvent done = AuditEvent.done(
                call.actor(), "CUSTOMER_ERASED", "customers/" + customerId, Optional.empty(), Map.of(), Map.of());
        TenantId tenant = call.caller().tenant();
        return forget(call, tenants.of(tenant), customerId)
                .thenCompose(
                        open -> erase(tenant, customerId, call.actor().name(), new Erased(0, 0, open), List.of(done)));
    }

    /**
     * First of all from what is under way: as it ends, it would be written down once more whom it is about.
     *
     * @return of how many interactions
     */
    private CompletionStage<Integer> forget(CurrentCall call, ServedTenant tenant, String customerId) {
        BooleanSupplier abandoned = Commands.abandoned();
        return tenant.barrier().pass().thenApply(now -> tenant.feed().view()).thenCompose(view -> {
            List<ForgetCustomer> all = view.agents().stream()
                    .map(StoredAgent::state)
                    .filter(agent -> !agent.without(customerId).equals(agent))
                    .map(agent -> new ForgetCustomer(agent.agentId(), customerId))
                    .toList();
            return commands.submitAll(call, abandoned, all, Optional.empty()).thenApply(replies -> replies.stream()
                    .mapToInt(reply -> reply.outcome().touched())
                    .sum());
        });
    }

    private CompletionStage<Erased> erase(
            TenantId tenant, String customerId, String by, Erased before, List<AuditEvent> audit) {
        return customers.erase(tenant, customerId, by, PORTION, audit).thenCompose(more -> {
            Erased all = before.plus(more);
            return more.reached(PORTION)
                    ? erase(tenant, customerId, by, all, List.of())
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
