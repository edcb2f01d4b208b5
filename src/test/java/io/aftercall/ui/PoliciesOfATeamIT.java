package io.aftercall.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.CreateTenantRequest;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.Tenant;
import io.aftercall.api.v1.UpdateAgentRequest;
import io.aftercall.rpc.Client;
import io.aftercall.security.Issuer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The policies window for those who may not change everything. */
class PoliciesOfATeamIT {

    private static final Issuer ISSUER = new Issuer();

    @RegisterExtension
    static final ServedPages pages = new ServedPages().askingFor(ISSUER);

    private final String tenant = Client.fresh("tenant");
    private Client admin;

    @BeforeEach
    void twoTeams() {
        try (Client operator = as(ISSUER.token(null, "op", "operator"))) {
            operator.tenants()
                    .createTenant(CreateTenantRequest.newBuilder()
                            .setTenant(Tenant.newBuilder().setTenantId(tenant))
                            .build());
        }
        admin = as(ISSUER.token(tenant, "boss", "admin"));
        for (String team : List.of("blue", "red")) {
            admin.directory()
                    .updateAgent(UpdateAgentRequest.newBuilder()
                            .setAgent(
                                    Agent.newBuilder().setAgentId("of-" + team).setTeamId(team))
                            .build());
        }
    }

    @AfterEach
    void leave() {
        admin.close();
    }

    @Test
    void aSupervisorOfATeamChangesItsRulesAndReadsThoseOfEverybody() {
        Page page = open("#rules", ISSUER.token(tenant, "lead", Map.of("teams", List.of("blue")), "supervisor"));
        assertThat(page.getByText("You may read these rules")).isVisible();
        assertThat(page.locator("#rule-duration")).isDisabled();
        assertThat(page.locator(".preset")).hasCount(0);
        assertThat(page.getByText("Try on the past…")).hasCount(0);
        assertThat(page.locator(".node").getByText("red")).hasCount(0);

        page.locator(".node").getByText("blue").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("45 s"))
                .click();
        assertThat(page.locator("policy-outcome")).containsText("1 agent now has different rules");
        assertThat(seconds("of-blue")).isEqualTo(45);

        page.navigate(pages.address("/ui/policies.html#agents"));
        assertThat(page.locator("tr[data-agent]")).hasCount(1);
        page.getByText("Off for all").click();
        page.getByText("Apply to 1 agent").click();
        assertThat(page.getByLabel("After-call work: of-blue")).not().isChecked();
        assertThat(seconds("of-red")).isEqualTo(20);
    }

    @Test
    void whatTheServerRefusesIsSaid() {
        Page page =
                open("#rules/TEAM/red", ISSUER.token(tenant, "lead", Map.of("teams", List.of("blue")), "supervisor"));

        assertThat(page.locator("policy-editor [role=alert]")).containsText("You may not do this");
    }

    @Test
    void anAgentIsToldWhomItIsFor() {
        Page page = open("#rules", ISSUER.token(tenant, "of-blue", Map.of("agent_id", "of-blue"), "agent"));

        assertThat(page.getByText("Policies are for supervisors and administrators"))
                .isVisible();
        assertThat(page.locator("policy-editor")).hasCount(0);
    }

    private static Page open(String place, String token) {
        BrowserContext window = pages.window(Look.DESK);
        window.setExtraHTTPHeaders(Map.of("authorization", "Bearer " + token));
        Page page = window.newPage();
        page.navigate(pages.address("/ui/policies.html" + place));
        return page;
    }

    private static Client as(String token) {
        return pages.server().client().showing(token);
    }

    private long seconds(String agent) {
        return admin.policies()
                .getEffectivePolicy(
                        GetEffectivePolicyRequest.newBuilder().setAgentId(agent).build())
                .getPolicy()
                .getDuration()
                .getSeconds();
    }
}
