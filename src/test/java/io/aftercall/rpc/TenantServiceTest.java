package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.CreateTenantRequest;
import io.aftercall.api.v1.DeleteTenantRequest;
import io.aftercall.api.v1.Disposition;
import io.aftercall.api.v1.DispositionServiceGrpc;
import io.aftercall.api.v1.EmailTemplate;
import io.aftercall.api.v1.FollowUp;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.FollowUpState;
import io.aftercall.api.v1.GetTenantRequest;
import io.aftercall.api.v1.ListTenantsRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.ReportQueuePressureRequest;
import io.aftercall.api.v1.RevokeCredentialsRequest;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.Tenant;
import io.aftercall.api.v1.TenantLimits;
import io.aftercall.api.v1.TenantStatus;
import io.aftercall.api.v1.UpdateDispositionRequest;
import io.aftercall.api.v1.UpdateEmailTemplateRequest;
import io.aftercall.api.v1.UpdateFollowUpRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdateTenantRequest;
import io.aftercall.api.v1.UpdateWebhookRequest;
import io.aftercall.api.v1.Webhook;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.store.TenantTables;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tenants come, are suspended, and go with everything they had. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class TenantServiceTest {

    @RegisterExtension
    final Staff staff = new Staff();

    @RegisterExtension
    final Staff others = new Staff();

    @Inject
    OwnerPool owner;

    @BeforeEach
    void hire() {
        staff.hired();
        others.hired();
    }

    private Tenant update(Tenant.Builder tenant, String path) {
        return staff.operator()
                .tenants()
                .updateTenant(UpdateTenantRequest.newBuilder()
                        .setTenant(tenant.setTenantId(staff.tenant))
                        .setUpdateMask(FieldMask.newBuilder().addPaths(path))
                        .build())
                .getTenant();
    }

    private Tenant status(TenantStatus status) {
        return update(Tenant.newBuilder().setStatus(status), "status");
    }

    private void delete() {
        staff.operator()
                .tenants()
                .deleteTenant(DeleteTenantRequest.newBuilder()
                        .setTenantId(staff.tenant)
                        .build());
    }

    @Test
    void aNewTenantTakesNoReplicaOutOfService() {
        List<ServingStatus> seen = new CopyOnWriteArrayList<>();
        HealthGrpc.newStub(staff.client(null).channel())
                .watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {
                    @Override
                    public void onNext(HealthCheckResponse response) {
                        seen.add(response.getStatus());
                    }

                    @Override
                    public void onError(Throwable end) {}

                    @Override
                    public void onCompleted() {}
                });
        await().until(() -> seen.contains(ServingStatus.SERVING));
        seen.clear();

        for (int i = 0; i < 10; i++) {
            new Staff().hired();
        }

        assertThat(seen).isEmpty();
    }

    /** Something in every table. */
    private static void work(Staff staff) {
        staff.as("admin")
                .emailTemplates()
                .updateEmailTemplate(UpdateEmailTemplateRequest.newBuilder()
                        .setTemplate(EmailTemplate.newBuilder()
                                .setLanguage("es")
                                .setSubject("Resumen")
                                .setText("{subject}"))
                        .build());
        // Nobody answers there, so that it is also left alone.
        staff.as("admin")
                .webhooks()
                .updateWebhook(UpdateWebhookRequest.newBuilder()
                        .setWebhook(Webhook.newBuilder().setWebhookId("crm").setUrl("https://crm.invalid"))
                        .build());
        staff.as("router").startAcw(Staff.OWN, "call");
        FollowUp promised = staff.as("agent")
                .followUps()
                .createFollowUp(CreateFollowUpRequest.newBuilder()
                        .setAgentId(Staff.OWN)
                        .setDetails(FollowUpDetails.newBuilder()
                                .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                                .setDueTime(Timestamp.newBuilder().setSeconds(4_000_000_000L)))
                        .build())
                .getFollowUp();
        staff.as("agent")
                .followUps()
                .updateFollowUp(UpdateFollowUpRequest.newBuilder()
                        .setAgentId(Staff.OWN)
                        .setFollowUpId(promised.getFollowUpId())
                        .setState(FollowUpState.FOLLOW_UP_STATE_DONE)
                        .build());
        staff.as("agent")
                .wrapUps()
                .saveWrapUp(SaveWrapUpRequest.newBuilder()
                        .setAgentId(Staff.OWN)
                        .setInteractionId("call")
                        .setWrapUp(WrapUp.newBuilder().setNotes("Wants"))
                        .build());
        staff.as("router")
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setAgentId(Staff.OWN)
                        .setInteractionId("call")
                        .setWrapUp(
                                WrapUp.newBuilder().setNotes("Wants a refund").addTags("refund"))
                        .build());
        staff.as("admin")
                .policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                                .setVisible(false))
                        .build());
        DispositionServiceGrpc.newBlockingStub(staff.as("admin").channel())
                .updateDisposition(UpdateDispositionRequest.newBuilder()
                        .setDisposition(Disposition.newBuilder().setCode("SALE").setLabel("Sale"))
                        .build());
        staff.as("router")
                .policies()
                .reportQueuePressure(ReportQueuePressureRequest.newBuilder()
                        .setQueueId("sales")
                        .setWaitingCount(3)
                        .build());
        staff.operator()
                .tenants()
                .revokeCredentials(RevokeCredentialsRequest.newBuilder()
                        .setTenantId(staff.tenant)
                        .setSubject("somebody")
                        .build());
    }

    @Test
    void aDeletedTenantLeavesNothingAndTakesNothingFromOthers() {
        work(staff);
        work(others);
        TenantTables tables = new TenantTables(owner.pool());
        List<String> lasting = tables.all().stream()
                .filter(table -> !table.equals("report_entry"))
                .toList();
        await().untilAsserted(() -> assertThat(tables.withRowsOf(staff.tenant)).containsAll(lasting));
        await().untilAsserted(() -> assertThat(tables.withRowsOf(others.tenant)).containsAll(lasting));
        for (Staff tenant : List.of(staff, others)) {
            // One that is not added up.
            owner.pool()
                    .query("INSERT INTO report_entry (tenant_id, entry) VALUES ('%s', '{}')".formatted(tenant.tenant))
                    .execute()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
        assertThat(tables.withRowsOf(staff.tenant)).isEqualTo(tables.all());

        status(TenantStatus.TENANT_STATUS_SUSPENDED);
        delete();

        assertThat(tables.withRowsOf(staff.tenant)).isEmpty();
        assertThat(tables.withRowsOf(others.tenant)).isEqualTo(tables.all());
        assertThat(GrpcError.of(() -> staff.as("router").state(Staff.OWN)).reason())
                .isEqualTo("TENANT_NOT_SERVED");
        assertThat(GrpcError.of(this::delete).reason()).isEqualTo("TENANT_NOT_FOUND");
        assertThat(others.as("router").state(Staff.OWN).getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
    }

    @Test
    void whoIsNotSuspendedIsNotDeleted() {
        GrpcError refused = GrpcError.of(this::delete);

        assertThat(refused.code()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(refused.reason()).isEqualTo("TENANT_NOT_SUSPENDED");
    }

    @Test
    void aSuspendedTenantComesBackAsItWas() {
        staff.as("router").startAcw(Staff.OWN, "call");

        status(TenantStatus.TENANT_STATUS_SUSPENDED);
        GrpcError refused = GrpcError.of(() -> staff.as("router").state(Staff.OWN));
        status(TenantStatus.TENANT_STATUS_ACTIVE);

        assertThat(refused.code()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(refused.reason()).isEqualTo("TENANT_NOT_SERVED");
        assertThat(staff.as("router").state(Staff.OWN).getAcwsList()).hasSize(1);
    }

    @Test
    void whatATenantIsCanBeReadAndChanged() {
        TenantLimits limits = TenantLimits.newBuilder().setMaxAgents(7).build();

        Tenant named = update(Tenant.newBuilder().setDisplayName("Acme"), "display_name");
        Tenant limited = update(Tenant.newBuilder().setLimits(limits), "limits");

        assertThat(named.getDisplayName()).isEqualTo("Acme");
        assertThat(limited.getDisplayName()).isEqualTo("Acme");
        assertThat(staff.operator()
                        .tenants()
                        .getTenant(GetTenantRequest.newBuilder()
                                .setTenantId(staff.tenant)
                                .build())
                        .getTenant())
                .isEqualTo(limited);
        assertThat(limited.getLimits()).isEqualTo(limits);
        assertThat(staff.operator()
                        .tenants()
                        .listTenants(ListTenantsRequest.newBuilder()
                                .setPageSize(1_000)
                                .build())
                        .getTenantsList())
                .contains(limited)
                .isSortedAccordingTo((one, other) -> one.getTenantId().compareTo(other.getTenantId()));
    }

    @Test
    void anIdIsGivenOnce() {
        CreateTenantRequest again = CreateTenantRequest.newBuilder()
                .setTenant(Tenant.newBuilder().setTenantId(staff.tenant))
                .build();

        GrpcError refused = GrpcError.of(() -> staff.operator().tenants().createTenant(again));

        assertThat(refused.code()).isEqualTo(Code.ALREADY_EXISTS);
        assertThat(refused.reason()).isEqualTo("TENANT_EXISTS");
    }

    @Test
    void badInputIsToldAllAtOnce() {
        CreateTenantRequest bad = CreateTenantRequest.newBuilder()
                .setTenant(Tenant.newBuilder()
                        .setTenantId("~")
                        .setDisplayName("a\nb")
                        .setLimits(TenantLimits.newBuilder().setMaxAgents(0).setMaxStreams(100_001)))
                .build();

        assertThat(GrpcError.of(() -> staff.operator().tenants().createTenant(bad))
                        .fields())
                .containsExactlyInAnyOrder(
                        "tenant.tenant_id",
                        "tenant.display_name",
                        "tenant.limits.max_agents",
                        "tenant.limits.max_streams");
        assertThat(GrpcError.of(() -> status(TenantStatus.TENANT_STATUS_DELETING))
                        .fields())
                .containsExactly("tenant.status");
        assertThat(GrpcError.of(() -> update(Tenant.newBuilder(), "tenant_id")).fields())
                .containsExactly("update_mask");
    }

    @Test
    void beyondItsLimitsATenantGetsNoMoreAgentsAndPolicies() {
        update(
                Tenant.newBuilder()
                        .setLimits(TenantLimits.newBuilder().setMaxAgents(3).setMaxPolicies(1)),
                "limits");
        staff.as("router").startAcw("third", "call");
        staff.as("admin").rules(Staff.OWN, Policy.newBuilder().setVisible(false));

        GrpcError agents = GrpcError.of(() -> staff.as("router").startAcw("fourth", "call"));
        GrpcError policies = GrpcError.of(
                () -> staff.as("admin").rules(Staff.FOREIGN, Policy.newBuilder().setVisible(false)));

        assertThat(agents.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(agents.reason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(agents.metadata()).containsEntry("of", "agents").containsEntry("limit", "3");
        assertThat(policies.metadata()).containsEntry("of", "policies").containsEntry("limit", "1");
        assertThat(staff.as("router").startAcw(Staff.OWN, "another").getAlreadyStarted())
                .isFalse();
        assertThat(staff.as("admin")
                        .rules(Staff.OWN, Policy.newBuilder().setVisible(true))
                        .getRevision())
                .isPositive();
    }
}
