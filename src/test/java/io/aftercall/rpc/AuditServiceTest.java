package io.aftercall.rpc;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AuditEvent;
import io.aftercall.api.v1.AuditOutcome;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.DeleteAgentRequest;
import io.aftercall.api.v1.ExportAuditEventsRequest;
import io.aftercall.api.v1.ListAuditEventsRequest;
import io.aftercall.api.v1.ListAuditEventsResponse;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.VerifyAuditRequest;
import io.aftercall.api.v1.VerifyAuditResponse;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.engine.AuditTrail;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who did what, and that nobody can make it undone. */
@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class AuditServiceTest {

    private static final ListAuditEventsRequest ALL = ListAuditEventsRequest.getDefaultInstance();

    @RegisterExtension
    final Staff staff = new Staff();

    @RegisterExtension
    final Staff others = new Staff();

    @Inject
    OwnerPool owner;

    @Inject
    AuditTrail trail;

    @BeforeEach
    void hire() {
        // Two agents are described, which makes two entries.
        staff.hired();
        others.hired();
    }

    private List<AuditEvent> listed(ListAuditEventsRequest request) {
        return staff.as("auditor").audit().listAuditEvents(request).getEventsList();
    }

    private VerifyAuditResponse verified() {
        return staff.as("auditor").audit().verifyAudit(VerifyAuditRequest.getDefaultInstance());
    }

    private void tamper(String sql) {
        await(owner.pool().preparedQuery(sql).execute(Tuple.of(staff.tenant)).toCompletionStage());
    }

    @Test
    void aForcedEndSaysWhoEndedWhatAndWhy() {
        staff.as("router").startAcw(Staff.OWN, "call");
        UUID request = UUID.randomUUID();
        staff.as("lead")
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setRequestId(request.toString())
                        .setAgentId(Staff.OWN)
                        .setInteractionId("call")
                        .setForce(true)
                        .setForceReason("Queue is full")
                        .setWrapUp(WrapUp.newBuilder().setNotes("Customer's card is 4111"))
                        .build());

        AuditEvent event = listed(ALL).get(0);

        assertThat(event.getAction()).isEqualTo("ACW_FORCED");
        assertThat(event.getActor()).isEqualTo("lead");
        assertThat(event.getRolesList()).containsExactly("supervisor");
        assertThat(event.getOrigin()).isEqualTo("127.0.0.1");
        assertThat(event.getObject()).isEqualTo("agents/" + Staff.OWN);
        assertThat(event.getOutcome()).isEqualTo(AuditOutcome.AUDIT_OUTCOME_DONE);
        assertThat(event.getRequestId()).isEqualTo(request.toString());
        assertThat(event.getBeforeMap()).containsEntry("status", "AFTER_CALL_WORK");
        assertThat(event.getAfterMap()).containsEntry("force_reason", "Queue is full");
        assertThat(event.toString()).doesNotContain("4111");
    }

    @Test
    void whatIsOldIsForgottenAndTheChainGoesOn() {
        await(trail.forget(Duration.ofHours(1)));
        assertThat(listed(ALL)).hasSize(2);

        await(trail.forget(Duration.ZERO));
        assertThat(listed(ALL)).isEmpty();
        assertThat(verified().getIntact()).isTrue();

        staff.as("admin").rules(Staff.OWN, Policy.newBuilder().setMaxExtensions(1));
        assertThat(listed(ALL)).extracting(AuditEvent::getSequence).containsExactly(3L);
        assertThat(verified().getIntact()).isTrue();
    }

    @Test
    void aPolicyHasItsRulesBeforeAndAfter() {
        staff.as("admin").rules(Staff.OWN, Policy.newBuilder().setMaxExtensions(1));
        staff.as("admin").rules(Staff.OWN, Policy.newBuilder().setMaxExtensions(2));

        AuditEvent event = listed(ALL).get(0);

        assertThat(event.getAction()).isEqualTo("POLICY_CHANGED");
        assertThat(event.getObject()).isEqualTo("policies/AGENT/" + Staff.OWN);
        assertThat(event.getBeforeMap()).isEqualTo(Map.of("max_extensions", "1"));
        assertThat(event.getAfterMap()).isEqualTo(Map.of("max_extensions", "2"));
    }

    @Test
    void anAgentIsDescribedAndRemoved() {
        staff.as("admin")
                .directory()
                .deleteAgent(
                        DeleteAgentRequest.newBuilder().setAgentId(Staff.OWN).build());

        assertThat(listed(ALL))
                .extracting(AuditEvent::getAction)
                .containsExactly("AGENT_DELETED", "AGENT_UPDATED", "AGENT_UPDATED");
        assertThat(listed(ALL).get(2).getAfterMap()).isEqualTo(Map.of("team_id", Staff.TEAM));
    }

    @Test
    void everydaysWorkIsNotInIt() {
        staff.as("router").startAcw(Staff.OWN, "call");
        staff.as("agent")
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(Staff.OWN)
                        .setInteractionId("call")
                        .build());

        assertThat(listed(ALL)).hasSize(2);
    }

    @Test
    void whatWasNotPermittedIsInIt() {
        GrpcError.of(() -> staff.as("agent").state(Staff.FOREIGN));

        AuditEvent event = listed(ALL).get(0);

        assertThat(event.getOutcome()).isEqualTo(AuditOutcome.AUDIT_OUTCOME_REFUSED);
        assertThat(event.getAction()).isEqualTo("acw.v1.AgentStateService/GetAgentState");
        assertThat(event.getActor()).isEqualTo("agent");
        assertThat(event.getObject()).isEqualTo("agents/" + Staff.FOREIGN);
    }

    @Test
    void anOperatorsActsAreInTheInstallationsTrail() {
        List<AuditEvent> events = staff.operator()
                .audit()
                .listAuditEvents(ListAuditEventsRequest.newBuilder()
                        .setAction("TENANT_CREATED")
                        .build())
                .getEventsList();

        assertThat(events)
                .extracting(AuditEvent::getObject)
                .contains("tenants/" + staff.tenant, "tenants/" + others.tenant);
        assertThat(listed(ALL))
                .noneSatisfy(event -> assertThat(event.getAction()).startsWith("TENANT"));
    }

    @Test
    void itIsListedByPagesAndFilters() {
        GrpcError.of(() -> staff.as("agent").state(Staff.FOREIGN));
        ListAuditEventsRequest one =
                ListAuditEventsRequest.newBuilder().setPageSize(2).build();

        ListAuditEventsResponse first = staff.as("auditor").audit().listAuditEvents(one);
        ListAuditEventsResponse second = staff.as("auditor")
                .audit()
                .listAuditEvents(
                        one.toBuilder().setPageToken(first.getNextPageToken()).build());

        assertThat(first.getEventsList()).extracting(AuditEvent::getSequence).containsExactly(3L, 2L);
        assertThat(second.getEventsList()).extracting(AuditEvent::getSequence).containsExactly(1L);
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(listed(ALL.toBuilder().setActor("admin").build())).hasSize(2);
        assertThat(listed(ALL.toBuilder()
                        .setOutcome(AuditOutcome.AUDIT_OUTCOME_REFUSED)
                        .build()))
                .hasSize(1);
        assertThat(listed(ALL.toBuilder()
                        .setStartTime(first.getEvents(0).getEventTime())
                        .build()))
                .hasSize(1);
        assertThat(listed(ALL.toBuilder()
                        .setEndTime(Timestamps.fromSeconds(1_000_000_000))
                        .build()))
                .isEmpty();
    }

    @Test
    void itIsExportedWholeAndFromWhereAnArchiveStopped() {
        GrpcError.of(() -> staff.as("agent").state(Staff.FOREIGN));

        assertThat(exported(0)).extracting(AuditEvent::getSequence).containsExactly(1L, 2L, 3L);
        assertThat(exported(2)).extracting(AuditEvent::getSequence).containsExactly(3L);
        assertThat(exported(3)).isEmpty();
    }

    private List<AuditEvent> exported(long after) {
        List<AuditEvent> all = new ArrayList<>();
        staff.as("auditor")
                .audit()
                .exportAuditEvents(ExportAuditEventsRequest.newBuilder()
                        .setAfterSequence(after)
                        .build())
                .forEachRemaining(part -> all.addAll(part.getEventsList()));
        return all;
    }

    @Test
    void whatNobodyTouchedIsIntact() {
        VerifyAuditResponse verified = verified();

        assertThat(verified.getIntact()).isTrue();
        assertThat(verified.getVerifiedCount()).isEqualTo(2);
        assertThat(verified.getLastSequence()).isEqualTo(2);
        assertThat(verified.getLastHash()).isEqualTo(listed(ALL).get(0).getHash());
        assertThat(verified.hasBrokenSequence()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET content = replace(content, 'admin', 'nobody') WHERE tenant_id = $1 AND sequence = 2",
                "UPDATE audit_event SET event_time = event_time - interval '1 hour' WHERE tenant_id = $1 AND sequence = 2",
                "UPDATE audit_event SET hash = sha256(hash) WHERE tenant_id = $1 AND sequence = 2",
                "DELETE FROM audit_event WHERE tenant_id = $1 AND sequence = 2",
                "UPDATE audit_event SET sequence = 9 WHERE tenant_id = $1 AND sequence = 2"
            })
    void anEntryThatWasTouchedIsFound(String tampering) {
        staff.as("admin").rules(Staff.OWN, Policy.newBuilder().setVisible(false));
        tamper(tampering);

        VerifyAuditResponse verified = verified();

        assertThat(verified.getIntact()).isFalse();
        assertThat(verified.getBrokenSequence()).isEqualTo(2);
        assertThat(verified.getVerifiedCount()).isEqualTo(1);
    }

    @Test
    void anEndThatWasCutOffIsFoundByWhoRemembersIt() {
        VerifyAuditResponse before = verified();
        tamper(
                """
                WITH gone AS (DELETE FROM audit_event WHERE tenant_id = $1 AND sequence = 2)
                UPDATE audit_chain SET last_sequence = 1,
                    last_hash = (SELECT hash FROM audit_event WHERE tenant_id = $1 AND sequence = 1)
                WHERE tenant_id = $1
                """);
        staff.as("admin").rules(Staff.OWN, Policy.newBuilder().setVisible(false));

        VerifyAuditResponse after = staff.as("auditor")
                .audit()
                .verifyAudit(VerifyAuditRequest.newBuilder()
                        .setKnownSequence(before.getLastSequence())
                        .setKnownHash(before.getLastHash())
                        .build());

        assertThat(verified().getIntact()).isTrue();
        assertThat(after.getIntact()).isFalse();
        assertThat(after.getKnownHashDiffers()).isTrue();
    }
}
