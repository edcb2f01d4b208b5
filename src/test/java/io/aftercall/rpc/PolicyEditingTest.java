package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.GetPolicyRequest;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.ListPolicyRevisionsRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyImpact;
import io.aftercall.api.v1.PolicyRevision;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.RollbackPolicyRequest;
import io.aftercall.api.v1.RollbackPolicyResponse;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.UpdateAgentRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdatePolicyResponse;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What supervisors do with policies beyond setting one. A team of two stands for all agents. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class PolicyEditingTest {

    @RegisterExtension
    final Client client = new Client();

    private final String team = Client.fresh("team");
    private final String anna = Client.fresh("anna");
    private final String ben = Client.fresh("ben");

    @BeforeEach
    void aTeamOfTwo() {
        List.of(anna, ben).forEach(agent -> client.directory()
                .updateAgent(UpdateAgentRequest.newBuilder()
                        .setAgent(Agent.newBuilder().setAgentId(agent).setTeamId(team))
                        .build()));
    }

    @Test
    void whatIsSetForATeamHoldsForAllOfItWhenNarrowerPoliciesAreReset() {
        client.rules(anna, Policy.newBuilder().setDuration(Client.seconds(90)).setMaxExtensions(9));
        client.rules(ben, Policy.newBuilder().setDuration(Client.seconds(70)));

        UpdatePolicyResponse response = update(
                ofTeam(Policy.newBuilder().setDuration(Client.seconds(30))).setResetNarrower(true));

        assertThat(response.getNarrowerResetCount()).isEqualTo(2);
        assertThat(response.getAffectedAgentsCount()).isEqualTo(2);
        assertThat(duration(anna)).isEqualTo(30);
        assertThat(duration(ben)).isEqualTo(30);
        assertThat(get(anna).getMaxExtensions()).isEqualTo(9);
        assertThat(get(anna).hasDuration()).isFalse();
        assertThat(GrpcError.of(() -> get(ben)).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aRollbackRestoresWhatWasResetExceptWhereSomebodyHasChangedItSince() {
        long before = client.rules(anna, Policy.newBuilder().setDuration(Client.seconds(90)))
                .getRevision();
        client.rules(ben, Policy.newBuilder().setDuration(Client.seconds(70)));
        update(ofTeam(Policy.newBuilder().setDuration(Client.seconds(30))).setResetNarrower(true));
        client.rules(ben, Policy.newBuilder().setMaxExtensions(1));
        RollbackPolicyRequest.Builder rollback = RollbackPolicyRequest.newBuilder()
                .setScope(PolicyScope.POLICY_SCOPE_TEAM)
                .setScopeId(team)
                .setRevision(before)
                .setRestoreNarrower(true);

        RollbackPolicyResponse preview =
                client.policies().rollbackPolicy(rollback.setValidateOnly(true).build());
        int unchanged = duration(anna);
        RollbackPolicyResponse response =
                client.policies().rollbackPolicy(rollback.setValidateOnly(false).build());

        assertThat(preview.getAffectedAgentsCount()).isEqualTo(2);
        assertThat(preview.getChangesList())
                .extracting(change -> change.getAfter().getDuration().getSeconds())
                .containsExactlyInAnyOrder(90L, 20L);
        assertThat(unchanged).isEqualTo(30);
        assertThat(response.getAffectedAgentsCount()).isEqualTo(2);
        assertThat(duration(anna)).isEqualTo(90);
        assertThat(duration(ben)).isEqualTo(20);
        assertThat(GrpcError.of(() -> getTeam()).code()).isEqualTo(Code.NOT_FOUND);
        PolicyRevision last = history(PolicyScope.POLICY_SCOPE_TEAM, team).get(0);
        assertThat(last.getRolledBackToRevision()).isEqualTo(before);
        assertThat(history(PolicyScope.POLICY_SCOPE_TEAM, team).get(1).getResetTakenBack())
                .isTrue();
    }

    @Test
    void aPolicyGoesBackToWhatItWasAtARevision() {
        long first = client.rules(anna, Policy.newBuilder().setDuration(Client.seconds(90)))
                .getRevision();
        client.rules(anna, Policy.newBuilder().setMode(AcwMode.ACW_MODE_OFF));

        Policy back = client.policies()
                .rollbackPolicy(RollbackPolicyRequest.newBuilder()
                        .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                        .setScopeId(anna)
                        .setRevision(first)
                        .build())
                .getPolicy();

        assertThat(back).isEqualTo(get(anna));
        assertThat(back.getMode()).isEqualTo(AcwMode.ACW_MODE_UNSPECIFIED);
        assertThat(back.getDuration()).isEqualTo(Client.seconds(90));
    }

    @Test
    void whatWasClearedAndRestoredIsAnotherVersionEachTime() {
        client.rules(anna, Policy.newBuilder().setDuration(Client.seconds(90)).setMaxExtensions(9));
        Policy set = get(anna);
        long reset = update(ofTeam(Policy.newBuilder().setDuration(Client.seconds(30)))
                        .setResetNarrower(true))
                .getRevision();
        Policy cleared = get(anna);
        RollbackPolicyResponse restored = client.policies()
                .rollbackPolicy(RollbackPolicyRequest.newBuilder()
                        .setScope(PolicyScope.POLICY_SCOPE_TEAM)
                        .setScopeId(team)
                        .setRevision(set.getRevision())
                        .setRestoreNarrower(true)
                        .build());

        assertThat(get(anna).getDuration()).isEqualTo(Client.seconds(90));
        assertThat(get(anna).getRevision()).isEqualTo(restored.getRevision());
        assertThat(List.of(set.getEtag(), cleared.getEtag(), get(anna).getEtag()))
                .doesNotHaveDuplicates();
        assertThat(GrpcError.of(() -> client.rules(
                                anna, Policy.newBuilder().setVisible(false).setEtag(cleared.getEtag())))
                        .code())
                .isEqualTo(Code.ABORTED);
        assertThat(history(PolicyScope.POLICY_SCOPE_AGENT, anna))
                .extracting(PolicyRevision::getRevision)
                .containsExactly(restored.getRevision(), reset, set.getRevision());

        Policy back = client.policies()
                .rollbackPolicy(RollbackPolicyRequest.newBuilder()
                        .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                        .setScopeId(anna)
                        .setRevision(reset)
                        .build())
                .getPolicy();
        assertThat(back.hasDuration()).isFalse();
        assertThat(back.getMaxExtensions()).isEqualTo(9);
    }

    @Test
    void aRollbackOfNothingOrToTheFutureIsRefused() {
        RollbackPolicyRequest.Builder rollback = RollbackPolicyRequest.newBuilder()
                .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                .setScopeId(anna);

        assertThat(GrpcError.of(() -> client.policies().rollbackPolicy(rollback.build()))
                        .reason())
                .isEqualTo("POLICY_NOT_FOUND");
        assertThat(GrpcError.of(() -> client.policies()
                                .rollbackPolicy(
                                        rollback.setRevision(Long.MAX_VALUE).build()))
                        .reason())
                .isEqualTo("REVISION_FROM_FUTURE");
        assertThat(GrpcError.of(() -> client.policies()
                                .rollbackPolicy(rollback.setRevision(-1).build()))
                        .fields())
                .containsExactly("revision");
    }

    @Test
    void theHistorySaysWhoChangedWhatFromWhatToWhat() {
        client.rules(anna, Policy.newBuilder().setDuration(Client.seconds(90)).setMaxExtensions(1));
        client.rules(anna, Policy.newBuilder().setDuration(Client.seconds(60)));
        update(ofTeam(Policy.newBuilder().setDuration(Client.seconds(30))).setResetNarrower(true));

        List<PolicyRevision> history = history(PolicyScope.POLICY_SCOPE_AGENT, anna);

        assertThat(history).hasSize(3);
        assertThat(history.get(0).getScopeId()).isEqualTo(team);
        assertThat(history.get(0).getResetRulesList()).containsExactly("duration");
        assertThat(history.get(1).getBefore().getDuration()).isEqualTo(Client.seconds(90));
        assertThat(history.get(1).getAfter().getDuration()).isEqualTo(Client.seconds(60));
        assertThat(history.get(1).getAfter().getMaxExtensions()).isEqualTo(1);
        assertThat(history.get(1).getActor()).isNotEmpty();
        assertThat(history.get(1).hasChangeTime()).isTrue();
        assertThat(history.get(2).hasBefore()).isFalse();
    }

    @Test
    void aPreviewSaysWhoWouldChangeFromWhatToWhatAndChangesNothing() {
        client.rules(ben, Policy.newBuilder().setDuration(Client.seconds(70)));

        UpdatePolicyResponse preview = update(
                ofTeam(Policy.newBuilder().setDuration(Client.seconds(30)).setMaxExtensions(3))
                        .setValidateOnly(true));

        assertThat(preview.getAffectedAgentsCount()).isEqualTo(1);
        PolicyImpact impact = preview.getChanges(0);
        assertThat(impact.getAgentId()).isEqualTo(anna);
        assertThat(impact.getBefore())
                .isEqualTo(Policy.newBuilder().setDuration(Client.seconds(20)).build());
        assertThat(impact.getAfter())
                .isEqualTo(Policy.newBuilder().setDuration(Client.seconds(30)).build());
        assertThat(preview.getPolicy().getEtag()).isEmpty();
        assertThat(GrpcError.of(() -> getTeam()).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aRepeatedRequestChangesNothingAndOtherContentIsRefused() {
        UpdatePolicyRequest.Builder request = ofTeam(Policy.newBuilder().setDuration(Client.seconds(30)))
                .setRequestId(UUID.randomUUID().toString());

        UpdatePolicyResponse first = update(request);
        update(ofTeam(Policy.newBuilder().setDuration(Client.seconds(40))));
        UpdatePolicyResponse again = update(request);
        GrpcError other = GrpcError.of(() -> update(request.setResetNarrower(true)));

        assertThat(again).isEqualTo(first);
        assertThat(duration(anna)).isEqualTo(40);
        assertThat(other.reason()).isEqualTo("REQUEST_ID_REUSED");
    }

    @Test
    void openAcwsGetTheRulesThatHoldNowIfThatIsAskedFor() {
        start(anna, "a");
        start(ben, "b");
        client.rules(ben, Policy.newBuilder().setDuration(Client.seconds(70)));

        UpdatePolicyResponse kept = update(ofTeam(Policy.newBuilder().setDuration(Client.seconds(300))));
        long frozen = left(anna);
        UpdatePolicyResponse applied = update(
                ofTeam(Policy.newBuilder().setDuration(Client.seconds(600))).setApplyToOpenAcws(true));

        assertThat(kept.getOpenAcwsCount()).isZero();
        assertThat(frozen).isEqualTo(20);
        assertThat(applied.getOpenAcwsCount()).isEqualTo(2);
        assertThat(left(anna)).isEqualTo(600);
        assertThat(left(ben)).isEqualTo(70);
        assertThat(client.state(anna).getAcws(0).getPolicyRevision()).isEqualTo(applied.getRevision());
    }

    @Test
    void aPreviewCountsTheOpenAcwsThatItIsForAndLeavesThemAlone() {
        start(anna, "a");
        start(ben, "b");
        UpdatePolicyRequest.Builder request =
                ofTeam(Policy.newBuilder().setDuration(Client.seconds(600))).setValidateOnly(true);

        assertThat(update(request).getOpenAcwsCount()).isZero();
        assertThat(update(request.setApplyToOpenAcws(true)).getOpenAcwsCount()).isEqualTo(2);
        assertThat(left(anna)).isEqualTo(20);
    }

    @Test
    void switchedOffForOpenAcwsTheyEndAtOnce() {
        start(anna, "a");

        update(ofTeam(Policy.newBuilder().setMode(AcwMode.ACW_MODE_OFF)).setApplyToOpenAcws(true));

        assertThat(client.state(anna).getAcwsCount()).isZero();
        assertThat(client.acw()
                        .completeAcw(CompleteAcwRequest.newBuilder()
                                .setAgentId(anna)
                                .setInteractionId(anna + "a")
                                .build())
                        .getAcw()
                        .getEndReason())
                .isEqualTo(AcwEndReason.ACW_END_REASON_POLICY_DISABLED);
    }

    @Test
    void aPolicyForNobodyIsRefusedUnlessThatIsMeant() {
        UpdatePolicyRequest.Builder nobody = UpdatePolicyRequest.newBuilder()
                .setPolicy(Policy.newBuilder()
                        .setScope(PolicyScope.POLICY_SCOPE_TEAM)
                        .setScopeId(team + "-x")
                        .setVisible(true));

        assertThat(GrpcError.of(() -> update(nobody)).fields()).containsExactly("policy.scope_id");
        assertThat(update(nobody.setAllowMissing(true)).getPolicy().getScopeId())
                .isEqualTo(team + "-x");
    }

    @Test
    void policiesAreListedByScopeIdAndRule() {
        client.rules(anna, Policy.newBuilder().setDuration(Client.seconds(90)));
        client.rules(ben, Policy.newBuilder().setMaxExtensions(1));
        update(ofTeam(Policy.newBuilder().setDuration(Client.seconds(30))));
        ListPoliciesRequest.Builder both = ListPoliciesRequest.newBuilder()
                .addScopeIds(anna)
                .addScopeIds(ben)
                .addScopeIds(team);

        assertThat(listed(both.clone())).containsExactly(team, anna, ben);
        assertThat(listed(both.clone().addScopes(PolicyScope.POLICY_SCOPE_AGENT)))
                .containsExactly(anna, ben);
        assertThat(listed(both.clone().addRules("duration"))).containsExactly(team, anna);
        assertThat(GrpcError.of(() -> listed(both.clone().addRules("etag"))).fields())
                .containsExactly("rules");
    }

    @Test
    void aPolicyThatSetsNothingAnyMoreIsGone() {
        client.rules(anna, Policy.newBuilder().setDuration(Client.seconds(90)));

        Policy gone = update(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                                .setScopeId(anna))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("duration")))
                .getPolicy();

        assertThat(gone.getEtag()).isEmpty();
        assertThat(GrpcError.of(() -> get(anna)).code()).isEqualTo(Code.NOT_FOUND);
    }

    private List<String> listed(ListPoliciesRequest.Builder request) {
        return client.policies().listPolicies(request.build()).getPoliciesList().stream()
                .map(Policy::getScopeId)
                .toList();
    }

    private UpdatePolicyRequest.Builder ofTeam(Policy.Builder rules) {
        return UpdatePolicyRequest.newBuilder()
                .setPolicy(rules.setScope(PolicyScope.POLICY_SCOPE_TEAM).setScopeId(team));
    }

    private UpdatePolicyResponse update(UpdatePolicyRequest.Builder request) {
        return client.policies().updatePolicy(request.build());
    }

    private Policy get(String agent) {
        return client.policies()
                .getPolicy(GetPolicyRequest.newBuilder()
                        .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                        .setScopeId(agent)
                        .build())
                .getPolicy();
    }

    private Policy getTeam() {
        return client.policies()
                .getPolicy(GetPolicyRequest.newBuilder()
                        .setScope(PolicyScope.POLICY_SCOPE_TEAM)
                        .setScopeId(team)
                        .build())
                .getPolicy();
    }

    private List<PolicyRevision> history(PolicyScope scope, String id) {
        return client.policies()
                .listPolicyRevisions(ListPolicyRevisionsRequest.newBuilder()
                        .setScope(scope)
                        .setScopeId(id)
                        .build())
                .getRevisionsList();
    }

    private void start(String agent, String call) {
        client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(Client.call(agent + call))
                        .build());
    }

    /** How long the agent's next ACW would last. */
    private int duration(String agent) {
        String call = Client.fresh("call");
        AgentState started = client.startAcw(agent, call).getAgentState();
        return (int) (started.getAcws(started.getAcwsCount() - 1)
                        .getDeadlineTime()
                        .getSeconds()
                - started.getAcws(started.getAcwsCount() - 1).getStartTime().getSeconds());
    }

    /** From the start to the deadline of the agent's first open ACW. */
    private long left(String agent) {
        AgentState state = client.state(agent);
        return state.getAcws(0).getDeadlineTime().getSeconds()
                - state.getAcws(0).getStartTime().getSeconds();
    }
}
