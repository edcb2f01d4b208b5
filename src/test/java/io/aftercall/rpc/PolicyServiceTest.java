package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AgentEffectivePolicy;
import io.aftercall.api.v1.BatchGetEffectivePoliciesRequest;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.DeletePolicyRequest;
import io.aftercall.api.v1.Direction;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.GetEffectivePolicyResponse;
import io.aftercall.api.v1.GetPolicyRequest;
import io.aftercall.api.v1.InteractionOutcome;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.ListPoliciesResponse;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyConditions;
import io.aftercall.api.v1.PolicyProvenance;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdatePolicyResponse;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class PolicyServiceTest {

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private boolean tenantChanged;

    /** Other tests count on the defaults. */
    @AfterEach
    void removeTheTenantsPolicy() {
        if (tenantChanged) {
            client.policies()
                    .deletePolicy(DeletePolicyRequest.newBuilder()
                            .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                            .build());
        }
    }

    @Test
    void whatIsSetIsStoredAndReadBack() {
        UpdatePolicyResponse updated = client.rules(
                agent,
                Policy.newBuilder()
                        .setMode(AcwMode.ACW_MODE_FIXED)
                        .setMaxExtensions(0)
                        .setVisible(false)
                        .addStartOn(InteractionOutcome.INTERACTION_OUTCOME_MISSED)
                        .setDuration(Client.seconds(86_400)));

        Policy read = get();

        assertThat(read).isEqualTo(updated.getPolicy());
        assertThat(read.hasMaxExtensions()).isTrue();
        assertThat(read.hasVisible()).isTrue();
        assertThat(read.getEtag()).isNotEmpty();
        assertThat(read.getRevision()).isEqualTo(updated.getRevision());
    }

    @Test
    void withoutAMaskOnlyWhatIsSetChanges() {
        client.rules(agent, Policy.newBuilder().setMaxExtensions(7).setDuration(Client.seconds(30)));

        Policy changed = client.rules(agent, Policy.newBuilder().setDuration(Client.seconds(40)))
                .getPolicy();

        assertThat(changed.getMaxExtensions()).isEqualTo(7);
        assertThat(changed.getDuration()).isEqualTo(Client.seconds(40));
    }

    @Test
    void aNamedFieldThatIsNotSetBecomesInheritedAndOthersStay() {
        client.rules(agent, Policy.newBuilder().setMaxExtensions(7).setDuration(Client.seconds(30)));

        Policy changed = client.policies()
                .updatePolicy(update(ofAgent().setMaxExtensions(9), "duration"))
                .getPolicy();

        assertThat(changed.hasDuration()).isFalse();
        assertThat(changed.getMaxExtensions()).isEqualTo(7);
    }

    @Test
    void aMaskThatNamesNothingOrNoRuleIsRefused() {
        List<UpdatePolicyRequest> bad = List.of(
                update(ofAgent().setMaxExtensions(1)),
                update(ofAgent().setMaxExtensions(1), "etag"),
                update(ofAgent().setMaxExtensions(1), "max_extensions", "nonsense"));

        List<GrpcError> errors = bad.stream()
                .map(request -> GrpcError.of(() -> client.policies().updatePolicy(request)))
                .toList();

        assertThat(errors).allSatisfy(error -> assertThat(error.fields()).containsExactly("update_mask"));
        assertThat(GrpcError.of(this::get).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aStaleEtagIsAbortedAndNamesThePolicy() {
        Policy first =
                client.rules(agent, Policy.newBuilder().setMaxExtensions(1)).getPolicy();
        Policy second = client.rules(
                        agent, Policy.newBuilder().setMaxExtensions(2).setEtag(first.getEtag()))
                .getPolicy();

        GrpcError error = GrpcError.of(() ->
                client.rules(agent, Policy.newBuilder().setMaxExtensions(3).setEtag(first.getEtag())));

        assertThat(get()).isEqualTo(second);
        assertThat(error.code()).isEqualTo(Code.ABORTED);
        assertThat(error.reason()).isEqualTo("STALE_ETAG");
        assertThat(error.metadata()).isEqualTo(Map.of("scope", "AGENT", "scope_id", agent));
    }

    @Test
    void aPolicyThatIsNotThereIsNotFoundAndNamed() {
        GrpcError error = GrpcError.of(this::get);

        assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(error.reason()).isEqualTo("POLICY_NOT_FOUND");
        assertThat(error.metadata()).isEqualTo(Map.of("scope", "AGENT", "scope_id", agent));
    }

    @Test
    void theEffectivePolicyMergesAndSaysWhereEachRuleComesFrom() {
        UpdatePolicyResponse ofTenant = client.policies()
                .updatePolicy(update(
                        Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                                .setMaxExtensions(5)
                                .setDuration(Client.seconds(60)),
                        "max_extensions",
                        "duration"));
        tenantChanged = true;
        UpdatePolicyResponse ofAgent = client.rules(agent, Policy.newBuilder().setDuration(Client.seconds(90)));

        GetEffectivePolicyResponse effective = client.policies()
                .getEffectivePolicy(
                        GetEffectivePolicyRequest.newBuilder().setAgentId(agent).build());

        assertThat(effective.getPolicy().getDuration()).isEqualTo(Client.seconds(90));
        assertThat(effective.getPolicy().getMaxExtensions()).isEqualTo(5);
        assertThat(effective.getPolicy().getMode()).isEqualTo(AcwMode.ACW_MODE_TIMED);
        assertThat(effective.getPolicy().getEtag()).isEmpty();
        assertThat(effective.getPolicy().getRevision()).isEqualTo(ofAgent.getRevision());
        assertThat(effective.getProvenanceMap())
                .containsOnly(
                        Map.entry("duration", source(ofAgent.getPolicy())),
                        Map.entry("max_extensions", source(ofTenant.getPolicy())));
    }

    @Test
    void severalAgentsAreAnsweredInTheOrderAskedAsEachWouldBe() {
        String queue = Client.fresh("queue");
        String other = Client.fresh("agent");
        client.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_QUEUE)
                                .setScopeId(queue)
                                .setConditions(PolicyConditions.newBuilder()
                                        .setChannel(Channel.CHANNEL_CHAT)
                                        .setDirection(Direction.DIRECTION_OUTBOUND))
                                .setMaxExtensions(7))
                        .build());
        client.rules(agent, Policy.newBuilder().setMaxExtensions(1));
        GetEffectivePolicyRequest.Builder single = GetEffectivePolicyRequest.newBuilder()
                .setQueueId(queue)
                .setChannel(Channel.CHANNEL_CHAT)
                .setDirection(Direction.DIRECTION_OUTBOUND);
        List<String> asked = List.of(other, agent, Client.fresh("unseen"), agent);

        List<AgentEffectivePolicy> found = client.policies()
                .batchGetEffectivePolicies(BatchGetEffectivePoliciesRequest.newBuilder()
                        .addAllAgentIds(asked)
                        .setQueueId(queue)
                        .setChannel(Channel.CHANNEL_CHAT)
                        .setDirection(Direction.DIRECTION_OUTBOUND)
                        .build())
                .getPoliciesList();

        assertThat(found).extracting(AgentEffectivePolicy::getAgentId).isEqualTo(asked);
        assertThat(found).extracting(one -> one.getPolicy().getMaxExtensions()).containsExactly(7, 1, 7, 1);
        assertThat(found).allSatisfy(one -> {
            GetEffectivePolicyResponse alone = client.policies()
                    .getEffectivePolicy(single.setAgentId(one.getAgentId()).build());
            assertThat(one.getPolicy().toBuilder().clearRevision().build())
                    .isEqualTo(alone.getPolicy().toBuilder().clearRevision().build());
            assertThat(one.getProvenanceMap()).isEqualTo(alone.getProvenanceMap());
        });
    }

    @Test
    void whoHasSeenThatThereIsNoPolicyMakesNoneOverAnother() {
        Policy.Builder first = Policy.newBuilder().setMaxExtensions(1).setEtag("none");
        client.rules(agent, first);

        GrpcError error = GrpcError.of(() ->
                client.rules(agent, Policy.newBuilder().setMaxExtensions(2).setEtag("none")));

        assertThat(error.code()).isEqualTo(Code.ABORTED);
        assertThat(get().getMaxExtensions()).isEqualTo(1);
    }

    @Test
    void whatATeamsPolicyComesToIsToldWithoutAnAgent() {
        String team = Client.fresh("team");
        UpdatePolicyResponse ofTeam = client.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_TEAM)
                                .setScopeId(team)
                                .setDuration(Client.seconds(75)))
                        .setAllowMissing(true)
                        .build());

        GetEffectivePolicyResponse effective = client.policies()
                .getEffectivePolicy(
                        GetEffectivePolicyRequest.newBuilder().setTeamId(team).build());
        GetEffectivePolicyResponse ofNobody =
                client.policies().getEffectivePolicy(GetEffectivePolicyRequest.getDefaultInstance());

        assertThat(effective.getPolicy().getDuration()).isEqualTo(Client.seconds(75));
        assertThat(effective.getProvenanceMap()).containsEntry("duration", source(ofTeam.getPolicy()));
        assertThat(ofNobody.getPolicy().getDuration()).isEqualTo(Client.seconds(20));
    }

    @Test
    void aChangeHoldsForTheNextStartAndNotForAnOpenAcw() {
        String call = Client.fresh("call");
        client.startAcw(agent, call);

        client.rules(agent, Policy.newBuilder().setDuration(Client.seconds(300)).setMaxExtensions(50));

        assertThat(client.state(agent).getAcws(0).getExtensionsLeft()).isEqualTo(3);
        assertThat(client.startAcw(agent, Client.fresh("call")).getAcw().getExtensionsLeft())
                .isEqualTo(50);
    }

    @Test
    void everyViolationIsReportedAtOnceAndNothingChanges() {
        Policy before =
                client.rules(agent, Policy.newBuilder().setMaxExtensions(1)).getPolicy();

        GrpcError error = GrpcError.of(() -> client.rules(
                agent,
                Policy.newBuilder()
                        .setModeValue(99)
                        .setDuration(Client.seconds(0))
                        .setMaxExtensions(101)
                        .setVisible(false)
                        .setMaxDurationCap(Client.seconds(3_600))));

        assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(error.fields())
                .containsExactlyInAnyOrder(
                        "policy.mode", "policy.duration", "policy.max_extensions", "policy.max_duration_cap");
        assertThat(get()).isEqualTo(before);
    }

    @Test
    void pagesHaveEveryPolicyOnceInOrder() {
        List<String> ids = List.of(agent + "-b", agent + "-a", agent + "-c");
        ids.forEach(id -> client.rules(id, Policy.newBuilder().setMaxExtensions(1)));

        List<Policy> listed = listAll(2);

        assertThat(listed)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparing(Policy::getScope).thenComparing(Policy::getScopeId));
        assertThat(listed).extracting(Policy::getScopeId).containsAll(ids);
    }

    @Test
    void aForgedPageTokenIsForeignAndNoFaultOfTheServers() {
        List<String> forged = List.of("made up", forged("NOWHERE - - a"), forged("TENANT"));

        List<GrpcError> errors = forged.stream()
                .map(token -> GrpcError.of(() -> client.policies()
                        .listPolicies(ListPoliciesRequest.newBuilder()
                                .setPageToken(token)
                                .build())))
                .toList();

        assertThat(errors).extracting(GrpcError::reason).containsOnly("FOREIGN_TOKEN");
    }

    @Test
    void aDeletedPolicyNoLongerHolds() {
        Policy policy = client.rules(agent, Policy.newBuilder().setMode(AcwMode.ACW_MODE_OFF))
                .getPolicy();
        DeletePolicyRequest delete = DeletePolicyRequest.newBuilder()
                .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                .setScopeId(agent)
                .build();
        GrpcError stale = GrpcError.of(() -> client.policies()
                .deletePolicy(delete.toBuilder().setEtag("stale").build()));

        long revision = client.policies()
                .deletePolicy(delete.toBuilder().setEtag(policy.getEtag()).build())
                .getRevision();

        assertThat(stale.reason()).isEqualTo("STALE_ETAG");
        assertThat(revision).isGreaterThan(policy.getRevision());
        assertThat(client.startAcw(agent, Client.fresh("call")).hasAcw()).isTrue();
        assertThat(GrpcError.of(() -> client.policies().deletePolicy(delete)).reason())
                .isEqualTo("POLICY_NOT_FOUND");
    }

    private List<Policy> listAll(int pageSize) {
        List<Policy> all = new ArrayList<>();
        String token = "";
        do {
            ListPoliciesResponse page = client.policies()
                    .listPolicies(ListPoliciesRequest.newBuilder()
                            .setPageSize(pageSize)
                            .setPageToken(token)
                            .build());
            assertThat(page.getPoliciesCount()).isLessThanOrEqualTo(pageSize);
            all.addAll(page.getPoliciesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    private Policy get() {
        return client.policies()
                .getPolicy(GetPolicyRequest.newBuilder()
                        .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                        .setScopeId(agent)
                        .build())
                .getPolicy();
    }

    private Policy.Builder ofAgent() {
        return Policy.newBuilder().setScope(PolicyScope.POLICY_SCOPE_AGENT).setScopeId(agent);
    }

    private static UpdatePolicyRequest update(Policy.Builder policy, String... mask) {
        return UpdatePolicyRequest.newBuilder()
                .setAllowMissing(true)
                .setPolicy(policy)
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(mask)))
                .build();
    }

    private static PolicyProvenance source(Policy policy) {
        return PolicyProvenance.newBuilder()
                .setScope(policy.getScope())
                .setScopeId(policy.getScopeId())
                .setRevision(policy.getRevision())
                .build();
    }

    /** A token of ours, for another place. */
    private String forged(String position) {
        client.rules(agent + "-a", Policy.newBuilder().setMaxExtensions(1));
        client.rules(agent + "-b", Policy.newBuilder().setMaxExtensions(1));
        String real = client.policies()
                .listPolicies(ListPoliciesRequest.newBuilder().setPageSize(1).build())
                .getNextPageToken();
        String list = new String(Base64.getUrlDecoder().decode(real), StandardCharsets.UTF_8).split("\n")[0];
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + "\n" + position).getBytes(StandardCharsets.UTF_8));
    }
}
