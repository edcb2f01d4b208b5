package io.aftercall.security;

import static io.aftercall.security.Role.ADMIN;
import static io.aftercall.security.Role.AGENT;
import static io.aftercall.security.Role.AUDITOR;
import static io.aftercall.security.Role.OPERATOR;
import static io.aftercall.security.Role.ROUTER;
import static io.aftercall.security.Role.SUPERVISOR;
import static io.aftercall.security.Role.VIEWER;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which role may call what. What is not here is allowed to nobody. An agent reaches himself, a supervisor his teams if
 * his credentials name any, and all others their whole tenant.
 */
public final class Permissions {

    /** A call that asks for more than usual has a line of its own, with the field that says so. */
    public static final String WITH_FORCE = "?force";

    public static final String WITH_OVERRIDE = "?override";

    private static final Map<String, Set<Role>> TABLE = new TreeMap<>();

    static {
        permit("AcwService/StartAcw", ROUTER);
        permit("AcwService/CompleteAcw", ROUTER, AGENT);
        permit("AcwService/CompleteAcw" + WITH_FORCE, SUPERVISOR);
        permit("AcwService/ExtendAcw", ROUTER, AGENT, SUPERVISOR);
        permit("AcwService/ExtendAcw" + WITH_OVERRIDE, SUPERVISOR);
        permit("AcwService/RequestAcw", ROUTER, AGENT);
        permit("AcwService/EndAcws", SUPERVISOR);

        permit("AgentStateService/GetAgentState", ROUTER, AGENT, SUPERVISOR, VIEWER);
        permit("AgentStateService/ListAgentStates", ROUTER, AGENT, SUPERVISOR, VIEWER);
        permit("AgentStateService/StreamAgentStates", ROUTER, AGENT, SUPERVISOR, VIEWER);
        permit("AgentStateService/SetPresence", ROUTER, AGENT, SUPERVISOR);
        permit("AgentStateService/BeginInteraction", ROUTER);

        permit("AgentService/GetAgent", ROUTER, SUPERVISOR, ADMIN);
        permit("AgentService/ListAgents", ROUTER, SUPERVISOR, ADMIN);
        permit("AgentService/UpdateAgent", ADMIN);
        permit("AgentService/ImportAgents", ADMIN);
        permit("AgentService/DeleteAgent", ADMIN);

        permit("PolicyService/GetEffectivePolicy", ROUTER, AGENT, SUPERVISOR, ADMIN, VIEWER);
        permit("PolicyService/BatchGetEffectivePolicies", ROUTER, AGENT, SUPERVISOR, ADMIN, VIEWER);
        permit("PolicyService/GetPolicy", ROUTER, SUPERVISOR, ADMIN);
        permit("PolicyService/ListPolicies", ROUTER, SUPERVISOR, ADMIN);
        permit("PolicyService/ListPolicyRevisions", SUPERVISOR, ADMIN);
        permit("PolicyService/UpdatePolicy", SUPERVISOR, ADMIN);
        permit("PolicyService/DeletePolicy", SUPERVISOR, ADMIN);
        permit("PolicyService/RollbackPolicy", SUPERVISOR, ADMIN);
        permit("PolicyService/SimulatePolicy", SUPERVISOR, ADMIN);
        permit("PolicyService/ReportQueuePressure", ROUTER);

        permit("DispositionService/ListDispositions", ROUTER, AGENT, SUPERVISOR, ADMIN, VIEWER);
        permit("DispositionService/GetDisposition", ROUTER, AGENT, SUPERVISOR, ADMIN, VIEWER);
        permit("DispositionService/UpdateDisposition", ADMIN);
        permit("DispositionService/DeleteDisposition", ADMIN);
        permit("DispositionService/ImportDispositions", ADMIN);

        permit("WrapUpService/SaveWrapUp", ROUTER, AGENT);
        permit("WrapUpService/GetWrapUp", AGENT, SUPERVISOR);
        permit("WrapUpService/ListWrapUpsToComplete", AGENT, SUPERVISOR);
        permit("WrapUpService/ListCustomerWrapUps", AGENT, SUPERVISOR);
        permit("WrapUpService/SearchWrapUps", AGENT, SUPERVISOR);
        permit("WrapUpService/ListTags", ROUTER, AGENT, SUPERVISOR, ADMIN);
        permit("WrapUpService/RenameTag", SUPERVISOR, ADMIN);
        permit("WrapUpService/EraseCustomer", ADMIN);
        permit("WrapUpService/ExportCustomer", ADMIN);
        permit("WrapUpService/OfferPreview", ROUTER);
        permit("WrapUpService/WithdrawPreview", ROUTER);

        permit("FollowUpService/CreateFollowUp", ROUTER, AGENT, SUPERVISOR);
        permit("FollowUpService/GetFollowUp", AGENT, SUPERVISOR);
        permit("FollowUpService/ListFollowUps", AGENT, SUPERVISOR);
        permit("FollowUpService/UpdateFollowUp", AGENT, SUPERVISOR);
        permit("FollowUpService/EscalateFollowUp", AGENT, SUPERVISOR);
        permit("FollowUpService/TakeFollowUp", AGENT, SUPERVISOR);

        permit("WebhookService/ListWebhooks", ADMIN);
        permit("WebhookService/GetWebhook", ADMIN);
        permit("WebhookService/UpdateWebhook", ADMIN);
        permit("WebhookService/DeleteWebhook", ADMIN);
        permit("WebhookService/RotateWebhookSecret", ADMIN);
        permit("WebhookService/TestWebhook", ADMIN);
        permit("WebhookService/ListDeliveries", ADMIN);
        permit("WebhookService/ReplayDelivery", ADMIN);

        permit("EmailTemplateService/ListEmailTemplates", ADMIN);
        permit("EmailTemplateService/UpdateEmailTemplate", ADMIN);
        permit("EmailTemplateService/DeleteEmailTemplate", ADMIN);
        permit("EmailTemplateService/PreviewEmail", AGENT, SUPERVISOR);

        permit("ReportService/GetAcwReport", AGENT, SUPERVISOR, ADMIN, VIEWER);
        permit("ReportService/ExportAcwReport", AGENT, SUPERVISOR, ADMIN, VIEWER);
        permit("ReportService/GetPaddingReport", SUPERVISOR, ADMIN);
        permit("ReportService/GetAgentDay", AGENT, SUPERVISOR, ADMIN);

        permit("TenantService/CreateTenant", OPERATOR);
        permit("TenantService/GetTenant", OPERATOR);
        permit("TenantService/ListTenants", OPERATOR);
        permit("TenantService/UpdateTenant", OPERATOR);
        permit("TenantService/DeleteTenant", OPERATOR);
        permit("TenantService/RevokeCredentials", OPERATOR);

        permit("AuditService/ListAuditEvents", AUDITOR, OPERATOR);
        permit("AuditService/ExportAuditEvents", AUDITOR, OPERATOR);
        permit("AuditService/VerifyAudit", AUDITOR, OPERATOR);
    }

    private Permissions() {}

    private static void permit(String call, Role first, Role... others) {
        TABLE.put("acw.v1." + call, EnumSet.of(first, others));
    }

    /** Every call that anybody may make, by its full name in gRPC, and with what it asks for where that matters. */
    public static Set<String> calls() {
        return TABLE.keySet();
    }

    /** The roles that may make a call by its full name, all that it can ask for included; none for one that is not here. */
    public static Set<Role> roles(String call) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        TABLE.forEach((known, permitted) -> {
            if (known.equals(call) || known.startsWith(call + "?")) {
                roles.addAll(permitted);
            }
        });
        return roles;
    }

    /**
     * What a caller may do with a call.
     *
     * @return empty if he may not make it at all
     */
    public static Optional<Grant> of(Caller caller, String call) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(TABLE.getOrDefault(call, Set.of()));
        roles.retainAll(caller.roles());
        return roles.isEmpty() ? Optional.empty() : Optional.of(new Grant(caller, roles));
    }
}
