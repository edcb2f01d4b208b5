package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.FieldMask;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.GetAgentStateResponse;
import io.aftercall.api.v1.Tenant;
import io.aftercall.api.v1.TenantLimits;
import io.aftercall.api.v1.UpdateTenantRequest;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who calls too often is told how long to wait, and nobody else is. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class CallRateOverTheWireTest {

    @RegisterExtension
    final Staff staff = new Staff();

    @RegisterExtension
    final Staff others = new Staff();

    @BeforeEach
    void hire() {
        staff.hired();
        others.hired();
    }

    @Test
    void aTenantThatFloodsIsRefusedWithWhatItMayAndAnotherIsServed() throws InterruptedException {
        staff.operator()
                .tenants()
                .updateTenant(UpdateTenantRequest.newBuilder()
                        .setTenant(Tenant.newBuilder()
                                .setTenantId(staff.tenant)
                                .setLimits(TenantLimits.newBuilder().setMaxCallsPerSecond(5)))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("limits"))
                        .build());

        List<GrpcError> refused = flood(staff.as("router"), 60);

        assertThat(refused).hasSizeGreaterThan(30).allSatisfy(error -> {
            assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
            assertThat(error.reason()).isEqualTo("TOO_MANY_CALLS");
            assertThat(error.metadata()).containsEntry("of", "TENANT").containsEntry("limit", "5");
            assertThat(error.retry()).isPresent();
        });
        assertThat(flood(others.as("router"), 60)).isEmpty();
    }

    private static List<GrpcError> flood(Client client, int calls) throws InterruptedException {
        var stub = AgentStateServiceGrpc.newFutureStub(client.channel());
        List<ListenableFuture<GetAgentStateResponse>> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            all.add(stub.getAgentState(
                    GetAgentStateRequest.newBuilder().setAgentId(Staff.OWN).build()));
        }
        List<GrpcError> refused = new ArrayList<>();
        for (ListenableFuture<GetAgentStateResponse> one : all) {
            try {
                one.get();
            } catch (ExecutionException failed) {
                refused.add(GrpcError.of(failed.getCause()));
            }
        }
        return refused;
    }
}
