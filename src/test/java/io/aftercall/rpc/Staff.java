package io.aftercall.rpc;

import static io.aftercall.security.IssuerResource.ISSUER;

import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.CreateTenantRequest;
import io.aftercall.api.v1.Tenant;
import io.aftercall.api.v1.UpdateAgentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The people of a tenant of its own, each with credentials; a client for whoever is asked for. */
final class Staff implements AfterEachCallback {

    /** Of the team {@link #TEAM}. */
    static final String OWN = "own-agent";

    static final String TEAM = "blue";

    /** Of the team {@link #OTHER_TEAM}. */
    static final String FOREIGN = "foreign-agent";

    static final String OTHER_TEAM = "red";

    final String tenant = Client.fresh("tenant");
    private final List<Client> clients = new ArrayList<>();

    /** Who runs the installation. */
    Client operator() {
        return client(ISSUER.token(null, "op", "operator"));
    }

    /** Somebody of the tenant with these roles. */
    Client somebody(String subject, String... roles) {
        return client(ISSUER.token(tenant, subject, roles));
    }

    /** One of the roles of a matrix; {@code lead} is a supervisor of {@link #TEAM} alone. */
    Client as(String who) {
        return switch (who) {
            case "operator" -> operator();
            case "agent" -> client(ISSUER.token(tenant, "agent", Map.of("agent_id", OWN), "agent"));
            case "lead" -> client(ISSUER.token(tenant, "lead", Map.of("teams", List.of(TEAM)), "supervisor"));
            case "agent+viewer" -> client(ISSUER.token(tenant, who, Map.of("agent_id", OWN), "agent", "viewer"));
            case "lead+viewer" ->
                client(ISSUER.token(tenant, who, Map.of("teams", List.of(TEAM)), "supervisor", "viewer"));
            default -> somebody(who, who);
        };
    }

    Client client(String token) {
        Client client = new Client().showing(token);
        clients.add(client);
        return client;
    }

    Staff hired() {
        operator()
                .tenants()
                .createTenant(CreateTenantRequest.newBuilder()
                        .setTenant(Tenant.newBuilder().setTenantId(tenant))
                        .build());
        Client admin = as("admin");
        describe(admin, OWN, TEAM);
        describe(admin, FOREIGN, OTHER_TEAM);
        return this;
    }

    private static void describe(Client admin, String agentId, String teamId) {
        admin.directory()
                .updateAgent(UpdateAgentRequest.newBuilder()
                        .setAgent(Agent.newBuilder().setAgentId(agentId).setTeamId(teamId))
                        .build());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        clients.forEach(Client::close);
    }
}
