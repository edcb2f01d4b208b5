package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Duration;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AcwTimeoutAction;
import io.aftercall.api.v1.BatchGetEffectivePoliciesRequest;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.GetPolicyRequest;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyConditions;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class BadPolicyTest {

    private static final long HOUR = 3_600;

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");

    static Stream<Arguments> badRules() {
        return Stream.of(
                bad("mode", policy -> policy.setModeValue(99)),
                bad("max_extensions", policy -> policy.setMode(AcwMode.ACW_MODE_FIXED)
                        .setMaxExtensions(1)),
                bad("on_timeout", policy -> policy.setMode(AcwMode.ACW_MODE_DISCRETIONARY)
                        .setOnTimeout(AcwTimeoutAction.ACW_TIMEOUT_ACTION_NOT_READY)),
                bad(
                        "conditions.channel",
                        policy -> policy.setConditions(
                                PolicyConditions.newBuilder().setChannelValue(99))),
                bad(
                        "duration",
                        policy -> policy.setDuration(Duration.newBuilder().setNanos(999_999_999))),
                bad("duration", policy -> policy.setDuration(Client.seconds(24 * HOUR + 1))),
                bad("duration", policy -> policy.setDuration(Client.seconds(Long.MIN_VALUE))),
                bad("duration", policy -> policy.setDuration(lowest())),
                bad("extension_duration", policy -> policy.setExtensionDuration(Client.seconds(0))),
                bad("extension_duration", policy -> policy.setExtensionDuration(Client.seconds(HOUR + 1))),
                bad("max_extensions", policy -> policy.setMaxExtensions(-1)),
                bad("max_extensions", policy -> policy.setMaxExtensions(101)),
                bad("min_talk_duration", policy -> policy.setMinTalkDuration(Client.seconds(-1))),
                bad("min_talk_duration", policy -> policy.setMinTalkDuration(Client.seconds(HOUR + 1))),
                bad("start_on", policy -> policy.addStartOnValue(0)),
                bad("start_on", policy -> policy.addStartOnValue(99)),
                bad("disposition", policy -> policy.setDispositionValue(99)),
                bad("timeout_disposition", policy -> policy.setTimeoutDisposition("no id")),
                bad("on_timeout", policy -> policy.setOnTimeoutValue(99)),
                bad("on_timeout_not_ready_reason", policy -> policy.setOnTimeoutNotReadyReason("x".repeat(129))),
                bad("blocks", policy -> policy.setBlocksValue(99)),
                bad("on_new_interaction", policy -> policy.setOnNewInteractionValue(99)),
                bad("on_logout", policy -> policy.setOnLogoutValue(99)),
                bad("rest_duration", policy -> policy.setRestDuration(Client.seconds(HOUR + 1))),
                bad("warning_before_end", policy -> policy.setWarningBeforeEnd(Client.seconds(301))),
                bad("late_completion", policy -> policy.setLateCompletion(Client.seconds(30 * 24 * HOUR + 1))),
                bad("max_duration_cap", policy -> policy.setMaxDurationCap(Client.seconds(HOUR))));
    }

    @ParameterizedTest
    @MethodSource("badRules")
    void aBadRuleIsNamedAndNoPolicyIsMade(String field, Consumer<Policy.Builder> spoil) {
        Policy.Builder policy = Policy.newBuilder().setVisible(true);
        spoil.accept(policy);

        GrpcError error = GrpcError.of(() -> client.rules(agent, policy));

        assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(error.fields()).containsExactly("policy." + field);
        assertThat(GrpcError.of(() -> get(PolicyScope.POLICY_SCOPE_AGENT, agent))
                        .reason())
                .isEqualTo("POLICY_NOT_FOUND");
    }

    @Test
    void aCapBeyondItsLimitsIsRefusedForTheTenant() {
        UpdatePolicyRequest request = UpdatePolicyRequest.newBuilder()
                .setPolicy(Policy.newBuilder()
                        .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                        .setVisible(true)
                        .setMaxDurationCap(Client.seconds(9)))
                .build();

        GrpcError error = GrpcError.of(() -> client.policies().updatePolicy(request));

        assertThat(error.fields()).containsExactly("policy.max_duration_cap");
    }

    @Test
    void aPolicyWhoseOnlyRuleIsBadIsNotCalledEmptyToo() {
        GrpcError error =
                GrpcError.of(() -> client.rules(agent, Policy.newBuilder().setMaxExtensions(101)));

        assertThat(error.fields()).containsExactly("policy.max_extensions");
    }

    @Test
    void everyRuleAtItsLimitIsTaken() {
        Policy.Builder rules = Policy.newBuilder()
                .setDuration(Client.seconds(24 * HOUR))
                .setExtensionDuration(Client.seconds(HOUR))
                .setMaxExtensions(100)
                .setMinTalkDuration(Client.seconds(0))
                .setTimeoutDisposition("d".repeat(128))
                .setRestDuration(Client.seconds(HOUR))
                .setWarningBeforeEnd(Client.seconds(300))
                .setLateCompletion(Client.seconds(30 * 24 * HOUR));

        Policy taken = client.rules(agent, rules).getPolicy();

        assertThat(taken.getLateCompletion()).isEqualTo(rules.getLateCompletion());
    }

    /** The contract asks for at most 128 characters, not for an id; SetPresence takes this reason. */
    @Test
    void theReasonAfterATimeoutMayBeAnyThatAnAgentMayGive() {
        Policy taken = client.rules(agent, Policy.newBuilder().setOnTimeoutNotReadyReason("Timed out, see to it"))
                .getPolicy();

        assertThat(taken.getOnTimeoutNotReadyReason()).isEqualTo("Timed out, see to it");
    }

    static Stream<Arguments> badScopes() {
        return Stream.of(
                arguments("scope", PolicyScope.POLICY_SCOPE_UNSPECIFIED, ""),
                arguments("scope_id", PolicyScope.POLICY_SCOPE_TEAM, ""),
                arguments("scope_id", PolicyScope.POLICY_SCOPE_QUEUE, "no id"),
                arguments("scope_id", PolicyScope.POLICY_SCOPE_TENANT, "somebody"),
                arguments("scope_id", PolicyScope.POLICY_SCOPE_AGENT, ""),
                arguments("scope_id", PolicyScope.POLICY_SCOPE_AGENT, "no id"));
    }

    @ParameterizedTest
    @MethodSource("badScopes")
    void aBadScopeIsNamed(String field, PolicyScope scope, String scopeId) {
        GrpcError read = GrpcError.of(() -> get(scope, scopeId));
        GrpcError updated = GrpcError.of(() -> client.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(scope)
                                .setScopeId(scopeId)
                                .setMaxExtensions(1))
                        .build()));

        assertThat(read.fields()).containsExactly(field);
        assertThat(updated.fields()).containsExactly("policy." + field);
    }

    @Test
    void emptyAndContradictingRequestsNameTheFields() {
        GrpcError update = GrpcError.of(() -> client.policies().updatePolicy(UpdatePolicyRequest.getDefaultInstance()));
        GrpcError effective = GrpcError.of(() -> client.policies()
                .getEffectivePolicy(GetEffectivePolicyRequest.newBuilder()
                        .setAgentId(agent)
                        .setTeamId("sales")
                        .build()));
        GrpcError ofNobody = GrpcError.of(() ->
                client.policies().batchGetEffectivePolicies(BatchGetEffectivePoliciesRequest.getDefaultInstance()));
        GrpcError ofTooMany = GrpcError.of(() -> client.policies()
                .batchGetEffectivePolicies(BatchGetEffectivePoliciesRequest.newBuilder()
                        .addAllAgentIds(Collections.nCopies(101, agent))
                        .setChannelValue(77)
                        .build()));
        GrpcError list = GrpcError.of(() -> client.policies()
                .listPolicies(ListPoliciesRequest.newBuilder().setPageSize(-1).build()));

        assertThat(update.fields()).contains("policy");
        assertThat(effective.fields()).containsExactly("team_id");
        assertThat(ofNobody.fields()).containsExactly("agent_ids");
        assertThat(ofTooMany.fields()).containsExactly("agent_ids", "channel");
        assertThat(list.fields()).containsExactly("page_size");
    }

    private void get(PolicyScope scope, String scopeId) {
        client.policies()
                .getPolicy(GetPolicyRequest.newBuilder()
                        .setScope(scope)
                        .setScopeId(scopeId)
                        .build());
    }

    private static Arguments bad(String field, Consumer<Policy.Builder> spoil) {
        return arguments(field, spoil);
    }

    /** No number is negative enough to be its absolute value. */
    private static com.google.protobuf.Duration lowest() {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(Long.MIN_VALUE)
                .setNanos(-999_999_999)
                .build();
    }
}
