package io.aftercall.rpc;

import static io.aftercall.rpc.Staff.FOREIGN;
import static io.aftercall.rpc.Staff.OTHER_TEAM;
import static io.aftercall.rpc.Staff.OWN;
import static io.aftercall.rpc.Staff.TEAM;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.aftercall.api.v1.AcwReportQuery;
import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.AgentServiceGrpc;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.AuditServiceGrpc;
import io.aftercall.api.v1.BatchGetEffectivePoliciesRequest;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.CreateTenantRequest;
import io.aftercall.api.v1.DeleteAgentRequest;
import io.aftercall.api.v1.DeleteDispositionRequest;
import io.aftercall.api.v1.DeleteEmailTemplateRequest;
import io.aftercall.api.v1.DeletePolicyRequest;
import io.aftercall.api.v1.DeleteTenantRequest;
import io.aftercall.api.v1.DeleteWebhookRequest;
import io.aftercall.api.v1.DispositionServiceGrpc;
import io.aftercall.api.v1.EmailTemplateServiceGrpc;
import io.aftercall.api.v1.EndAcwsRequest;
import io.aftercall.api.v1.EraseCustomerRequest;
import io.aftercall.api.v1.EscalateFollowUpRequest;
import io.aftercall.api.v1.ExportAcwReportRequest;
import io.aftercall.api.v1.ExportAuditEventsRequest;
import io.aftercall.api.v1.ExportCustomerRequest;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.FollowUpServiceGrpc;
import io.aftercall.api.v1.GetAcwReportRequest;
import io.aftercall.api.v1.GetAgentDayRequest;
import io.aftercall.api.v1.GetAgentRequest;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.GetDispositionRequest;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.GetFollowUpRequest;
import io.aftercall.api.v1.GetPaddingReportRequest;
import io.aftercall.api.v1.GetPolicyRequest;
import io.aftercall.api.v1.GetTenantRequest;
import io.aftercall.api.v1.GetWebhookRequest;
import io.aftercall.api.v1.GetWrapUpRequest;
import io.aftercall.api.v1.ImportAgentsRequest;
import io.aftercall.api.v1.ImportDispositionsRequest;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentsRequest;
import io.aftercall.api.v1.ListAuditEventsRequest;
import io.aftercall.api.v1.ListCustomerWrapUpsRequest;
import io.aftercall.api.v1.ListDeliveriesRequest;
import io.aftercall.api.v1.ListDispositionsRequest;
import io.aftercall.api.v1.ListEmailTemplatesRequest;
import io.aftercall.api.v1.ListFollowUpsRequest;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.ListPolicyRevisionsRequest;
import io.aftercall.api.v1.ListTagsRequest;
import io.aftercall.api.v1.ListTenantsRequest;
import io.aftercall.api.v1.ListWebhooksRequest;
import io.aftercall.api.v1.ListWrapUpsToCompleteRequest;
import io.aftercall.api.v1.OfferPreviewRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.api.v1.PreviewEmailRequest;
import io.aftercall.api.v1.RenameTagRequest;
import io.aftercall.api.v1.ReplayDeliveryRequest;
import io.aftercall.api.v1.ReportDimension;
import io.aftercall.api.v1.ReportQueuePressureRequest;
import io.aftercall.api.v1.ReportServiceGrpc;
import io.aftercall.api.v1.RequestAcwRequest;
import io.aftercall.api.v1.RevokeCredentialsRequest;
import io.aftercall.api.v1.RollbackPolicyRequest;
import io.aftercall.api.v1.RotateWebhookSecretRequest;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.SearchWrapUpsRequest;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.SimulatePolicyRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.TakeFollowUpRequest;
import io.aftercall.api.v1.TenantServiceGrpc;
import io.aftercall.api.v1.TestWebhookRequest;
import io.aftercall.api.v1.UpdateAgentRequest;
import io.aftercall.api.v1.UpdateDispositionRequest;
import io.aftercall.api.v1.UpdateEmailTemplateRequest;
import io.aftercall.api.v1.UpdateFollowUpRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdateTenantRequest;
import io.aftercall.api.v1.UpdateWebhookRequest;
import io.aftercall.api.v1.VerifyAuditRequest;
import io.aftercall.api.v1.WebhookServiceGrpc;
import io.aftercall.api.v1.WithdrawPreviewRequest;
import io.aftercall.api.v1.WrapUpServiceGrpc;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.security.Permissions;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every call, by everybody, about whom he may and whom he may not: who is let through is written down here once more,
 * apart from the server's own table.
 */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class PermissionMatrixTest {

    private static final List<String> EVERYBODY =
            List.of("router", "agent", "lead", "supervisor", "admin", "viewer", "auditor", "operator");

    /** Whoever has two roles may what either may. */
    private static final List<String> PAIRS = List.of("agent+viewer", "lead+viewer");

    @RegisterExtension
    final Staff staff = new Staff();

    @Inject
    @Any
    Instance<BindableService> services;

    /** @param who is let through, also if the message is bad otherwise */
    private record Row(MethodDescriptor<? extends Message, ? extends Message> call, Message message, String who) {}

    private static final List<Row> ROWS = rows();

    private static void reports(List<Row> rows) {
        Map<AcwReportQuery, String> asked = Map.of(
                AcwReportQuery.getDefaultInstance(), "agent lead supervisor admin viewer",
                AcwReportQuery.newBuilder()
                                .addGroupBy(ReportDimension.REPORT_DIMENSION_AGENT)
                                .build(),
                        "agent lead supervisor admin",
                AcwReportQuery.newBuilder().addAgentIds(OWN).build(), "agent lead supervisor admin",
                AcwReportQuery.newBuilder().addAgentIds(FOREIGN).build(), "lead supervisor admin",
                AcwReportQuery.newBuilder().addTeamIds(OTHER_TEAM).build(), "agent supervisor admin viewer");
        asked.forEach((query, who) -> {
            rows.add(new Row(
                    ReportServiceGrpc.getGetAcwReportMethod(),
                    GetAcwReportRequest.newBuilder().setQuery(query).build(),
                    who));
            rows.add(new Row(
                    ReportServiceGrpc.getExportAcwReportMethod(),
                    ExportAcwReportRequest.newBuilder().setQuery(query).build(),
                    who));
        });
        rows.add(new Row(
                ReportServiceGrpc.getGetPaddingReportMethod(),
                GetPaddingReportRequest.getDefaultInstance(),
                "lead supervisor admin"));
        rows.add(new Row(
                ReportServiceGrpc.getGetPaddingReportMethod(),
                GetPaddingReportRequest.newBuilder().addTeamIds(OTHER_TEAM).build(),
                "supervisor admin"));
        rows.add(new Row(
                ReportServiceGrpc.getGetAgentDayMethod(),
                GetAgentDayRequest.newBuilder().setAgentId(OWN).build(),
                "agent lead supervisor admin"));
        rows.add(new Row(
                ReportServiceGrpc.getGetAgentDayMethod(),
                GetAgentDayRequest.newBuilder().setAgentId(FOREIGN).build(),
                "supervisor admin"));
    }

    private static void webhooks(List<Row> rows) {
        rows.add(new Row(
                WrapUpServiceGrpc.getEraseCustomerMethod(), EraseCustomerRequest.getDefaultInstance(), "admin"));
        rows.add(new Row(
                WrapUpServiceGrpc.getExportCustomerMethod(), ExportCustomerRequest.getDefaultInstance(), "admin"));
        rows.add(new Row(
                EmailTemplateServiceGrpc.getListEmailTemplatesMethod(),
                ListEmailTemplatesRequest.getDefaultInstance(),
                "admin"));
        rows.add(new Row(
                EmailTemplateServiceGrpc.getUpdateEmailTemplateMethod(),
                UpdateEmailTemplateRequest.getDefaultInstance(),
                "admin"));
        rows.add(new Row(
                EmailTemplateServiceGrpc.getDeleteEmailTemplateMethod(),
                DeleteEmailTemplateRequest.getDefaultInstance(),
                "admin"));
        rows.add(
                new Row(WebhookServiceGrpc.getListWebhooksMethod(), ListWebhooksRequest.getDefaultInstance(), "admin"));
        rows.add(new Row(WebhookServiceGrpc.getGetWebhookMethod(), GetWebhookRequest.getDefaultInstance(), "admin"));
        rows.add(new Row(
                WebhookServiceGrpc.getUpdateWebhookMethod(), UpdateWebhookRequest.getDefaultInstance(), "admin"));
        rows.add(new Row(
                WebhookServiceGrpc.getDeleteWebhookMethod(), DeleteWebhookRequest.getDefaultInstance(), "admin"));
        rows.add(new Row(
                WebhookServiceGrpc.getRotateWebhookSecretMethod(),
                RotateWebhookSecretRequest.getDefaultInstance(),
                "admin"));
        rows.add(new Row(WebhookServiceGrpc.getTestWebhookMethod(), TestWebhookRequest.getDefaultInstance(), "admin"));
        rows.add(new Row(
                WebhookServiceGrpc.getListDeliveriesMethod(), ListDeliveriesRequest.getDefaultInstance(), "admin"));
        rows.add(new Row(
                WebhookServiceGrpc.getReplayDeliveryMethod(), ReplayDeliveryRequest.getDefaultInstance(), "admin"));
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        String passOn = "router agent";
        String read = "router agent lead supervisor viewer";
        for (String agent : List.of(OWN, FOREIGN)) {
            boolean own = agent.equals(OWN);
            rows.add(new Row(
                    AcwServiceGrpc.getStartAcwMethod(),
                    StartAcwRequest.newBuilder().setAgentId(agent).build(),
                    "router"));
            rows.add(new Row(
                    AcwServiceGrpc.getCompleteAcwMethod(),
                    CompleteAcwRequest.newBuilder().setAgentId(agent).build(),
                    own ? passOn : "router"));
            rows.add(new Row(
                    AcwServiceGrpc.getCompleteAcwMethod(),
                    CompleteAcwRequest.newBuilder()
                            .setAgentId(agent)
                            .setForce(true)
                            .build(),
                    own ? "lead supervisor" : "supervisor"));
            rows.add(new Row(
                    AcwServiceGrpc.getExtendAcwMethod(),
                    ExtendAcwRequest.newBuilder().setAgentId(agent).build(),
                    own ? "router agent lead supervisor" : "router supervisor"));
            rows.add(new Row(
                    AcwServiceGrpc.getExtendAcwMethod(),
                    ExtendAcwRequest.newBuilder()
                            .setAgentId(agent)
                            .setOverride(true)
                            .build(),
                    own ? "lead supervisor" : "supervisor"));
            rows.add(new Row(
                    AcwServiceGrpc.getRequestAcwMethod(),
                    RequestAcwRequest.newBuilder().setAgentId(agent).build(),
                    own ? passOn : "router"));
            rows.add(new Row(
                    AgentStateServiceGrpc.getGetAgentStateMethod(),
                    GetAgentStateRequest.newBuilder().setAgentId(agent).build(),
                    own ? read : "router supervisor viewer"));
            rows.add(new Row(
                    AgentStateServiceGrpc.getListAgentStatesMethod(),
                    ListAgentStatesRequest.newBuilder()
                            .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
                            .build(),
                    // Who asks for others gets those whom he reaches; an agent names only himself.
                    own ? read : "router lead supervisor viewer"));
            rows.add(new Row(
                    AgentStateServiceGrpc.getStreamAgentStatesMethod(),
                    StreamAgentStatesRequest.newBuilder()
                            .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
                            .setBookmarkIntervalDuration(Duration.newBuilder().setNanos(1))
                            .build(),
                    own ? read : "router lead supervisor viewer"));
            rows.add(new Row(
                    AgentStateServiceGrpc.getSetPresenceMethod(),
                    SetPresenceRequest.newBuilder().setAgentId(agent).build(),
                    own ? "router agent lead supervisor" : "router supervisor"));
            rows.add(new Row(
                    AgentStateServiceGrpc.getBeginInteractionMethod(),
                    BeginInteractionRequest.newBuilder().setAgentId(agent).build(),
                    "router"));
            rows.add(new Row(
                    AgentServiceGrpc.getGetAgentMethod(),
                    GetAgentRequest.newBuilder().setAgentId(agent).build(),
                    own ? "router lead supervisor admin" : "router supervisor admin"));
            rows.add(new Row(
                    AgentServiceGrpc.getUpdateAgentMethod(),
                    UpdateAgentRequest.newBuilder()
                            .setAgent(Agent.newBuilder().setAgentId(agent))
                            .build(),
                    "admin"));
            rows.add(new Row(
                    AgentServiceGrpc.getDeleteAgentMethod(),
                    DeleteAgentRequest.newBuilder()
                            .setAgentId(agent)
                            .setRequestId("not a UUID")
                            .build(),
                    "admin"));
            rows.add(new Row(
                    WrapUpServiceGrpc.getSaveWrapUpMethod(),
                    SaveWrapUpRequest.newBuilder().setAgentId(agent).build(),
                    own ? passOn : "router"));
            rows.add(new Row(
                    FollowUpServiceGrpc.getCreateFollowUpMethod(),
                    CreateFollowUpRequest.newBuilder().setAgentId(agent).build(),
                    own ? "router agent lead supervisor" : "router supervisor"));
            rows.add(new Row(
                    FollowUpServiceGrpc.getGetFollowUpMethod(),
                    GetFollowUpRequest.newBuilder().setAgentId(agent).build(),
                    own ? "agent lead supervisor" : "supervisor"));
            rows.add(new Row(
                    FollowUpServiceGrpc.getUpdateFollowUpMethod(),
                    UpdateFollowUpRequest.newBuilder().setAgentId(agent).build(),
                    own ? "agent lead supervisor" : "supervisor"));
            rows.add(new Row(
                    FollowUpServiceGrpc.getEscalateFollowUpMethod(),
                    EscalateFollowUpRequest.newBuilder().setAgentId(agent).build(),
                    own ? "agent lead supervisor" : "supervisor"));
            rows.add(new Row(
                    FollowUpServiceGrpc.getTakeFollowUpMethod(),
                    TakeFollowUpRequest.newBuilder().setAgentId(agent).build(),
                    own ? "agent lead supervisor" : "supervisor"));
            rows.add(new Row(
                    FollowUpServiceGrpc.getListFollowUpsMethod(),
                    ListFollowUpsRequest.newBuilder().addAgentIds(agent).build(),
                    own ? "agent lead supervisor" : "supervisor"));
            rows.add(new Row(
                    WrapUpServiceGrpc.getOfferPreviewMethod(),
                    OfferPreviewRequest.newBuilder().setAgentId(agent).build(),
                    "router"));
            rows.add(new Row(
                    WrapUpServiceGrpc.getWithdrawPreviewMethod(),
                    WithdrawPreviewRequest.newBuilder().setAgentId(agent).build(),
                    "router"));
            rows.add(new Row(
                    EmailTemplateServiceGrpc.getPreviewEmailMethod(),
                    PreviewEmailRequest.newBuilder().setAgentId(agent).build(),
                    own ? "agent lead supervisor" : "supervisor"));
            rows.add(new Row(
                    WrapUpServiceGrpc.getGetWrapUpMethod(),
                    GetWrapUpRequest.newBuilder().setAgentId(agent).build(),
                    own ? "agent lead supervisor" : "supervisor"));
            rows.add(new Row(
                    WrapUpServiceGrpc.getListWrapUpsToCompleteMethod(),
                    ListWrapUpsToCompleteRequest.newBuilder().addAgentIds(agent).build(),
                    own ? "agent lead supervisor" : "lead supervisor"));
            rows.add(new Row(
                    WrapUpServiceGrpc.getSearchWrapUpsMethod(),
                    SearchWrapUpsRequest.newBuilder().addAgentIds(agent).build(),
                    own ? "agent lead supervisor" : "lead supervisor"));
            rows.add(new Row(
                    PolicyServiceGrpc.getGetEffectivePolicyMethod(),
                    GetEffectivePolicyRequest.newBuilder().setAgentId(agent).build(),
                    own ? read + " admin" : "router supervisor viewer admin"));
            rows.add(new Row(
                    PolicyServiceGrpc.getBatchGetEffectivePoliciesMethod(),
                    BatchGetEffectivePoliciesRequest.newBuilder()
                            .addAgentIds(OWN)
                            .addAgentIds(agent)
                            .build(),
                    own ? read + " admin" : "router supervisor viewer admin"));
            policies(rows, PolicyScope.POLICY_SCOPE_AGENT, agent, own);
        }
        for (String team : List.of("", TEAM, OTHER_TEAM)) {
            rows.add(new Row(
                    PolicyServiceGrpc.getGetEffectivePolicyMethod(),
                    GetEffectivePolicyRequest.newBuilder().setTeamId(team).build(),
                    team.isEmpty()
                            ? "router agent lead supervisor viewer admin"
                            : team.equals(TEAM)
                                    ? "router lead supervisor viewer admin"
                                    : "router supervisor viewer admin"));
        }
        reports(rows);
        policies(rows, PolicyScope.POLICY_SCOPE_TEAM, TEAM, true);
        policies(rows, PolicyScope.POLICY_SCOPE_TEAM, OTHER_TEAM, false);
        for (String id : List.of("", "queue")) {
            PolicyScope scope = id.isEmpty() ? PolicyScope.POLICY_SCOPE_TENANT : PolicyScope.POLICY_SCOPE_QUEUE;
            policies(rows, scope, id, false);
            rows.removeIf(row -> row.message() instanceof GetPolicyRequest get && get.getScope() == scope);
            rows.add(new Row(
                    PolicyServiceGrpc.getGetPolicyMethod(),
                    GetPolicyRequest.newBuilder().setScope(scope).setScopeId(id).build(),
                    "router lead supervisor admin"));
        }
        rows.add(new Row(
                AcwServiceGrpc.getEndAcwsMethod(),
                EndAcwsRequest.newBuilder().setTeamId(TEAM).build(),
                "lead supervisor"));
        rows.add(new Row(
                AcwServiceGrpc.getEndAcwsMethod(),
                EndAcwsRequest.newBuilder().setTeamId(OTHER_TEAM).build(),
                "supervisor"));
        rows.add(new Row(
                AcwServiceGrpc.getEndAcwsMethod(),
                EndAcwsRequest.newBuilder().setQueueId("queue").build(),
                "supervisor"));
        rows.add(new Row(
                AgentStateServiceGrpc.getListAgentStatesMethod(), ListAgentStatesRequest.getDefaultInstance(), read));
        rows.add(new Row(
                AgentStateServiceGrpc.getListAgentStatesMethod(),
                ListAgentStatesRequest.newBuilder()
                        .setFilter(AgentStateFilter.newBuilder().addTeamIds(OTHER_TEAM))
                        .build(),
                "router agent supervisor viewer"));
        rows.add(new Row(
                AgentStateServiceGrpc.getListAgentStatesMethod(),
                ListAgentStatesRequest.newBuilder()
                        .setFilter(AgentStateFilter.newBuilder().putLabels("skill", "es"))
                        .build(),
                "router agent lead supervisor"));
        rows.add(new Row(
                AgentServiceGrpc.getListAgentsMethod(),
                ListAgentsRequest.getDefaultInstance(),
                "router lead supervisor admin"));
        rows.add(new Row(
                AgentServiceGrpc.getListAgentsMethod(),
                ListAgentsRequest.newBuilder().addTeamIds(OTHER_TEAM).build(),
                "router supervisor admin"));
        rows.add(new Row(AgentServiceGrpc.getImportAgentsMethod(), ImportAgentsRequest.getDefaultInstance(), "admin"));
        rows.add(new Row(
                PolicyServiceGrpc.getListPoliciesMethod(),
                ListPoliciesRequest.getDefaultInstance(),
                "router lead supervisor admin"));
        rows.add(new Row(
                PolicyServiceGrpc.getListPolicyRevisionsMethod(),
                ListPolicyRevisionsRequest.getDefaultInstance(),
                "lead supervisor admin"));
        rows.add(new Row(
                PolicyServiceGrpc.getSimulatePolicyMethod(),
                SimulatePolicyRequest.getDefaultInstance(),
                "supervisor admin"));
        rows.add(new Row(
                PolicyServiceGrpc.getReportQueuePressureMethod(),
                ReportQueuePressureRequest.getDefaultInstance(),
                "router"));
        rows.add(new Row(
                WrapUpServiceGrpc.getListWrapUpsToCompleteMethod(),
                ListWrapUpsToCompleteRequest.newBuilder().addTeamIds(OTHER_TEAM).build(),
                "agent supervisor"));
        rows.add(new Row(
                WrapUpServiceGrpc.getSearchWrapUpsMethod(),
                SearchWrapUpsRequest.newBuilder().addTeamIds(OTHER_TEAM).build(),
                "agent supervisor"));
        rows.add(new Row(
                FollowUpServiceGrpc.getListFollowUpsMethod(),
                ListFollowUpsRequest.newBuilder().addTeamIds(OTHER_TEAM).build(),
                "agent supervisor"));
        rows.add(new Row(
                WrapUpServiceGrpc.getListCustomerWrapUpsMethod(),
                ListCustomerWrapUpsRequest.getDefaultInstance(),
                "agent lead supervisor"));
        rows.add(new Row(
                WrapUpServiceGrpc.getListTagsMethod(),
                ListTagsRequest.getDefaultInstance(),
                "router agent lead supervisor admin"));
        rows.add(new Row(
                WrapUpServiceGrpc.getRenameTagMethod(), RenameTagRequest.getDefaultInstance(), "supervisor admin"));
        webhooks(rows);
        rows.add(new Row(
                DispositionServiceGrpc.getListDispositionsMethod(),
                ListDispositionsRequest.getDefaultInstance(),
                read + " admin"));
        rows.add(new Row(
                DispositionServiceGrpc.getGetDispositionMethod(),
                GetDispositionRequest.getDefaultInstance(),
                read + " admin"));
        rows.add(new Row(
                DispositionServiceGrpc.getUpdateDispositionMethod(),
                UpdateDispositionRequest.getDefaultInstance(),
                "admin"));
        rows.add(new Row(
                DispositionServiceGrpc.getDeleteDispositionMethod(),
                DeleteDispositionRequest.getDefaultInstance(),
                "admin"));
        rows.add(new Row(
                DispositionServiceGrpc.getImportDispositionsMethod(),
                ImportDispositionsRequest.getDefaultInstance(),
                "admin"));
        rows.add(new Row(
                TenantServiceGrpc.getCreateTenantMethod(), CreateTenantRequest.getDefaultInstance(), "operator"));
        rows.add(new Row(TenantServiceGrpc.getGetTenantMethod(), GetTenantRequest.getDefaultInstance(), "operator"));
        rows.add(
                new Row(TenantServiceGrpc.getListTenantsMethod(), ListTenantsRequest.getDefaultInstance(), "operator"));
        rows.add(new Row(
                TenantServiceGrpc.getUpdateTenantMethod(), UpdateTenantRequest.getDefaultInstance(), "operator"));
        rows.add(new Row(
                TenantServiceGrpc.getDeleteTenantMethod(), DeleteTenantRequest.getDefaultInstance(), "operator"));
        rows.add(new Row(
                TenantServiceGrpc.getRevokeCredentialsMethod(),
                RevokeCredentialsRequest.newBuilder().setSubject("a b").build(),
                "operator"));
        String audit = "auditor operator";
        rows.add(new Row(
                AuditServiceGrpc.getListAuditEventsMethod(), ListAuditEventsRequest.getDefaultInstance(), audit));
        rows.add(new Row(
                AuditServiceGrpc.getExportAuditEventsMethod(), ExportAuditEventsRequest.getDefaultInstance(), audit));
        rows.add(new Row(AuditServiceGrpc.getVerifyAuditMethod(), VerifyAuditRequest.getDefaultInstance(), audit));
        return rows;
    }

    private static void policies(List<Row> rows, PolicyScope scope, String id, boolean leads) {
        String change = leads ? "lead supervisor admin" : "supervisor admin";
        rows.add(new Row(
                PolicyServiceGrpc.getGetPolicyMethod(),
                GetPolicyRequest.newBuilder().setScope(scope).setScopeId(id).build(),
                "router " + change));
        rows.add(new Row(
                PolicyServiceGrpc.getUpdatePolicyMethod(),
                UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder().setScope(scope).setScopeId(id))
                        .build(),
                change));
        rows.add(new Row(
                PolicyServiceGrpc.getDeletePolicyMethod(),
                DeletePolicyRequest.newBuilder().setScope(scope).setScopeId(id).build(),
                change));
        rows.add(new Row(
                PolicyServiceGrpc.getRollbackPolicyMethod(),
                RollbackPolicyRequest.newBuilder()
                        .setScope(scope)
                        .setScopeId(id)
                        .setRevision(-1)
                        .build(),
                change));
    }

    @Test
    void everyCallLetsThroughWhomItShouldAndNobodyElse() {
        staff.hired();
        List<String> wrong = new ArrayList<>();

        for (String who : Stream.concat(EVERYBODY.stream(), PAIRS.stream()).toList()) {
            Client client = staff.as(who);
            for (Row row : ROWS) {
                List<String> permitted = List.of(row.who().split(" "));
                boolean expected = Stream.of(who.split("[+]")).anyMatch(permitted::contains);
                if (permitted(client, row) != expected) {
                    wrong.add("%s %s %s {%s}"
                            .formatted(
                                    who,
                                    expected ? "may not" : "may",
                                    row.call().getBareMethodName(),
                                    row.message().toString().replace('\n', ' ')));
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void noCallIsWithoutALineHereAndInTheServersTable() {
        Set<String> calls = services.stream()
                .map(service -> service.bindService().getServiceDescriptor())
                .flatMap(service -> service.getMethods().stream())
                .map(MethodDescriptor::getFullMethodName)
                .filter(name -> name.startsWith("acw.v1."))
                .collect(toSet());

        assertThat(ROWS.stream().map(row -> row.call().getFullMethodName()).collect(toSet()))
                .isEqualTo(calls);
        assertThat(Permissions.calls().stream()
                        .filter(call -> !call.contains("?"))
                        .collect(toSet()))
                .isEqualTo(calls);
    }

    @Test
    void withoutCredentialsNothingIsAnswered() {
        Client nobody = new Client();
        try {
            assertThat(ROWS).allSatisfy(row -> assertThat(status(nobody, row))
                    .as(row.call().getBareMethodName())
                    .isEqualTo(Status.Code.UNAUTHENTICATED));
        } finally {
            nobody.close();
        }
    }

    private static boolean permitted(Client client, Row row) {
        Status.Code code = status(client, row);
        assertThat(code)
                .as(row.call().getBareMethodName())
                .isNotIn(
                        Status.Code.UNAUTHENTICATED,
                        Status.Code.INTERNAL,
                        Status.Code.UNKNOWN,
                        Status.Code.UNAVAILABLE,
                        Status.Code.DEADLINE_EXCEEDED);
        return code != Status.Code.PERMISSION_DENIED;
    }

    @SuppressWarnings("unchecked")
    private static Status.Code status(Client client, Row row) {
        MethodDescriptor<Message, Message> call = (MethodDescriptor<Message, Message>) row.call();
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(10, java.util.concurrent.TimeUnit.SECONDS);
        try {
            if (call.getType() == MethodDescriptor.MethodType.SERVER_STREAMING) {
                Iterator<Message> all =
                        ClientCalls.blockingServerStreamingCall(client.channel(), call, options, row.message());
                all.forEachRemaining(part -> {});
            } else if (call.getType() == MethodDescriptor.MethodType.CLIENT_STREAMING) {
                return ClientStream.of(client.channel(), call, options, row.message());
            } else {
                ClientCalls.blockingUnaryCall(client.channel(), call, options, row.message());
            }
            return Status.Code.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        }
    }
}
