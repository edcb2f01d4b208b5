package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentStatesResponse;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one tenant was given is of no use to another; and what a viewer is given has nothing personal in it. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class ForeignTokensTest {

    private static final ListAgentStatesRequest ONE =
            ListAgentStatesRequest.newBuilder().setPageSize(1).build();

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
    void aPageToken() {
        String token = staff.as("router").agents().listAgentStates(ONE).getNextPageToken();
        Client stranger = others.as("router");

        GrpcError refused = GrpcError.of(() -> stranger.agents()
                .listAgentStates(ONE.toBuilder().setPageToken(token).build()));

        assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(refused.reason()).isEqualTo("FOREIGN_TOKEN");
        assertThat(token).isNotEmpty();
    }

    @Test
    void aPageTokenOfPolicies() {
        for (Staff of : new Staff[] {staff, others}) {
            of.as("admin").rules(Staff.OWN, Policy.newBuilder().setVisible(false));
            of.as("admin").rules(Staff.FOREIGN, Policy.newBuilder().setVisible(false));
        }
        ListPoliciesRequest first =
                ListPoliciesRequest.newBuilder().setPageSize(1).build();
        String token = staff.as("admin").policies().listPolicies(first).getNextPageToken();

        GrpcError refused = GrpcError.of(() -> others.as("admin")
                .policies()
                .listPolicies(first.toBuilder().setPageToken(token).build()));

        assertThat(refused.reason()).isEqualTo("FOREIGN_TOKEN");
    }

    @Test
    void aResumeToken() {
        Subscriber own = Subscriber.to(staff.as("router").channel(), StreamAgentStatesRequest.getDefaultInstance())
                .untilSnapshotEnd();
        String token = own.lastToken();

        Subscriber stranger = Subscriber.to(
                others.as("router").channel(),
                StreamAgentStatesRequest.newBuilder().setResumeToken(token).build());

        GrpcError refused = GrpcError.of(stranger.ended().join());
        assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(refused.reason()).isEqualTo("FOREIGN_TOKEN");
    }

    @Test
    void anEtag() {
        String etag = staff.as("admin")
                .rules(Staff.OWN, Policy.newBuilder().setVisible(false))
                .getPolicy()
                .getEtag();
        others.as("admin").rules(Staff.OWN, Policy.newBuilder().setVisible(false));

        GrpcError refused = GrpcError.of(() -> others.as("admin")
                .policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                                .setScopeId(Staff.OWN)
                                .setVisible(true)
                                .setEtag(etag))
                        .build()));

        assertThat(refused.code()).isEqualTo(Code.ABORTED);
        assertThat(refused.reason()).isEqualTo("STALE_ETAG");
    }

    @Test
    void aRequestIdIsAnotherOneInAnotherTenant() {
        StartAcwRequest request = StartAcwRequest.newBuilder()
                .setRequestId(java.util.UUID.randomUUID().toString())
                .setAgentId(Staff.OWN)
                .setInteraction(Client.call("call"))
                .build();
        staff.as("router").acw().startAcw(request);

        assertThat(others.as("router").acw().startAcw(request).getAlreadyStarted())
                .isFalse();
    }

    @Test
    void aSupervisorOfATeamSeesItsAgentsAlone() {
        ListAgentStatesResponse seen =
                staff.as("lead").agents().listAgentStates(ListAgentStatesRequest.getDefaultInstance());

        assertThat(seen.getAgentStatesList()).extracting(AgentState::getAgentId).containsExactly(Staff.OWN);
    }

    @Test
    void aViewerSeesNothingPersonal() {
        Interaction interaction =
                Client.call("call").setCustomerId("customer-7").build();
        Client router = staff.as("router");
        router.agents()
                .setPresence(SetPresenceRequest.newBuilder()
                        .setAgentId(Staff.FOREIGN)
                        .setPresence(Presence.PRESENCE_NOT_READY)
                        .setNotReadyReason("doctor")
                        .build());
        router.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(Staff.OWN)
                        .setInteraction(interaction)
                        .build());
        Client viewer = staff.as("viewer");
        Subscriber watching = Subscriber.to(viewer.channel(), StreamAgentStatesRequest.getDefaultInstance())
                .untilSnapshotEnd();
        Subscriber full = Subscriber.to(router.channel(), StreamAgentStatesRequest.getDefaultInstance())
                .untilSnapshotEnd();

        String listed = viewer.agents()
                .listAgentStates(ListAgentStatesRequest.newBuilder()
                        .setFilter(AgentStateFilter.getDefaultInstance())
                        .build())
                .toString();

        assertThat(listed).contains(Staff.OWN).doesNotContain("customer-7").doesNotContain("doctor");
        assertThat(watching.events().toString())
                .contains(Staff.OWN)
                .doesNotContain("customer-7")
                .doesNotContain("doctor");
        assertThat(full.events().toString()).contains("customer-7").contains("doctor");
        assertThat(viewer.state(Staff.FOREIGN).getNotReadyReason()).isEmpty();
    }

    @Test
    void whoIsAViewerBesideAnotherRoleSeesWhatIsPersonalWhereThatRoleReaches() {
        for (String agent : List.of(Staff.OWN, Staff.FOREIGN)) {
            staff.as("router")
                    .acw()
                    .startAcw(StartAcwRequest.newBuilder()
                            .setAgentId(agent)
                            .setInteraction(Client.call("call").setCustomerId("customer-of-" + agent))
                            .build());
        }
        for (String who : List.of("agent+viewer", "lead+viewer")) {
            Client client = staff.as(who);

            Subscriber watching = Subscriber.to(client.channel(), StreamAgentStatesRequest.getDefaultInstance())
                    .untilSnapshotEnd();
            ListAgentStatesResponse all = client.agents().listAgentStates(ListAgentStatesRequest.getDefaultInstance());

            assertThat(client.state(Staff.OWN).toString()).contains("customer-of-" + Staff.OWN);
            assertThat(client.state(Staff.FOREIGN).toString()).doesNotContain("customer-of-");
            assertThat(all.toString()).contains(Staff.OWN, Staff.FOREIGN).doesNotContain("customer-of-");
            assertThat(watching.events().toString())
                    .contains(Staff.OWN, Staff.FOREIGN)
                    .doesNotContain("customer-of-");
        }
    }
}
