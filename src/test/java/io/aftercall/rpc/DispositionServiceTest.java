package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;
import io.aftercall.api.v1.AuditEvent;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CompleteAcwResponse;
import io.aftercall.api.v1.DeleteDispositionRequest;
import io.aftercall.api.v1.Disposition;
import io.aftercall.api.v1.DispositionPlace;
import io.aftercall.api.v1.DispositionScope;
import io.aftercall.api.v1.DispositionServiceGrpc;
import io.aftercall.api.v1.DispositionServiceGrpc.DispositionServiceBlockingStub;
import io.aftercall.api.v1.GetDispositionRequest;
import io.aftercall.api.v1.ImportDispositionsRequest;
import io.aftercall.api.v1.ImportDispositionsResponse;
import io.aftercall.api.v1.ListAuditEventsRequest;
import io.aftercall.api.v1.ListDispositionsRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.UpdateDispositionRequest;
import io.aftercall.api.v1.UpdateDispositionResponse;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class DispositionServiceTest {

    private static final Struct FORM = StructJson.write(
            "{\"type\":\"object\",\"required\":[\"number\"],\"properties\":{\"number\":{\"type\":\"integer\"}}}");

    @RegisterExtension
    final Staff staff = new Staff();

    private Client admin;
    private DispositionServiceBlockingStub dispositions;

    @BeforeEach
    void hire() {
        staff.hired();
        admin = staff.as("admin");
        dispositions = of(admin);
    }

    @Test
    void aDispositionIsAddedAndReadBack() {
        update(named("ALL", "Everything").setGroup(true));
        Disposition.Builder wanted = named("SALE", "Sale: 10 € or more")
                .setParentCode("ALL")
                .setScope(DispositionScope.DISPOSITION_SCOPE_QUEUE)
                .setScopeId("sales")
                .setPosition(-2)
                .setFormSchema(FORM);

        UpdateDispositionResponse added = update(wanted);

        Disposition read = get("SALE");
        assertThat(read).isEqualTo(added.getDisposition());
        assertThat(read.getEtag()).isEqualTo(Long.toString(added.getRevision()));
        assertThat(read.hasUpdateTime()).isTrue();
        assertThat(read.toBuilder().clearEtag().clearUpdateTime().build())
                .isEqualTo(wanted.setActive(true).setGroup(false).build());
        assertThat(codes(ListDispositionsRequest.getDefaultInstance())).containsExactly("ALL", "SALE");
    }

    @Test
    void onlyWhatIsNamedChanges() {
        update(named("SALE", "Sale").setPosition(4).setFormSchema(FORM));

        update(Disposition.newBuilder().setCode("SALE").setActive(false));
        assertThat(get("SALE").getLabel()).isEqualTo("Sale");
        assertThat(get("SALE").getActive()).isFalse();
        assertThat(get("SALE").hasFormSchema()).isTrue();

        dispositions.updateDisposition(UpdateDispositionRequest.newBuilder()
                .setDisposition(named("SALE", "Not this"))
                .setUpdateMask(FieldMask.newBuilder().addPaths("form_schema").addPaths("active"))
                .build());
        assertThat(get("SALE").getLabel()).isEqualTo("Sale");
        assertThat(get("SALE").getActive()).isTrue();
        assertThat(get("SALE").hasFormSchema()).isFalse();
        assertThat(get("SALE").getPosition()).isEqualTo(4);
    }

    @Test
    void whoHasSeenAnotherVersionIsTold() {
        String seen = update(named("SALE", "Sale")).getDisposition().getEtag();
        update(named("SALE", "Big sale"));

        GrpcError refused =
                GrpcError.of(() -> update(named("SALE", "Small sale").setEtag(seen)));

        assertThat(refused.code()).isEqualTo(Code.ABORTED);
        assertThat(refused.metadata()).containsEntry("code", "SALE");
        assertThat(update(named("SALE", "Big sale").setEtag(seen)).getDisposition())
                .isEqualTo(get("SALE"));
    }

    @Test
    void whatIsWrongIsNamedAtOnce() {
        GrpcError refused = GrpcError.of(() -> dispositions.importDispositions(ImportDispositionsRequest.newBuilder()
                .addDispositions(named("a b", ""))
                .addDispositions(named("SALE", "Sale").setScope(DispositionScope.DISPOSITION_SCOPE_TEAM))
                .addDispositions(named("SALE", "Sale").setScopeId("x"))
                .addDispositions(
                        named("BAD", "Bad").setFormSchema(StructJson.write("{\"type\":\"object\",\"required\":1}")))
                .build()));
        GrpcError tree = GrpcError.of(() -> update(named("SALE", "Sale").setParentCode("NOBODY")));

        assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(refused.fields())
                .containsExactly(
                        "dispositions[0].code",
                        "dispositions[0].label",
                        "dispositions[1].scope_id",
                        "dispositions[2].code",
                        "dispositions[2].scope_id",
                        "dispositions[3].form_schema");
        assertThat(tree.fields()).containsExactly("disposition.parent_code");
        assertThat(codes(ListDispositionsRequest.getDefaultInstance())).isEmpty();
    }

    @Test
    void whatIsExportedCanBeImported() {
        update(named("ALL", "Everything").setGroup(true));
        update(named("SALE", "Sale").setParentCode("ALL").setFormSchema(FORM));
        update(named("GONE", "Gone"));
        List<Disposition> exported = dispositions
                .listDispositions(ListDispositionsRequest.getDefaultInstance())
                .getDispositionsList();
        dispositions.deleteDisposition(
                DeleteDispositionRequest.newBuilder().setCode("GONE").build());
        update(named("NEW", "New"));

        ImportDispositionsRequest.Builder back = ImportDispositionsRequest.newBuilder()
                .addAllDispositions(exported.stream()
                        .map(one -> one.toBuilder().clearEtag().build())
                        .toList())
                .setReplace(true);
        ImportDispositionsResponse would =
                dispositions.importDispositions(back.setValidateOnly(true).build());
        assertThat(codes(ListDispositionsRequest.getDefaultInstance())).contains("NEW");
        ImportDispositionsResponse did =
                dispositions.importDispositions(back.setValidateOnly(false).build());
        ImportDispositionsResponse again = dispositions.importDispositions(back.build());

        for (ImportDispositionsResponse response : List.of(would, did)) {
            assertThat(response.getCreatedCount()).isEqualTo(1);
            assertThat(response.getUpdatedCount()).isZero();
            assertThat(response.getDeletedCount()).isEqualTo(1);
        }
        assertThat(again.getRevision()).isEqualTo(did.getRevision());
        assertThat(codes(ListDispositionsRequest.getDefaultInstance())).containsExactly("ALL", "SALE", "GONE");
    }

    @Test
    void aFullCatalogueIsOneMessage() {
        dispositions.importDispositions(ImportDispositionsRequest.newBuilder()
                .addAllDispositions(IntStream.range(0, 2_000)
                        .mapToObj(i -> named("CODE-" + i, "é".repeat(128))
                                .setPosition(i)
                                .build())
                        .toList())
                .build());

        assertThat(codes(ListDispositionsRequest.getDefaultInstance())).hasSize(2_000);
        GrpcError refused = GrpcError.of(() -> update(named("ONE-MORE", "One more")));
        assertThat(refused.reason()).isEqualTo("QUOTA_EXCEEDED");
    }

    @Test
    void anAgentsWindowShowsWhatHeMayChoose() {
        update(named("ALL", "Everything").setGroup(true));
        update(named("MINE", "Mine")
                .setParentCode("ALL")
                .setScope(DispositionScope.DISPOSITION_SCOPE_TEAM)
                .setScopeId(Staff.TEAM));
        update(named("THEIRS", "Theirs")
                .setScope(DispositionScope.DISPOSITION_SCOPE_TEAM)
                .setScopeId(Staff.OTHER_TEAM));

        List<String> shown = of(staff.as("agent"))
                .listDispositions(ListDispositionsRequest.newBuilder()
                        .setChoosableIn(DispositionPlace.newBuilder().setTeamId(Staff.TEAM))
                        .build())
                .getDispositionsList()
                .stream()
                .map(Disposition::getCode)
                .toList();

        assertThat(shown).containsExactly("ALL", "MINE");
    }

    @Test
    void whatAPolicyNamesStays() {
        update(named("NO_NOTES", "No notes"));
        update(named("OTHER", "Other"));
        setTimeoutDisposition("NO_NOTES");

        GrpcError retired =
                GrpcError.of(() -> update(named("NO_NOTES", "No notes").setActive(false)));
        GrpcError deleted = GrpcError.of(() -> dispositions.deleteDisposition(
                DeleteDispositionRequest.newBuilder().setCode("NO_NOTES").build()));
        GrpcError replaced = GrpcError.of(() -> dispositions.importDispositions(ImportDispositionsRequest.newBuilder()
                .addDispositions(named("SALE", "Sale"))
                .setReplace(true)
                .build()));

        for (GrpcError refused : List.of(retired, deleted, replaced)) {
            assertThat(refused.code()).isEqualTo(Code.FAILED_PRECONDITION);
            assertThat(refused.reason()).isEqualTo("DISPOSITION_IN_USE");
            assertThat(refused.metadata()).containsEntry("policies", "QUEUE/sales");
        }
        assertThat(get("NO_NOTES").getActive()).isTrue();
    }

    @Test
    void aPolicyNamesNothingElse() {
        update(named("SALE", "Sale"));

        GrpcError refused = GrpcError.of(() -> setTimeoutDisposition("NO_NOTES"));

        assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(refused.fields()).containsExactly("policy.timeout_disposition");
    }

    @Test
    void whatHasOthersBelowStays() {
        update(named("ALL", "Everything"));
        update(named("SALE", "Sale").setParentCode("ALL"));

        GrpcError refused = GrpcError.of(() -> dispositions.deleteDisposition(
                DeleteDispositionRequest.newBuilder().setCode("ALL").build()));

        assertThat(refused.metadata()).isEqualTo(Map.of("code", "ALL", "below", "SALE"));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        GrpcError refused = GrpcError.of(() -> get("SALE"));

        assertThat(refused.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(refused.reason()).isEqualTo("DISPOSITION_NOT_FOUND");
    }

    @Test
    void anAcwIsCompletedWithWhatThereIs() {
        update(named("ORDER", "Order").setFormSchema(FORM));
        Client router = staff.as("router");
        router.startAcw(Staff.OWN, "c-1");

        GrpcError unknown = GrpcError.of(() -> complete(router, "SALE", "{}"));
        GrpcError malformed = GrpcError.of(() -> complete(router, "ORDER", "{\"number\":\"seven times seven\"}"));
        GrpcError empty = GrpcError.of(() -> complete(router, "ORDER", "{}"));
        CompleteAcwResponse completed = complete(router, "ORDER", "{\"number\":7}");

        assertThat(unknown.reason()).isEqualTo("DISPOSITION_UNKNOWN");
        assertThat(malformed.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(malformed.fields()).containsExactly("wrap_up.form_values.number");
        assertThat(empty.fields()).containsExactly("wrap_up.form_values.number");
        assertThat(completed.getAcw().hasEndTime()).isTrue();
        assertThat(complete(router, "ORDER", "{\"number\":7}").getAlreadyCompleted())
                .isTrue();
    }

    @Test
    void theCatalogueOfAnotherTenantIsItsOwn() {
        Staff others = new Staff();
        others.hired();
        update(named("SALE", "Sale"));

        Client router = others.as("router");
        router.startAcw(Staff.OWN, "c-1");
        complete(router, "ANYTHING", "{}");

        assertThat(of(others.as("admin"))
                        .listDispositions(ListDispositionsRequest.getDefaultInstance())
                        .getDispositionsCount())
                .isZero();
        others.afterEach(null);
    }

    @Test
    void changesAreToBeAnsweredFor() {
        update(named("SALE", "Sale"));
        dispositions.deleteDisposition(
                DeleteDispositionRequest.newBuilder().setCode("SALE").build());

        List<AuditEvent> events = staff.as("auditor")
                .audit()
                .listAuditEvents(ListAuditEventsRequest.getDefaultInstance())
                .getEventsList();

        assertThat(events)
                .filteredOn(event -> event.getObject().equals("dispositions/SALE"))
                .extracting(AuditEvent::getAction)
                .containsExactlyInAnyOrder("DISPOSITION_CHANGED", "DISPOSITION_DELETED");
    }

    private static DispositionServiceBlockingStub of(Client client) {
        return DispositionServiceGrpc.newBlockingStub(client.channel());
    }

    private static Disposition.Builder named(String code, String label) {
        return Disposition.newBuilder().setCode(code).setLabel(label);
    }

    private UpdateDispositionResponse update(Disposition.Builder disposition) {
        return dispositions.updateDisposition(UpdateDispositionRequest.newBuilder()
                .setDisposition(disposition)
                .build());
    }

    private Disposition get(String code) {
        return dispositions
                .getDisposition(GetDispositionRequest.newBuilder().setCode(code).build())
                .getDisposition();
    }

    private List<String> codes(ListDispositionsRequest request) {
        return dispositions.listDispositions(request).getDispositionsList().stream()
                .map(Disposition::getCode)
                .toList();
    }

    private void setTimeoutDisposition(String code) {
        admin.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_QUEUE)
                                .setScopeId("sales")
                                .setTimeoutDisposition(code))
                        .setAllowMissing(true)
                        .build());
    }

    private static CompleteAcwResponse complete(Client client, String code, String formValues) {
        return client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(Staff.OWN)
                        .setInteractionId("c-1")
                        .setWrapUp(WrapUp.newBuilder()
                                .setDispositionCode(code)
                                .setFormValues(StructJson.write(formValues)))
                        .build());
    }
}
