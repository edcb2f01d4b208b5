package io.aftercall.rpc;

import static io.aftercall.rpc.Staff.FOREIGN;
import static io.aftercall.rpc.Staff.OTHER_TEAM;
import static io.aftercall.rpc.Staff.OWN;
import static io.aftercall.rpc.Staff.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.AuditEvent;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.Direction;
import io.aftercall.api.v1.DispositionRequirement;
import io.aftercall.api.v1.EmailSummary;
import io.aftercall.api.v1.GetWrapUpRequest;
import io.aftercall.api.v1.GetWrapUpResponse;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.InteractionPreview;
import io.aftercall.api.v1.ListAuditEventsRequest;
import io.aftercall.api.v1.ListCustomerWrapUpsRequest;
import io.aftercall.api.v1.ListCustomerWrapUpsResponse;
import io.aftercall.api.v1.ListTagsRequest;
import io.aftercall.api.v1.ListWrapUpsToCompleteRequest;
import io.aftercall.api.v1.OfferPreviewRequest;
import io.aftercall.api.v1.OfferPreviewResponse;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.RenameTagRequest;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.SaveWrapUpResponse;
import io.aftercall.api.v1.SearchWrapUpsRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.Tag;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.WithdrawPreviewRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.api.v1.WrapUpRecord;
import io.aftercall.api.v1.WrapUpStatus;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.logs.LogRecords;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class WrapUpServiceTest {

    private static final WrapUp FULL = WrapUp.newBuilder()
            .setDispositionCode("SALE")
            .setFormValues(StructJson.write("{\"order\":{\"number\":7}}"))
            .setSubject("Two large ones")
            .setNotes("Sold \"two\"\nto Ümit 🙂")
            .setActionsTaken("Ordered")
            .setActionsRecommended("Call on Monday")
            .addTags("vip")
            .addTags("it's \\ odd")
            .build();

    @RegisterExtension
    final LogRecords logged = new LogRecords();

    @RegisterExtension
    final Staff staff = new Staff();

    private Client router;
    private Client agent;
    private Client supervisor;

    @BeforeEach
    void hire() {
        staff.hired();
        router = staff.as("router");
        agent = staff.as("agent");
        supervisor = staff.as("supervisor");
    }

    // ---- saving

    @Test
    void everyFieldIsReadBackWithWhatItIsAbout() {
        start(OWN, "c-1", "customer", 100);

        SaveWrapUpResponse saved = save("c-1", FULL, "0");

        WrapUpRecord record = get("c-1").getRecord();
        assertThat(record.getWrapUp()).isEqualTo(FULL);
        assertThat(record.getVersion()).isEqualTo(saved.getVersion());
        assertThat(record.getVersion().getStatus()).isEqualTo(WrapUpStatus.WRAP_UP_STATUS_DRAFT);
        assertThat(record.getVersion().getWrittenBy()).isEqualTo("agent");
        assertThat(record.getVersion().hasEditableUntilTime()).isFalse();
        assertThat(record.getQueueId()).isEqualTo("sales");
        assertThat(record.getCustomerId()).isEqualTo("customer");
        assertThat(record.getTeamId()).isEqualTo(TEAM);
        assertThat(record.getInteractionTime().getSeconds()).isEqualTo(1_700_000_100);
    }

    @Test
    void nobodyBelievesThatAnEmailGoesOutWhereNoneDoes() {
        start(OWN, "c-1", "customer", 100);
        WrapUp asking = notes("n").toBuilder()
                .setEmailSummary(EmailSummary.newBuilder()
                        .setAddress("ann@customer.example")
                        .setLanguage("es"))
                .build();

        GrpcError saving = GrpcError.of(() -> save("c-1", asking, "0"));
        GrpcError completing = GrpcError.of(() -> agent.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId("c-1")
                        .setWrapUp(asking)
                        .build()));

        assertThat(saving.fields()).containsExactly("wrap_up.email_summary");
        assertThat(completing.fields()).containsExactly("wrap_up.email_summary");
        assertThat(router.state(OWN).getAcwsCount()).isEqualTo(1);
    }

    @Test
    void aWindowThatHasNotSeenTheOthersWordsDoesNotReplaceThemAndNothingIsLost() {
        start(OWN, "c-1", "customer", 100);
        WrapUp one = notes("Written in the first window");
        WrapUp two = notes("Written in the second window");
        WrapUp both = notes("Written in the first window, and in the second");
        save("c-1", one, "0");

        GrpcError refused = GrpcError.of(() -> save("c-1", two, "0"));
        save("c-1", both, get("c-1").getRecord().getVersion().getEtag());

        assertThat(refused.code()).isEqualTo(Code.ABORTED);
        assertThat(refused.reason()).isEqualTo("STALE_ETAG");
        assertThat(get("c-1").getRecord().getWrapUp()).isEqualTo(both);
        assertThat(get("c-1").getRevisionsList())
                .extracting(revision -> revision.getWrapUp())
                .containsExactly(one);
    }

    @Test
    void everyRevisionIsKeptAlsoOfWhatIsReplacedUnseen() {
        start(OWN, "c-1", "customer", 100);
        save("c-1", notes("one"), "");
        save("c-1", notes("two"), "");
        complete("c-1", FULL);

        GetWrapUpResponse read = get("c-1");

        assertThat(read.getRecord().getVersion().getStatus()).isEqualTo(WrapUpStatus.WRAP_UP_STATUS_FINAL);
        assertThat(read.getRecord().getVersion().hasEditableUntilTime()).isTrue();
        assertThat(read.getRevisionsList())
                .extracting(revision -> revision.getWrapUp().getNotes())
                .containsExactly("two", "one");
        assertThat(read.getRevisionsList())
                .extracting(revision -> revision.getVersion().getWrapUpRevision())
                .containsExactly(2, 1);
    }

    @Test
    void moreRevisionsThanAClientHasRoomForComeInPages() {
        start(OWN, "c-1", "customer", 100);
        int revisions = 110;
        for (int i = 0; i < revisions; i++) {
            save("c-1", notes(i + "x".repeat(16_000)), "");
        }

        List<GetWrapUpResponse> pages = new ArrayList<>();
        GetWrapUpRequest.Builder request = GetWrapUpRequest.newBuilder()
                .setAgentId(OWN)
                .setInteractionId("c-1")
                .setWithRevisions(true);
        do {
            pages.add(agent.wrapUps().getWrapUp(request.build()));
            request.setPageToken(pages.get(pages.size() - 1).getNextPageToken());
        } while (!request.getPageToken().isEmpty());

        assertThat(pages).hasSize(2).allSatisfy(page -> assertThat(page.getSerializedSize())
                .isLessThan(1_100_000));
        assertThat(pages.stream().flatMap(page -> page.getRevisionsList().stream()))
                .extracting(revision -> revision.getVersion().getWrapUpRevision())
                .containsExactlyElementsOf(IntStream.range(1, revisions)
                        .mapToObj(i -> revisions - i)
                        .toList());
        GrpcError foreign = GrpcError.of(() -> agent.wrapUps()
                .getWrapUp(request.setInteractionId("c-2")
                        .setPageToken(pages.get(0).getNextPageToken())
                        .build()));
        assertThat(foreign.code()).isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void aRepeatedRequestIsToldWhatItWasToldFirst() {
        start(OWN, "c-1", "customer", 100);
        SaveWrapUpRequest request = saving("c-1", notes("one"), "0")
                .setRequestId(UUID.randomUUID().toString())
                .build();
        SaveWrapUpResponse first = agent.wrapUps().saveWrapUp(request);
        save("c-1", notes("two"), "");

        assertThat(agent.wrapUps().saveWrapUp(request)).isEqualTo(first);
        assertThat(get("c-1").getRecord().getWrapUp().getNotes()).isEqualTo("two");
    }

    @Test
    void theFirstDraftShowsInTheAgentsState() {
        start(OWN, "c-1", "customer", 100);
        long before = agent.state(OWN).getVersion();

        save("c-1", notes("one"), "");
        save("c-1", notes("two"), "");

        assertThat(agent.state(OWN).getVersion()).isEqualTo(before + 1);
        assertThat(agent.state(OWN).getAcws(0).getInteraction().getDrafted()).isTrue();
        assertThat(AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_WRAP_UP_DRAFTED.getNumber())
                .isEqualTo(17);
    }

    @Test
    void whatIsWrongIsNamedAtOnceAndNothingChanges() {
        start(OWN, "c-1", "customer", 100);
        WrapUp bad = WrapUp.newBuilder()
                .setDispositionCode("a b")
                .setSubject("two\nlines")
                .setNotes("x".repeat(16 * 1024 + 1))
                .setActionsTaken("y".repeat(4 * 1024 + 1))
                .setActionsRecommended("\0")
                .addTags("good")
                .addTags("")
                .build();

        GrpcError refused = GrpcError.of(() -> save("c-1", bad, "z".repeat(65)));

        assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(refused.fields())
                .containsExactlyInAnyOrder(
                        "wrap_up.disposition_code",
                        "wrap_up.subject",
                        "wrap_up.notes",
                        "wrap_up.actions_taken",
                        "wrap_up.actions_recommended",
                        "wrap_up.tags[1]",
                        "etag");
        assertThat(GrpcError.of(() -> get("c-1")).reason()).isEqualTo("WRAP_UP_NOT_FOUND");
        assertThat(GrpcError.of(() -> save("c-2", FULL, "")).reason()).isEqualTo("INTERACTION_NOT_LIVE");
    }

    // ---- what is to be completed

    @Test
    void whatTimesOutWithoutWhatIsRequiredIsListedUntilItIsThere() {
        dispositionRequired();
        start(OWN, "c-1", "customer", 100);
        start(FOREIGN, "c-2", "customer", 100);
        save("c-1", notes("No time to choose"), "");
        router.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId("nothing")
                        .build());
        force(OWN, "c-1");
        force(FOREIGN, "c-2");

        assertThat(toComplete(agent)).containsExactly("c-1");
        assertThat(toComplete(staff.as("lead"))).containsExactly("c-1");
        assertThat(toComplete(supervisor)).containsExactlyInAnyOrder("c-1", "c-2");
        assertThat(get("c-1").getRecord().getWrapUp().getNotes()).isEqualTo("No time to choose");

        complete("c-1", FULL);

        assertThat(toComplete(supervisor)).containsExactly("c-2");
    }

    @Test
    void aPageEndsWhereAClientHasNoMoreRoomAndTheNextGoesOnThere() {
        dispositionRequired();
        int many = 130;
        WrapUp large = WrapUp.newBuilder()
                .setFormValues(StructJson.write("{\"a\":\"" + "x".repeat(15_000) + "\"}"))
                .setNotes("y".repeat(16 * 1024))
                .setActionsTaken("z".repeat(4 * 1024))
                .build();
        for (int i = 0; i < many; i++) {
            start(OWN, "c-" + i, "maria", i);
            save("c-" + i, large, "0");
            force(OWN, "c-" + i);
        }
        List<String> all = IntStream.range(0, many).mapToObj(i -> "c-" + i).toList();
        List<String> latestFirst =
                IntStream.range(0, many).mapToObj(i -> "c-" + (many - 1 - i)).toList();

        assertThat(history(
                        agent,
                        ListCustomerWrapUpsRequest.newBuilder()
                                .setCustomerId("maria")
                                .setPageSize(1_000)))
                .isEqualTo(latestFirst);
        assertThat(found(SearchWrapUpsRequest.newBuilder().setPageSize(1_000))).isEqualTo(latestFirst);
        assertThat(toComplete(supervisor, 1_000)).isEqualTo(all);
    }

    // ---- what is found

    @Test
    void aCustomersHistoryIsTheSameForEveryAgentTheLatestFirst() {
        written(OWN, "c-1", "maria", 100, notes("one"));
        written(FOREIGN, "c-2", "maria", 300, notes("two"));
        written(OWN, "c-3", "maria", 200, notes("three"));
        written(OWN, "c-4", "juan", 400, notes("four"));
        start(OWN, "c-5", "maria", 500);
        save("c-5", notes("a draft is not told"), "");

        assertThat(history(agent, ListCustomerWrapUpsRequest.newBuilder().setCustomerId("maria")))
                .containsExactly("c-2", "c-3", "c-1");
        assertThat(history(
                        agent,
                        ListCustomerWrapUpsRequest.newBuilder()
                                .setCustomerId("maria")
                                .setPageSize(2)))
                .containsExactly("c-2", "c-3", "c-1");
        assertThat(history(
                        agent,
                        ListCustomerWrapUpsRequest.newBuilder()
                                .setCustomerId("maria")
                                .setQuery("three")))
                .containsExactly("c-3");
    }

    @Test
    void wordsAreFoundInSpanishAndInEnglishInWhateverForm() {
        written(OWN, "c-1", "k-77", 100, notes("El cliente pidió la cancelación de sus pedidos"));
        written(OWN, "c-2", "maria", 200, notes("The customer complained about two broken deliveries"));
        written(
                OWN,
                "c-3",
                "maria",
                300,
                WrapUp.newBuilder()
                        .setSubject("Facturas")
                        .setActionsTaken("Reembolso enviado")
                        .setActionsRecommended("Ring back")
                        .build());

        assertThat(found("cancelaciones")).containsExactly("c-1");
        assertThat(found("cancelacion")).containsExactly("c-1");
        assertThat(found("PEDIDO")).containsExactly("c-1");
        assertThat(found("delivery")).containsExactly("c-2");
        assertThat(found("complaint or factura")).contains("c-3");
        assertThat(found("\"broken deliveries\"")).containsExactly("c-2");
        assertThat(found("\"deliveries broken\"")).isEmpty();
        assertThat(found("customer -broken")).isEmpty();
        assertThat(found("reembolso ring")).containsExactly("c-3");
        assertThat(found("k-77")).containsExactly("c-1");
        assertThat(found("' & | ! ( :* <->")).isEmpty();
    }

    @Test
    void whatIsExcludedIsNotThereInWhateverLanguageAndForm() {
        written("c-1", "maria", "Llamada sobre la factura de marzo");
        written("c-2", "ann", "Llamada sobre las entregas");
        written("c-3", "ann", "Called about refunds");
        written("c-4", "maria", "Called about invoices, por último");

        assertThat(found("llamada -facturas")).containsExactly("c-2");
        assertThat(found("llamadas -factura")).containsExactly("c-2");
        assertThat(found("llamada -entrega")).containsExactly("c-1");
        assertThat(found("call -invoice")).containsExactly("c-3");
        assertThat(found("calls -refunding")).containsExactly("c-4");
        assertThat(found("called -ultimo")).containsExactly("c-3");
        assertThat(found("called -maria")).containsExactly("c-3");
        assertThat(found("llamada -\"facturas de marzo\"")).containsExactly("c-2");
        assertThat(found("llamada - factura")).containsExactly("c-2");
        assertThat(found("-facturas -invoiced")).containsExactly("c-3", "c-2");
        assertThat(found("llamada --factura")).containsExactly("c-1");
    }

    @Test
    void whatIsExcludedFromOneAlternativeIsNotFromAnother() {
        written("c-1", "maria", "Llamada sobre la factura de marzo");
        written("c-2", "ann", "Llamada sobre las entregas");
        written("c-3", "ann", "Called about refunds");
        written("c-4", "maria", "Gold or silver");

        assertThat(found("refund or llamada -entrega")).containsExactly("c-3", "c-1");
        assertThat(found("llamada -factura OR factura")).containsExactly("c-2", "c-1");
        assertThat(found("-llamada or entregas")).containsExactly("c-4", "c-3", "c-2");
        assertThat(found("\"gold or silver\"")).containsExactly("c-4");
        assertThat(found("or")).containsExactly("c-4");
        assertThat(found("llamada or")).containsExactly("c-2", "c-1");
        assertThat(found("llamada (-factura)")).containsExactly("c-2");
        assertThat(found("!!! -")).isEmpty();
    }

    private void written(String interactionId, String customerId, String notes) {
        start(OWN, interactionId, customerId, interactionId.charAt(2));
        complete(interactionId, notes(notes));
    }

    @Test
    void filtersAreAllTrueOfWhatIsFound() {
        written(OWN, "c-1", "maria", 100, FULL);
        written(FOREIGN, "c-2", "maria", 200, FULL);
        written(OWN, "c-3", "juan", 300, notes("two"));

        assertThat(found(SearchWrapUpsRequest.newBuilder())).containsExactly("c-3", "c-2", "c-1");
        assertThat(found(SearchWrapUpsRequest.newBuilder().addAgentIds(OWN))).containsExactly("c-3", "c-1");
        assertThat(found(SearchWrapUpsRequest.newBuilder().addTeamIds(OTHER_TEAM)))
                .containsExactly("c-2");
        assertThat(found(SearchWrapUpsRequest.newBuilder().addQueueIds("sales").addQueueIds("nowhere")))
                .hasSize(3);
        assertThat(found(SearchWrapUpsRequest.newBuilder().addDispositionCodes("SALE")))
                .containsExactly("c-2", "c-1");
        assertThat(found(SearchWrapUpsRequest.newBuilder().setCustomerId("maria")))
                .containsExactly("c-2", "c-1");
        assertThat(found(SearchWrapUpsRequest.newBuilder()
                        .setStartTime(time(200))
                        .setEndTime(time(300))))
                .containsExactly("c-2");
        assertThat(found(SearchWrapUpsRequest.newBuilder().addTags("vip").addTags("it's \\ odd")))
                .containsExactly("c-2", "c-1");
        assertThat(found(SearchWrapUpsRequest.newBuilder().addTags("vip").addTags("VIP")))
                .isEmpty();
        assertThat(found(SearchWrapUpsRequest.newBuilder()
                        .setQuery("two")
                        .addTags("vip")
                        .addAgentIds(OWN)))
                .containsExactly("c-1");
    }

    @Test
    void everybodyFindsWhatHeReaches() {
        written(OWN, "c-1", "maria", 100, FULL);
        written(FOREIGN, "c-2", "maria", 200, FULL);
        SearchWrapUpsRequest all = SearchWrapUpsRequest.getDefaultInstance();

        assertThat(ids(agent.wrapUps().searchWrapUps(all).getRecordsList())).containsExactly("c-1");
        assertThat(ids(staff.as("lead").wrapUps().searchWrapUps(all).getRecordsList()))
                .containsExactly("c-1");
        assertThat(ids(new Staff()
                        .hired()
                        .as("supervisor")
                        .wrapUps()
                        .searchWrapUps(all)
                        .getRecordsList()))
                .isEmpty();
    }

    @Test
    void pagesLeadThroughAllOfThemAlsoWhereTimesAreTheSame() {
        List<String> ids = IntStream.range(0, 7).mapToObj(i -> "c-" + i).toList();
        ids.forEach(id -> written(OWN, id, "maria", 100, notes("two")));

        assertThat(found(SearchWrapUpsRequest.newBuilder().setPageSize(3))).containsExactlyInAnyOrderElementsOf(ids);
        String token = supervisor
                .wrapUps()
                .searchWrapUps(SearchWrapUpsRequest.newBuilder().setPageSize(3).build())
                .getNextPageToken();
        GrpcError foreign = GrpcError.of(() -> supervisor
                .wrapUps()
                .searchWrapUps(SearchWrapUpsRequest.newBuilder()
                        .setPageToken(token)
                        .setQuery("two")
                        .build()));
        assertThat(foreign.reason()).isEqualTo("FOREIGN_TOKEN");
    }

    @Test
    void badSearchesAreRefused() {
        GrpcError refused = GrpcError.of(() -> supervisor
                .wrapUps()
                .searchWrapUps(SearchWrapUpsRequest.newBuilder()
                        .setQuery("x".repeat(257))
                        .addTags(" ")
                        .addAgentIds("a b")
                        .setStartTime(time(2))
                        .setEndTime(time(1))
                        .setPageSize(-1)
                        .build()));

        assertThat(refused.fields()).containsExactlyInAnyOrder("query", "tags", "agent_ids", "end_time", "page_size");
        assertThat(GrpcError.of(() -> history(agent, ListCustomerWrapUpsRequest.newBuilder()))
                        .fields())
                .containsExactly("customer_id");
    }

    @Test
    void aQueryOfStopWordsIsNothingForTheLog() {
        assertThat(found("the")).isEmpty();

        assertThat(logged.all()).extracting(LogRecord::getMessage).noneMatch(message -> message.contains("stop words"));
    }

    // ---- tags

    @Test
    void whatLooksTheSameIsTheSameHoweverItWasTyped() {
        String composed = "ni\u00f1o";
        String decomposed = "nin\u0303o";
        written(OWN, "c-1", "maria", 100, noted("Un " + decomposed, decomposed));
        written(OWN, "c-2", "maria", 200, noted("Un " + composed, composed));

        assertThat(tags("")).containsExactly(tag(composed, 2));
        assertThat(tags("nin\u0303")).containsExactly(tag(composed, 2));
        for (String typed : List.of(composed, decomposed)) {
            assertThat(found(typed)).hasSize(2);
            assertThat(found(SearchWrapUpsRequest.newBuilder().addTags(typed))).hasSize(2);
            assertThat(history(
                            agent,
                            ListCustomerWrapUpsRequest.newBuilder()
                                    .setCustomerId("maria")
                                    .setQuery(typed)
                                    .addTags(typed)))
                    .hasSize(2);
        }
    }

    @Test
    void anEtagIsOfTheComposedText() {
        start(OWN, "c-1", "maria", 100);
        String etag = save("c-1", tagged("ni\u00f1o"), "").getVersion().getEtag();

        assertThat(save("c-1", tagged("nin\u0303o"), "").getVersion().getEtag()).isEqualTo(etag);
    }

    @Test
    void tagsAreCountedAsWrapUpsComeAndChange() {
        written(OWN, "c-1", "maria", 100, tagged("vip", "refund"));
        written(OWN, "c-2", "maria", 200, tagged("vip"));
        start(OWN, "c-3", "maria", 300);
        save("c-3", tagged("vip", "only a draft"), "");

        assertThat(tags("")).containsExactly(tag("refund", 1), tag("vip", 2));

        complete("c-3", tagged("vip"));
        complete("c-1", tagged("refund"));

        assertThat(tags("")).containsExactly(tag("refund", 1), tag("vip", 2));
        assertThat(tags("v")).containsExactly(tag("vip", 2));
    }

    @Test
    void aRenamedTagMayBecomeOneWithAnother() {
        written(OWN, "c-1", "maria", 100, tagged("vip", "refund"));
        written(OWN, "c-2", "maria", 200, tagged("VIP", "vip"));
        written(OWN, "c-3", "maria", 300, tagged("VIP"));

        long renamed = supervisor
                .wrapUps()
                .renameTag(RenameTagRequest.newBuilder()
                        .setTag("vip")
                        .setNewTag("VIP")
                        .build())
                .getRenamedCount();

        assertThat(renamed).isEqualTo(2);
        assertThat(tags("")).containsExactly(tag("VIP", 3), tag("refund", 1));
        assertThat(get("c-1").getRecord().getWrapUp().getTagsList()).containsExactly("VIP", "refund");
        assertThat(get("c-2").getRecord().getWrapUp().getTagsList()).containsExactly("VIP");
        assertThat(found(SearchWrapUpsRequest.newBuilder().addTags("VIP"))).hasSize(3);
        assertThat(found(SearchWrapUpsRequest.newBuilder().addTags("vip"))).isEmpty();
        assertThat(staff.as("auditor")
                        .audit()
                        .listAuditEvents(ListAuditEventsRequest.newBuilder()
                                .setAction("TAG_RENAMED")
                                .build())
                        .getEventsList())
                .extracting(AuditEvent::getObject)
                .containsExactly("tags");
    }

    @Test
    void aRenamedTagIsAnotherRevisionThatNobodyOverwritesUnseen() {
        written(OWN, "c-1", "maria", 100, tagged("vip"));
        String seen = get("c-1").getRecord().getVersion().getEtag();

        supervisor
                .wrapUps()
                .renameTag(RenameTagRequest.newBuilder()
                        .setTag("vip")
                        .setNewTag("VIP")
                        .build());

        GetWrapUpResponse renamed = get("c-1");
        assertThat(renamed.getRecord().getVersion().getWrapUpRevision()).isEqualTo(2);
        assertThat(renamed.getRecord().getVersion().getWrittenBy()).isEqualTo("supervisor");
        assertThat(renamed.getRevisionsList())
                .flatExtracting(revision -> revision.getWrapUp().getTagsList())
                .containsExactly("vip");
        assertThat(renamed.getRevisions(0).getVersion().getEtag()).isEqualTo(seen);
        assertThat(GrpcError.of(() -> save("c-1", tagged("vip", "more"), seen)).reason())
                .isEqualTo("STALE_ETAG");
    }

    // ---- what comes next

    @Test
    void whatComesNextTravelsInTheAgentsStateUntilItBegins() {
        start(OWN, "c-1", "customer", 100);
        InteractionPreview preview = InteractionPreview.newBuilder()
                .setInteractionId("c-2")
                .setChannel(Channel.CHANNEL_VOICE)
                .setDirection(Direction.DIRECTION_INBOUND)
                .setQueueId("sales")
                .setCustomerId("maria")
                .setReason("Invoice")
                .setExpectedTime(time(200))
                .build();

        OfferPreviewResponse offered = router.wrapUps()
                .offerPreview(OfferPreviewRequest.newBuilder()
                        .setAgentId(OWN)
                        .setPreview(preview)
                        .build());

        assertThat(offered.getAgentState().getNextInteraction()).isEqualTo(preview);
        assertThat(agent.state(OWN).getNextInteraction()).isEqualTo(preview);
        assertThat(staff.as("viewer").state(OWN).getNextInteraction())
                .isEqualTo(preview.toBuilder().clearCustomerId().clearReason().build());
        complete("c-1", FULL);
        assertThat(agent.state(OWN).getNextInteraction()).isEqualTo(preview);

        router.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteraction(Client.call("c-2"))
                        .build());

        assertThat(agent.state(OWN).hasNextInteraction()).isFalse();
    }

    @Test
    void whatDoesNotComeAfterAllIsWithdrawn() {
        start(OWN, "c-1", "customer", 100);
        OfferPreviewRequest offer = OfferPreviewRequest.newBuilder()
                .setAgentId(OWN)
                .setPreview(InteractionPreview.newBuilder().setReason("Invoice"))
                .build();
        router.wrapUps().offerPreview(offer);

        router.wrapUps()
                .withdrawPreview(
                        WithdrawPreviewRequest.newBuilder().setAgentId(OWN).build());

        assertThat(agent.state(OWN).hasNextInteraction()).isFalse();
        assertThat(GrpcError.of(() -> router.wrapUps()
                                .offerPreview(offer.toBuilder()
                                        .clearPreview()
                                        .setRequestId("x")
                                        .build()))
                        .fields())
                .containsExactlyInAnyOrder("preview", "request_id");
        complete("c-1", FULL);
        assertThat(GrpcError.of(() -> router.wrapUps().offerPreview(offer)).reason())
                .isEqualTo("AGENT_NOT_IN_ACW");
    }

    // ---- how

    private void start(String agentId, String interactionId, String customerId, long second) {
        router.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(Client.call(interactionId)
                                .mergeFrom(Interaction.newBuilder()
                                        .setQueueId("sales")
                                        .setCustomerId(customerId)
                                        .setStartTime(time(second))
                                        .build()))
                        .build());
    }

    private void written(String agentId, String interactionId, String customerId, long second, WrapUp wrapUp) {
        start(agentId, interactionId, customerId, second);
        router.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteractionId(interactionId)
                        .setWrapUp(wrapUp)
                        .build());
    }

    private void complete(String interactionId, WrapUp wrapUp) {
        agent.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId(interactionId)
                        .setWrapUp(wrapUp)
                        .build());
    }

    private void force(String agentId, String interactionId) {
        supervisor
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteractionId(interactionId)
                        .setForce(true)
                        .setForceReason("closing")
                        .build());
    }

    private void dispositionRequired() {
        staff.as("admin")
                .policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                                .setDisposition(DispositionRequirement.DISPOSITION_REQUIREMENT_REQUIRED))
                        .build());
    }

    private static SaveWrapUpRequest.Builder saving(String interactionId, WrapUp wrapUp, String etag) {
        return SaveWrapUpRequest.newBuilder()
                .setAgentId(OWN)
                .setInteractionId(interactionId)
                .setWrapUp(wrapUp)
                .setEtag(etag);
    }

    private SaveWrapUpResponse save(String interactionId, WrapUp wrapUp, String etag) {
        return agent.wrapUps().saveWrapUp(saving(interactionId, wrapUp, etag).build());
    }

    private GetWrapUpResponse get(String interactionId) {
        return agent.wrapUps()
                .getWrapUp(GetWrapUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId(interactionId)
                        .setWithRevisions(true)
                        .build());
    }

    private static List<String> toComplete(Client who) {
        return toComplete(who, 0);
    }

    private static List<String> toComplete(Client who, int size) {
        ListWrapUpsToCompleteRequest.Builder request =
                ListWrapUpsToCompleteRequest.newBuilder().setPageSize(size);
        List<String> all = new ArrayList<>();
        do {
            var page = who.wrapUps().listWrapUpsToComplete(request.build());
            all.addAll(ids(page.getRecordsList()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return all;
    }

    private static List<String> history(Client who, ListCustomerWrapUpsRequest.Builder request) {
        List<String> all = new ArrayList<>();
        do {
            ListCustomerWrapUpsResponse page = who.wrapUps().listCustomerWrapUps(request.build());
            all.addAll(ids(page.getRecordsList()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return all;
    }

    private List<String> found(String query) {
        return found(SearchWrapUpsRequest.newBuilder().setQuery(query));
    }

    private List<String> found(SearchWrapUpsRequest.Builder request) {
        List<String> all = new ArrayList<>();
        do {
            var page = supervisor.wrapUps().searchWrapUps(request.build());
            all.addAll(ids(page.getRecordsList()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return all;
    }

    private List<Tag> tags(String prefix) {
        return agent.wrapUps()
                .listTags(ListTagsRequest.newBuilder().setPrefix(prefix).build())
                .getTagsList();
    }

    private static Tag tag(String name, long count) {
        return Tag.newBuilder().setTag(name).setWrapUpCount(count).build();
    }

    private static WrapUp notes(String notes) {
        return WrapUp.newBuilder().setNotes(notes).build();
    }

    private static WrapUp noted(String notes, String tag) {
        return WrapUp.newBuilder().setNotes(notes).addTags(tag).build();
    }

    private static WrapUp tagged(String... tags) {
        return WrapUp.newBuilder().addAllTags(List.of(tags)).build();
    }

    private static List<String> ids(List<WrapUpRecord> records) {
        return records.stream().map(WrapUpRecord::getInteractionId).toList();
    }

    private static Timestamp time(long second) {
        return Timestamp.newBuilder().setSeconds(1_700_000_000 + second).build();
    }
}
