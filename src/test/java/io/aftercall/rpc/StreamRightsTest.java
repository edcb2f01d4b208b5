package io.aftercall.rpc;

import static io.aftercall.security.IssuerResource.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.FieldMask;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.AgentServiceGrpc;
import io.aftercall.api.v1.AuditServiceGrpc;
import io.aftercall.api.v1.ExportAuditEventsRequest;
import io.aftercall.api.v1.ExportAuditEventsResponse;
import io.aftercall.api.v1.ImportAgentsRequest;
import io.aftercall.api.v1.RevokeCredentialsRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.Tenant;
import io.aftercall.api.v1.TenantStatus;
import io.aftercall.api.v1.UpdateTenantRequest;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.security.Issuer;
import io.grpc.CallOptions;
import io.grpc.Status.Code;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stream lasts as long as its caller may have it. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class StreamRightsTest {

    @RegisterExtension
    final Staff staff = new Staff();

    @BeforeEach
    void hire() {
        staff.hired();
    }

    private static Subscriber stream(Client client) {
        return Subscriber.to(client.channel(), StreamAgentStatesRequest.getDefaultInstance())
                .untilSnapshotEnd();
    }

    private static void assertEnds(Subscriber stream, Code code, String reason) {
        GrpcError end = GrpcError.of(stream.ended().join());

        assertThat(end.code()).isEqualTo(code);
        assertThat(end.reason()).isEqualTo(reason);
    }

    @Test
    void untilItsTokenExpires() {
        JwtClaims claims = Issuer.claims(staff.tenant, "router", Instant.now(), "router");
        claims.setExpirationTime(
                NumericDate.fromMilliseconds(Instant.now().plusSeconds(2).toEpochMilli()));

        Subscriber stream = stream(staff.client(ISSUER.sign(claims)));

        assertEnds(stream, Code.UNAUTHENTICATED, "CREDENTIALS_EXPIRED");
    }

    @Test
    void untilItsCredentialsAreRevokedAndLaterOnesAreGood() {
        Subscriber stream = stream(staff.as("router"));
        Subscriber colleagues = stream(staff.as("viewer"));

        staff.operator()
                .tenants()
                .revokeCredentials(RevokeCredentialsRequest.newBuilder()
                        .setTenantId(staff.tenant)
                        .setSubject("router")
                        .build());

        assertEnds(stream, Code.UNAUTHENTICATED, "CREDENTIALS_INVALID");
        assertThat(colleagues.ended()).isNotDone();
        JwtClaims later = Issuer.claims(staff.tenant, "router", Instant.now().plusSeconds(2), "router");
        assertThat(stream(staff.client(ISSUER.sign(later))).ended()).isNotDone();
    }

    @Test
    void untilItsTenantIsSuspended() {
        Subscriber stream = stream(staff.as("router"));

        staff.operator()
                .tenants()
                .updateTenant(UpdateTenantRequest.newBuilder()
                        .setTenant(Tenant.newBuilder()
                                .setTenantId(staff.tenant)
                                .setStatus(TenantStatus.TENANT_STATUS_SUSPENDED))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("status"))
                        .build());

        assertEnds(stream, Code.PERMISSION_DENIED, "TENANT_NOT_SERVED");
    }

    @Test
    void norDoesAnExportGoOnWhenItsReaderMayReadNoMore() {
        importAgents(600);
        AtomicInteger read = new AtomicInteger();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        ClientCallStreamObserver<ExportAuditEventsRequest> reader = export(staff.as("auditor"), read, ended);
        await().until(() -> read.get() == 1);

        staff.operator()
                .tenants()
                .revokeCredentials(RevokeCredentialsRequest.newBuilder()
                        .setTenantId(staff.tenant)
                        .setSubject("auditor")
                        .build());
        reader.request(100);

        assertThat(GrpcError.of(ended.join()).reason()).isEqualTo("CREDENTIALS_INVALID");
    }

    /** Each leaves an entry in the trail. */
    private void importAgents(int count) {
        ImportAgentsRequest.Builder all = ImportAgentsRequest.newBuilder();
        for (int i = 0; i < count; i++) {
            all.addAgents(Agent.newBuilder().setAgentId("agent-" + i).setTeamId("team"));
        }
        assertThat(ClientStream.of(
                        staff.as("admin").channel(),
                        AgentServiceGrpc.getImportAgentsMethod(),
                        CallOptions.DEFAULT,
                        all.build()))
                .isEqualTo(Code.OK);
    }

    /** Reads one part and then waits to be asked for more. */
    private static ClientCallStreamObserver<ExportAuditEventsRequest> export(
            Client client, AtomicInteger read, CompletableFuture<Throwable> ended) {
        CompletableFuture<ClientCallStreamObserver<ExportAuditEventsRequest>> reader = new CompletableFuture<>();
        AuditServiceGrpc.newStub(client.channel())
                .exportAuditEvents(
                        ExportAuditEventsRequest.getDefaultInstance(),
                        new ClientResponseObserver<ExportAuditEventsRequest, ExportAuditEventsResponse>() {
                            @Override
                            public void beforeStart(ClientCallStreamObserver<ExportAuditEventsRequest> stream) {
                                stream.disableAutoRequestWithInitial(1);
                                reader.complete(stream);
                            }

                            @Override
                            public void onNext(ExportAuditEventsResponse part) {
                                read.incrementAndGet();
                            }

                            @Override
                            public void onError(Throwable failure) {
                                ended.complete(failure);
                            }

                            @Override
                            public void onCompleted() {
                                ended.complete(null);
                            }
                        });
        return reader.join();
    }
}
