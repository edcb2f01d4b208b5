package io.aftercall.rpc;

import static io.aftercall.engine.StoreContract.await;
import static io.aftercall.rpc.Staff.FOREIGN;
import static io.aftercall.rpc.Staff.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.aftercall.PackagedServer;
import io.aftercall.api.v1.Assignee;
import io.aftercall.api.v1.AuditEvent;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.CustomerFollowUp;
import io.aftercall.api.v1.CustomerWrapUp;
import io.aftercall.api.v1.EmailSummary;
import io.aftercall.api.v1.EraseCustomerRequest;
import io.aftercall.api.v1.EraseCustomerResponse;
import io.aftercall.api.v1.ExportCustomerRequest;
import io.aftercall.api.v1.ExportCustomerResponse;
import io.aftercall.api.v1.FollowUp;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.FollowUpState;
import io.aftercall.api.v1.GetFollowUpRequest;
import io.aftercall.api.v1.GetWrapUpRequest;
import io.aftercall.api.v1.ListAuditEventsRequest;
import io.aftercall.api.v1.ListFollowUpsRequest;
import io.aftercall.api.v1.ListTagsRequest;
import io.aftercall.api.v1.NewFollowUp;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.Tag;
import io.aftercall.api.v1.Tenant;
import io.aftercall.api.v1.UpdateFollowUpRequest;
import io.aftercall.api.v1.UpdateTenantRequest;
import io.aftercall.api.v1.UpdateWebhookRequest;
import io.aftercall.api.v1.Webhook;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.api.v1.WrapUpRecord;
import io.aftercall.boot.OwnerPool;
import io.aftercall.handoff.Receiver;
import io.aftercall.store.TenantTables;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What customers may ask for, and what is forgotten without their asking. */
class PrivacyIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new Forgetful());

    private final OwnerPool owner = server.owner();

    private static final List<String> WHERE_WORDS_MAY_BE =
            List.of("follow_up", "follow_up_revision", "wrap_up", "wrap_up_revision");

    @RegisterExtension
    final Staff staff = new Staff();

    private final String word = "w" + UUID.randomUUID().toString().replace("-", "");
    private final String customer = Client.fresh("customer");
    private final Receiver crm = new Receiver();
    private Client admin;
    private Client router;
    private Client agent;

    @BeforeEach
    void hire() {
        staff.hired();
        admin = staff.as("admin");
        router = staff.as("router");
        agent = staff.as("agent");
    }

    @AfterEach
    void close() {
        crm.close();
    }

    private void hook() {
        admin.webhooks()
                .updateWebhook(UpdateWebhookRequest.newBuilder()
                        .setWebhook(Webhook.newBuilder().setWebhookId("crm").setUrl(crm.url()))
                        .build());
    }

    private WrapUp words() {
        return WrapUp.newBuilder()
                .setSubject("About " + word)
                .setNotes("Notes " + word)
                .setActionsTaken("Done " + word)
                .setActionsRecommended("Next " + word)
                .setFormValues(StructJson.write("{\"name\":\"" + word + "\"}"))
                .setEmailSummary(EmailSummary.newBuilder()
                        .setAddress(word + "@customer.example")
                        .setLanguage("en"))
                .addTags("vip")
                .build();
    }

    private void start(String interactionId) {
        router.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteraction(Client.call(interactionId)
                                .setCustomerId(customer)
                                .setEndTime(Timestamp.newBuilder().setSeconds(1_700_000_000)))
                        .build());
    }

    private void save(String interactionId, WrapUp wrapUp) {
        agent.wrapUps()
                .saveWrapUp(SaveWrapUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId(interactionId)
                        .setWrapUp(wrapUp)
                        .build());
    }

    /** An ended call with two revisions and a promise that does not say to whom. */
    private void call(String interactionId) {
        start(interactionId);
        save(interactionId, words().toBuilder().setNotes("First " + word).build());
        complete(promising(interactionId).toBuilder().setWrapUp(words()).build());
    }

    private CompleteAcwRequest promising(String interactionId) {
        return CompleteAcwRequest.newBuilder()
                .setAgentId(OWN)
                .setInteractionId(interactionId)
                .addFollowUps(NewFollowUp.newBuilder()
                        .setFollowUpId(UUID.randomUUID().toString())
                        .setDetails(promise()))
                .build();
    }

    private FollowUpDetails.Builder promise() {
        return FollowUpDetails.newBuilder()
                .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                .setDueTime(Timestamp.newBuilder().setSeconds(4_000_000_000L))
                .setNote("Promise " + word);
    }

    private void draft(String interactionId) {
        router.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteraction(Client.call(interactionId).setCustomerId(customer))
                        .build());
        save(interactionId, words());
    }

    private EraseCustomerResponse erase() {
        return admin.wrapUps()
                .eraseCustomer(EraseCustomerRequest.newBuilder()
                        .setCustomerId(customer)
                        .build());
    }

    private ExportCustomerResponse export() {
        ExportCustomerResponse.Builder all = ExportCustomerResponse.newBuilder();
        admin.wrapUps()
                .exportCustomer(ExportCustomerRequest.newBuilder()
                        .setCustomerId(customer)
                        .build())
                .forEachRemaining(all::mergeFrom);
        return all.build();
    }

    private WrapUpRecord get(String interactionId) {
        return agent.wrapUps()
                .getWrapUp(GetWrapUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId(interactionId)
                        .build())
                .getRecord();
    }

    private List<String> tablesWith(String text) {
        return new TenantTables(owner.pool())
                .all().stream()
                        .filter(table -> await(owner.pool()
                                                .query("SELECT 1 FROM " + table + " t WHERE tenant_id = '"
                                                        + staff.tenant + "' AND t::text LIKE '%" + text + "%' LIMIT 1")
                                                .execute()
                                                .toCompletionStage())
                                        .size()
                                > 0)
                        .toList();
    }

    // ---- where words are

    @Test
    void wordsAreInTheirTablesAndNowhereElseAlsoWhileTheyWaitToBeDelivered() {
        crm.answering(message -> Receiver.Answer.of(500));
        hook();
        call("c-1");
        draft("c-2");
        await().until(() -> !crm.messages().isEmpty());

        assertThat(tablesWith(word))
                .isEqualTo(WHERE_WORDS_MAY_BE.stream()
                        .filter(table -> !table.equals("follow_up_revision"))
                        .toList());
    }

    // ---- export

    @Test
    void aCustomerGetsEverythingWithAllThatItWas() {
        call("c-1");
        draft("c-2");

        ExportCustomerResponse all = export();

        assertThat(all.getWrapUpsList())
                .extracting(one -> one.getRecord().getInteractionId())
                .containsExactly("c-1", "c-2");
        CustomerWrapUp first = all.getWrapUps(0);
        assertThat(first.getRecord()).isEqualTo(get("c-1"));
        assertThat(first.getRecord().getWrapUp()).isEqualTo(words());
        assertThat(first.getRevisionsList())
                .extracting(revision -> revision.getWrapUp().getNotes())
                .containsExactly("First " + word);
        assertThat(all.getFollowUpsList())
                .extracting(CustomerFollowUp::getFollowUp)
                .extracting(FollowUp::getDetails)
                .extracting(FollowUpDetails::getCustomerId, FollowUpDetails::getNote)
                .containsExactly(tuple(customer, "Promise " + word));
    }

    @Test
    void anExportHasAsManyPartsAsItNeeds() {
        for (int i = 100; i < 145; i++) {
            call("c-" + i);
        }

        ExportCustomerResponse all = export();

        List<String> expected = new ArrayList<>();
        for (int i = 100; i < 145; i++) {
            expected.add("c-" + i);
        }
        assertThat(all.getWrapUpsList())
                .extracting(one -> one.getRecord().getInteractionId())
                .isEqualTo(expected);
        assertThat(all.getFollowUpsList()).hasSize(45).doesNotHaveDuplicates();
    }

    @Test
    void aPromiseIsExportedWithAllThatItWas() {
        call("c-1");
        String id = listed().get(0).getFollowUpId();
        for (int i = 0; i < 25; i++) {
            agent.followUps()
                    .updateFollowUp(UpdateFollowUpRequest.newBuilder()
                            .setAgentId(OWN)
                            .setFollowUpId(id)
                            .setDetails(FollowUpDetails.newBuilder().setNote("Again " + i))
                            .build());
        }

        CustomerFollowUp exported = export().getFollowUps(0);

        assertThat(exported.getRevisionsList())
                .extracting(FollowUp::getEtag)
                .hasSize(25)
                .startsWith("25", "24");
        assertThat(exported.getRevisions(24).getDetails().getNote()).isEqualTo("Promise " + word);
    }

    // ---- erasure

    @Test
    void whoIsErasedLeavesCountsAndNothingElse() {
        call("c-1");
        draft("c-2");
        keepPromise();
        start("c-3");
        complete("c-3");
        assertThat(tablesWith(word)).isEqualTo(WHERE_WORDS_MAY_BE);

        EraseCustomerResponse erased = erase();

        assertThat(erased)
                .isEqualTo(EraseCustomerResponse.newBuilder()
                        .setWrapUpCount(2)
                        .setFollowUpCount(1)
                        .setInteractionCount(3)
                        .build());
        assertThat(tablesWith(word)).isEmpty();
        assertThat(tablesWith(customer)).doesNotContain("acw", "wrap_up", "wrap_up_revision", "follow_up");
        assertThat(export()).isEqualTo(ExportCustomerResponse.getDefaultInstance());
        WrapUpRecord left = get("c-1");
        assertThat(left.getWrapUp())
                .isEqualTo(WrapUp.newBuilder().addTags("vip").build());
        assertThat(left.getInteractionTime().getSeconds()).isEqualTo(1_700_000_000);
        assertThat(tags())
                .containsExactly(
                        Tag.newBuilder().setTag("vip").setWrapUpCount(1).build());
        assertThat(erase()).isEqualTo(EraseCustomerResponse.getDefaultInstance());
        assertThat(staff.as("auditor")
                        .audit()
                        .listAuditEvents(ListAuditEventsRequest.getDefaultInstance())
                        .getEventsList())
                .extracting(AuditEvent::getAction, AuditEvent::getObject)
                .contains(tuple("CUSTOMER_ERASED", "customers/" + customer));
    }

    @Test
    void whatWasPromisedInAnInteractionIsItsCustomersAlsoIfNobodyNamedHim() {
        draft("c-1");
        promiseIn("c-1", OWN);
        promiseIn("c-1", FOREIGN);
        start("c-1");
        assertThat(listed()).hasSize(1);
        complete("c-1");

        assertThat(export().getFollowUpsList())
                .extracting(one -> one.getFollowUp().getHolderAgentId())
                .containsExactlyInAnyOrder(OWN, FOREIGN);
        assertThat(erase().getFollowUpCount()).isEqualTo(2);
        assertThat(tablesWith(word)).isEmpty();
        assertThat(erase()).isEqualTo(EraseCustomerResponse.getDefaultInstance());
    }

    @Test
    void whatWasPromisedBeforeItWasKnownToWhomIsListedOnceItIs() {
        complete(promising("c-1"));
        assertThat(listed()).isEmpty();

        start("c-1");

        assertThat(listed())
                .extracting(promise -> promise.getDetails().getNote())
                .containsExactly("Promise " + word);
    }

    @Test
    void whatWasStillOpenIsCancelledAndReceiversAreToldWithoutHisName() {
        hook();
        call("c-1");
        FollowUp open = listed().get(0);

        erase();

        FollowUp cancelled = agent.followUps()
                .getFollowUp(GetFollowUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setFollowUpId(open.getFollowUpId())
                        .build())
                .getFollowUp();
        assertThat(cancelled.getState()).isEqualTo(FollowUpState.FOLLOW_UP_STATE_CANCELLED);
        assertThat(cancelled.getEtag()).isEqualTo("2");
        assertThat(cancelled.getUpdatedBy()).isEqualTo("admin");
        await().until(() -> crm.types().contains("io.aftercall.customer.erased"));
        Receiver.Message told = crm.messages().stream()
                .filter(message -> message.type().equals("io.aftercall.follow_up.updated"))
                .findFirst()
                .orElseThrow();
        assertThat(told.body()).contains("CANCELLED").doesNotContain(customer, word);
    }

    private void promiseIn(String interactionId, String assignee) {
        staff.as("supervisor")
                .followUps()
                .createFollowUp(CreateFollowUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId(interactionId)
                        .setDetails(promise().setAssignee(Assignee.newBuilder().setAgentId(assignee)))
                        .build());
    }

    private void complete(String interactionId) {
        complete(CompleteAcwRequest.newBuilder()
                .setAgentId(OWN)
                .setInteractionId(interactionId)
                .build());
    }

    private void complete(CompleteAcwRequest request) {
        agent.acw().completeAcw(request);
    }

    private List<FollowUp> listed() {
        return staff.as("supervisor")
                .followUps()
                .listFollowUps(ListFollowUpsRequest.newBuilder()
                        .setCustomerId(customer)
                        .build())
                .getFollowUpsList();
    }

    private void keepPromise() {
        agent.followUps()
                .updateFollowUp(UpdateFollowUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setFollowUpId(export().getFollowUps(0).getFollowUp().getFollowUpId())
                        .setState(FollowUpState.FOLLOW_UP_STATE_DONE)
                        .build());
    }

    private List<Tag> tags() {
        return agent.wrapUps().listTags(ListTagsRequest.getDefaultInstance()).getTagsList();
    }

    @Test
    void aWindowThatWasOpenDoesNotBringTheWordsBack() {
        draft("c-1");
        String etag = get("c-1").getVersion().getEtag();
        erase();

        GrpcError refused = GrpcError.of(() -> agent.wrapUps()
                .saveWrapUp(SaveWrapUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId("c-1")
                        .setEtag(etag)
                        .setWrapUp(words())
                        .build()));

        assertThat(refused.reason()).isEqualTo("STALE_ETAG");
        assertThat(tablesWith(word)).isEmpty();
    }

    @Test
    void whatStillWaitedIsDeliveredWithoutWordsAndThenTheErasure() {
        crm.answering(message -> Receiver.Answer.with(429, "retry-after", "2"));
        hook();
        call("c-1");
        await().until(() -> !crm.messages().isEmpty());
        int before = crm.messages().size();
        erase();
        crm.answering(message -> Receiver.Answer.of(204));

        await().until(() -> crm.types().contains("io.aftercall.customer.erased"));
        List<Receiver.Message> after = crm.messages().stream()
                .skip(before)
                .filter(message -> !message.body().contains(word))
                .toList();
        assertThat(after.get(0).type()).isEqualTo("io.aftercall.wrap_up.finished");
        assertThat(after.get(0).wrapUp().getString("interaction_id")).isEqualTo("c-1");
        Receiver.Message last = crm.messages().get(crm.messages().size() - 1);
        assertThat(last.event().getJsonObject("data").getString("customer_id")).isEqualTo(customer);
        assertThat(last.event().getString("subject")).isEqualTo("customers/" + customer);
    }

    @Test
    void whatIsUnderWayEndsWithoutBringingHimBack() {
        hook();
        start("c-1");
        save("c-1", words());
        erase();
        await().until(() -> crm.types().contains("io.aftercall.customer.erased"));

        save("c-1", WrapUp.newBuilder().setSubject("All is well").build());
        complete("c-1");

        await().until(() -> crm.types().contains("io.aftercall.wrap_up.finished"));
        Receiver.Message last = crm.messages().get(crm.messages().size() - 1);
        assertThat(last.body()).contains("All is well").doesNotContain(customer);
        assertThat(tablesWith(customer)).doesNotContain("agent", "acw", "wrap_up", "wrap_up_revision", "follow_up");
        assertThat(export()).isEqualTo(ExportCustomerResponse.getDefaultInstance());
    }

    @Test
    void whatStillWaitsNoLongerNamesHimNotEvenOnceItIsParked() {
        crm.answering(message -> Receiver.Answer.with(429, "retry-after", "2"));
        hook();
        call("c-1");
        await().until(() -> !crm.messages().isEmpty());
        int before = crm.messages().size();
        erase();

        crm.answering(message -> Receiver.Answer.of(message.type().equals("io.aftercall.customer.erased") ? 204 : 400));
        park();

        await().until(() -> crm.types().contains("io.aftercall.customer.erased"));
        assertThat(crm.messages().stream().skip(before))
                .filteredOn(message -> !message.type().equals("io.aftercall.customer.erased"))
                .isNotEmpty()
                .noneMatch(message -> message.body().contains(customer));
        assertThat(waiting("state <> 'DELIVERED' AND d::text LIKE '%" + customer + "%'"))
                .isZero();
        assertThat(waiting("state = 'PARKED' AND order_key = 'erased'")).isEqualTo(3);
    }

    /** One attempt more of what waits is the last. */
    private void park() {
        await(owner.pool()
                .query("UPDATE delivery SET attempts = 19 WHERE event_type <> 'CUSTOMER_ERASED' AND tenant_id = '"
                        + staff.tenant + "'")
                .execute()
                .toCompletionStage());
    }

    private long waiting(String where) {
        return await(owner.pool()
                        .query("SELECT count(*) AS there FROM delivery AS d WHERE tenant_id = '" + staff.tenant
                                + "' AND " + where)
                        .execute()
                        .toCompletionStage())
                .iterator()
                .next()
                .getLong("there");
    }

    @Test
    void aWebhookThatIsDisabledIsToldWhomToEraseOnceItIsEnabled() {
        hook();
        enable(false);
        call("c-1");

        erase();
        erase();
        enable(true);

        await().until(() -> crm.types().size() == 2);
        assertThat(crm.types()).containsOnly("io.aftercall.customer.erased");
        assertThat(crm.messages())
                .extracting(message -> message.event().getJsonObject("data").getString("customer_id"))
                .containsOnly(customer);
    }

    private void enable(boolean enabled) {
        admin.webhooks()
                .updateWebhook(UpdateWebhookRequest.newBuilder()
                        .setWebhook(Webhook.newBuilder().setWebhookId("crm").setEnabled(enabled))
                        .build());
    }

    // ---- retention

    @Test
    void whatIsTooOldIsForgottenWhereTheTenantWantsItSo() {
        call("c-old");
        call("c-new");
        keepPromise();
        age("wrap_up", "interaction_time", "interaction_id = 'c-old'");
        age("wrap_up", "editable_until", "interaction_id = 'c-old'");
        age("follow_up", "update_time", "true");

        retention(5);

        await().until(() -> export().getWrapUpsCount() == 1);
        assertThat(GrpcError.of(() -> get("c-old")).reason()).isEqualTo("WRAP_UP_NOT_FOUND");
        await().until(() -> export().getFollowUpsCount() == 1);
        assertThat(get("c-new").getWrapUp()).isEqualTo(words());
        assertThat(export().getFollowUps(0).getFollowUp().getState()).isEqualTo(FollowUpState.FOLLOW_UP_STATE_OPEN);
        assertThat(tags())
                .containsExactly(
                        Tag.newBuilder().setTag("vip").setWrapUpCount(1).build());
        assertThat(await(owner.pool()
                                .query("SELECT 1 FROM acw WHERE tenant_id = '" + staff.tenant + "'")
                                .execute()
                                .toCompletionStage())
                        .size())
                .isEqualTo(2);
    }

    private void age(String table, String column, String which) {
        await(owner.pool()
                .query("UPDATE %s SET %s = now() - interval '6 days' WHERE tenant_id = '%s' AND %s"
                        .formatted(table, column, staff.tenant, which))
                .execute()
                .toCompletionStage());
    }

    private void retention(int days) {
        Tenant tenant = staff.operator()
                .tenants()
                .updateTenant(UpdateTenantRequest.newBuilder()
                        .setTenant(Tenant.newBuilder()
                                .setTenantId(staff.tenant)
                                .setRetentionDuration(Duration.newBuilder().setSeconds(days * 86_400L)))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("retention_duration"))
                        .build())
                .getTenant();
        assertThat(tenant.getRetentionDuration().getSeconds()).isEqualTo(days * 86_400L);
    }

    @Test
    void aRetentionIsWholeDays() {
        GrpcError refused = GrpcError.of(() -> staff.operator()
                .tenants()
                .updateTenant(UpdateTenantRequest.newBuilder()
                        .setTenant(Tenant.newBuilder()
                                .setTenantId(staff.tenant)
                                .setRetentionDuration(Duration.newBuilder().setSeconds(86_401)))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("retention_duration"))
                        .build()));

        assertThat(refused.fields()).containsExactly("tenant.retention_duration");
    }
}
