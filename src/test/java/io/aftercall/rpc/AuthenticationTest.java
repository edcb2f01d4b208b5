package io.aftercall.rpc;

import static io.aftercall.security.IssuerResource.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.security.Issuer;
import io.aftercall.security.IssuerResource;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in over gRPC, and what somebody may try who is not; the ways to forge a token are in TokensTest. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class AuthenticationTest {

    private static final GetAgentStateRequest OWN =
            GetAgentStateRequest.newBuilder().setAgentId(Staff.OWN).build();

    @RegisterExtension
    final Staff staff = new Staff();

    @BeforeEach
    void hire() {
        staff.hired();
    }

    private static void assertRefused(Client client, Code code, String reason) {
        GrpcError refused = GrpcError.of(() -> client.agents().getAgentState(OWN));

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.reason()).isEqualTo(reason);
    }

    private Client sending(String header, String value) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), value);
        return staff.client(null).sending(headers);
    }

    @Test
    void withoutCredentials() {
        assertRefused(staff.client(null), Code.UNAUTHENTICATED, "CREDENTIALS_MISSING");
    }

    @ParameterizedTest
    @CsvSource({"Basic cm91dGVyOnNlY3JldA==", "Bearer", "bearer x.y.z", "''", "Digest a=b"})
    void withOtherCredentials(String authorization) {
        assertRefused(sending("authorization", authorization), Code.UNAUTHENTICATED, "CREDENTIALS_INVALID");
    }

    @Test
    void withTwoTokensAtOnce() {
        Client twice = sending("authorization", "Bearer " + ISSUER.token(staff.tenant, "router", "router"))
                .showing(ISSUER.token("default", "router", "router"));

        assertRefused(twice, Code.UNAUTHENTICATED, "CREDENTIALS_INVALID");
    }

    @Test
    void withAnotherIssuersToken() {
        assertRefused(
                staff.client(new Issuer().token(staff.tenant, "router", "router")),
                Code.UNAUTHENTICATED,
                "CREDENTIALS_INVALID");
    }

    @Test
    void withATokenThatHasExpired() {
        String token =
                ISSUER.sign(Issuer.claims(staff.tenant, "router", Instant.now().minusSeconds(3_601), "router"));

        assertRefused(staff.client(token), Code.UNAUTHENTICATED, "CREDENTIALS_EXPIRED");
    }

    @Test
    void withoutAnyRoleThatIsKnown() {
        assertRefused(staff.somebody("guest", "guest", "admins"), Code.PERMISSION_DENIED, "PERMISSION_DENIED");
    }

    @Test
    void ofATenantThatIsNone() {
        assertRefused(
                staff.client(ISSUER.token("nobody's", "router", "router")),
                Code.UNAUTHENTICATED,
                "CREDENTIALS_INVALID");
        assertRefused(
                staff.client(ISSUER.token("no-such-tenant", "router", "router")),
                Code.PERMISSION_DENIED,
                "TENANT_NOT_SERVED");
    }

    @Test
    void theRefusalSaysNothingOfTheToken() {
        String token = new Issuer().token(staff.tenant, "router", "router");
        StatusRuntimeException refused = org.assertj.core.api.Assertions.catchThrowableOfType(
                StatusRuntimeException.class, () -> staff.client(token).agents().getAgentState(OWN));

        assertThat(refused.getStatus() + " " + refused.getTrailers()).doesNotContain(token.substring(0, 30));
    }

    @ParameterizedTest
    @CsvSource({"tenant", "x-tenant", "x-tenant-id", "tenant_id"})
    void aTenantInAHeaderMeansNothing(String header) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), staff.tenant);
        Client stranger =
                staff.client(ISSUER.token("default", "router", "router")).sending(headers);

        assertThat(stranger.agents()
                        .listAgentStates(ListAgentStatesRequest.getDefaultInstance())
                        .getAgentStatesList())
                .noneSatisfy(agent -> assertThat(agent.getAgentId()).isEqualTo(Staff.OWN));
        assertRefused(stranger, Code.NOT_FOUND, "AGENT_NOT_FOUND");
    }

    @Test
    void anAgentDoesNotCompleteAnothersAcwAndIsNotToldWhetherThereIsOne() {
        staff.as("router").startAcw(Staff.FOREIGN, "call");
        Client agent = staff.as("agent");

        GrpcError ofAnother = GrpcError.of(() -> agent.acw().completeAcw(completion(Staff.FOREIGN, "call")));
        GrpcError ofNobody = GrpcError.of(() -> agent.acw().completeAcw(completion("nobody", "call")));

        assertThat(ofAnother.code()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(ofAnother).isEqualTo(ofNobody);
        assertThat(staff.as("router").state(Staff.FOREIGN).getAcwsList()).hasSize(1);
    }

    @Test
    void aSupervisorOfOneTeamDoesNotForceAnothers() {
        staff.as("router").startAcw(Staff.FOREIGN, "call");
        CompleteAcwRequest forced = completion(Staff.FOREIGN, "call").toBuilder()
                .setForce(true)
                .setForceReason("Enough")
                .build();

        GrpcError refused = GrpcError.of(() -> staff.as("lead").acw().completeAcw(forced));

        assertThat(refused.code()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(staff.as("supervisor").acw().completeAcw(forced).getAcw().getEndedBy())
                .isEqualTo("supervisor");
    }

    @Test
    void aKeyThatIsNewIsFoundAndOneThatIsWithdrawnIsGoodNoMore() {
        String old = ISSUER.token(staff.tenant, "router", "router");
        Client router = staff.client(old);
        router.agents().getAgentState(OWN);
        ISSUER.rotate();
        ISSUER.withdrawOldKeys();
        IssuerResource.publish();
        Client renewed = staff.client(ISSUER.token(staff.tenant, "router", "router"));

        // The keys are read again at once, but not more often than every five seconds.
        await().atMost(Duration.ofSeconds(8)).ignoreExceptions().untilAsserted(() -> renewed.agents()
                .getAgentState(OWN));

        assertRefused(router, Code.UNAUTHENTICATED, "CREDENTIALS_INVALID");
    }

    @Test
    void probesNeedNoCredentials() {
        HealthGrpc.HealthBlockingStub nobody =
                HealthGrpc.newBlockingStub(staff.client(null).channel());

        await().untilAsserted(() -> assertThat(
                        nobody.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                .isEqualTo(ServingStatus.SERVING));
    }

    private static CompleteAcwRequest completion(String agentId, String interactionId) {
        return CompleteAcwRequest.newBuilder()
                .setAgentId(agentId)
                .setInteractionId(interactionId)
                .build();
    }
}
