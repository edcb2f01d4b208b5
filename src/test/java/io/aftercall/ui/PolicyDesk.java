package io.aftercall.ui;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.DeletePolicyRequest;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.UpdateAgentRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdatePolicyResponse;
import io.aftercall.rpc.Client;

/** What tests of the policies window do beside the window: another supervisor, and a router. */
final class PolicyDesk {

    private final ServedPages pages;

    PolicyDesk(ServedPages pages) {
        this.pages = pages;
    }

    /** The window at a place, as its address names it. */
    Page open(String place) {
        return open(place, Look.DESK);
    }

    Page open(String place, Look look) {
        return pages.open("/ui/policies.html#" + place, look);
    }

    Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void describe(String agent, String team) {
        pages.client()
                .directory()
                .updateAgent(UpdateAgentRequest.newBuilder()
                        .setAgent(Agent.newBuilder().setAgentId(agent).setTeamId(team))
                        .build());
    }

    UpdatePolicyResponse set(PolicyScope scope, String id, Policy.Builder rules) {
        return pages.client()
                .policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(rules.setScope(scope).setScopeId(id))
                        .build());
    }

    Policy effective(String agent) {
        return pages.client()
                .policies()
                .getEffectivePolicy(
                        GetEffectivePolicyRequest.newBuilder().setAgentId(agent).build())
                .getPolicy();
    }

    /** An ACW that began and was completed. */
    void record(String agent, String queue) {
        String call = Client.fresh("call");
        pages.client()
                .acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(Client.call(call).setQueueId(queue))
                        .build());
        pages.client()
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .build());
    }

    /** Takes away what tests have set for everybody. */
    void clearTenant() {
        pages.client()
                .policies()
                .listPolicies(ListPoliciesRequest.newBuilder()
                        .addScopes(PolicyScope.POLICY_SCOPE_TENANT)
                        .build())
                .getPoliciesList()
                .forEach(policy -> pages.client()
                        .policies()
                        .deletePolicy(DeletePolicyRequest.newBuilder()
                                .setScope(policy.getScope())
                                .setConditions(policy.getConditions())
                                .build()));
    }
}
