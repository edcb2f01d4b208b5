package io.aftercall.rpc;

import static io.aftercall.rpc.Staff.FOREIGN;
import static io.aftercall.rpc.Staff.OTHER_TEAM;
import static io.aftercall.rpc.Staff.OWN;
import static io.aftercall.rpc.Staff.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.Assignee;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.EscalateFollowUpRequest;
import io.aftercall.api.v1.FollowUp;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.FollowUpState;
import io.aftercall.api.v1.GetFollowUpRequest;
import io.aftercall.api.v1.GetFollowUpResponse;
import io.aftercall.api.v1.ListFollowUpsRequest;
import io.aftercall.api.v1.ListFollowUpsResponse;
import io.aftercall.api.v1.NewFollowUp;
import io.aftercall.api.v1.TakeFollowUpRequest;
import io.aftercall.api.v1.UpdateFollowUpRequest;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@TestProfile(Authenticated.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class FollowUpServiceTest {

    private static final long FAR = Instant.parse("2090-01-01T00:00:00Z").getEpochSecond();

    @RegisterExtension
    final Staff staff = new Staff();

    private Client agent;
    private Client lead;
    private Client supervisor;

    @BeforeEach
    void hire() {
        staff.hired();
        agent = staff.as("agent");
        lead = staff.as("lead");
        supervisor = staff.as("supervisor");
    }

    @Test
    void everyFieldIsReadBack() {
        CreateFollowUpRequest request = CreateFollowUpRequest.newBuilder()
                .setAgentId(OWN)
                .setFollowUpId(UUID.randomUUID().toString())
                .setDetails(details(FAR)
                        .setAssignee(Assignee.newBuilder().setDepartmentId("logistics"))
                        .build())
                .setInteractionId("c-1")
                .build();

        FollowUp made = agent.followUps().createFollowUp(request).getFollowUp();

        assertThat(made.getDetails()).isEqualTo(request.getDetails());
        assertThat(made.getState()).isEqualTo(FollowUpState.FOLLOW_UP_STATE_OPEN);
        assertThat(made.getHolderAgentId()).isEqualTo(OWN);
        assertThat(made.getInteractionId()).isEqualTo("c-1");
        assertThat(made.getCreatedBy()).isEqualTo("agent");
        assertThat(made.hasRemindTime()).isFalse();
        assertThat(get(OWN, made.getFollowUpId()).getFollowUp()).isEqualTo(made);
        assertThat(agent.followUps().createFollowUp(request).getFollowUp()).isEqualTo(made);
    }

    @Test
    void aRepeatedRequestHasTheFirstOutcomeAlsoIfTheServerMadeTheId() {
        String requestId = UUID.randomUUID().toString();
        CreateFollowUpRequest request = CreateFollowUpRequest.newBuilder()
                .setRequestId(requestId)
                .setAgentId(OWN)
                .setDetails(details(FAR))
                .build();

        FollowUp made = agent.followUps().createFollowUp(request).getFollowUp();
        FollowUp again = agent.followUps().createFollowUp(request).getFollowUp();
        FollowUp inCapitals = agent.followUps()
                .createFollowUp(request.toBuilder()
                        .setRequestId(requestId.toUpperCase(Locale.ROOT))
                        .build())
                .getFollowUp();

        assertThat(again).isEqualTo(made);
        assertThat(inCapitals).isEqualTo(made);
        assertThat(ids(agent, ListFollowUpsRequest.newBuilder())).containsExactly(made.getFollowUpId());
    }

    @Test
    void theAgentIsRemindedWhenItIsDueAndOnlyOnce() {
        long version = agent.state(OWN).getVersion();
        Instant soon = Instant.now().plusMillis(700);
        FollowUp made = create(
                OWN,
                details(soon.getEpochSecond())
                        .setDueTime(Timestamp.newBuilder()
                                .setSeconds(soon.getEpochSecond())
                                .setNanos(soon.getNano())));
        assertThat(agent.state(OWN).hasFollowUpDueTime()).isTrue();

        await().until(() -> get(OWN, made.getFollowUpId()).getFollowUp().hasRemindTime());

        AgentState after = agent.state(OWN);
        assertThat(after.hasFollowUpDueTime()).isFalse();
        // Scheduled, and due.
        assertThat(after.getVersion()).isEqualTo(version + 2);
        assertThat(ids(agent, ListFollowUpsRequest.newBuilder().setOverdue(true)))
                .containsExactly(made.getFollowUpId());
    }

    @Test
    void itGoesToAnotherDepartmentAndEveryMoveIsKept() {
        FollowUp made = create(OWN, details(FAR));

        FollowUp escalated = agent.followUps()
                .escalateFollowUp(EscalateFollowUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setFollowUpId(made.getFollowUpId())
                        .setDepartmentId("legal")
                        .setNote("He threatens to sue")
                        .setEtag(made.getEtag())
                        .build())
                .getFollowUp();

        assertThat(escalated.getDetails().getAssignee().getDepartmentId()).isEqualTo("legal");
        assertThat(escalated.getDetails().getNote()).isEqualTo("He threatens to sue");
        assertThat(escalated.getHolderAgentId()).isEqualTo(OWN);
        assertThat(get(OWN, made.getFollowUpId()).getRevisionsList()).containsExactly(made);
        assertThat(GrpcError.of(() -> agent.followUps()
                                .escalateFollowUp(EscalateFollowUpRequest.newBuilder()
                                        .setAgentId(OWN)
                                        .setFollowUpId(made.getFollowUpId())
                                        .setDepartmentId("press")
                                        .setEtag(made.getEtag())
                                        .build()))
                        .code())
                .isEqualTo(Code.ABORTED);
    }

    @Test
    void whatIsWithATeamIsTakenByOneOfThem() {
        FollowUp made =
                create(FOREIGN, details(FAR).setAssignee(Assignee.newBuilder().setTeamId(TEAM)));

        FollowUp taken = agent.followUps()
                .takeFollowUp(TakeFollowUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setFollowUpId(made.getFollowUpId())
                        .build())
                .getFollowUp();

        assertThat(taken.getHolderAgentId()).isEqualTo(OWN);
        assertThat(taken.getDetails().getAssignee().getAgentId()).isEqualTo(OWN);
        assertThat(agent.state(OWN).hasFollowUpDueTime()).isTrue();
        assertThat(GrpcError.of(() -> supervisor
                                .followUps()
                                .takeFollowUp(TakeFollowUpRequest.newBuilder()
                                        .setAgentId(FOREIGN)
                                        .setFollowUpId(made.getFollowUpId())
                                        .build()))
                        .reason())
                .isEqualTo("FOLLOW_UP_TAKEN");
        assertThat(GrpcError.of(() -> get(FOREIGN, made.getFollowUpId())).reason())
                .isEqualTo("FOLLOW_UP_NOT_FOUND");
    }

    @Test
    void whatIsDoneIsNoLongerListedAndMayBeOpenedAgain() {
        FollowUp made = create(OWN, details(FAR));

        update(made, FollowUpState.FOLLOW_UP_STATE_DONE);

        assertThat(ids(agent, ListFollowUpsRequest.newBuilder())).isEmpty();
        assertThat(ids(agent, ListFollowUpsRequest.newBuilder().addStates(FollowUpState.FOLLOW_UP_STATE_DONE)))
                .containsExactly(made.getFollowUpId());
        assertThat(update(made, FollowUpState.FOLLOW_UP_STATE_OPEN).getEtag()).isEqualTo("3");
        assertThat(ids(agent, ListFollowUpsRequest.newBuilder())).containsExactly(made.getFollowUpId());
    }

    @Test
    void everybodyIsListedWhatHeReachesTheFirstThatIsDueFirst() {
        String late = create(OWN, details(FAR + 9)).getFollowUpId();
        String early = create(OWN, details(FAR)).getFollowUpId();
        String foreign = create(FOREIGN, details(FAR + 1)).getFollowUpId();
        String ofTeam = create(
                        FOREIGN,
                        details(FAR + 2).setAssignee(Assignee.newBuilder().setTeamId(TEAM)))
                .getFollowUpId();
        String ofOthers = create(
                        FOREIGN,
                        details(FAR + 3).setAssignee(Assignee.newBuilder().setTeamId(OTHER_TEAM)))
                .getFollowUpId();

        assertThat(ids(agent, ListFollowUpsRequest.newBuilder())).containsExactly(early, late);
        assertThat(ids(agent, ListFollowUpsRequest.newBuilder().addTeamIds(TEAM)))
                .containsExactly(ofTeam);
        assertThat(ids(lead, ListFollowUpsRequest.newBuilder())).containsExactly(early, ofTeam, late);
        assertThat(ids(supervisor, ListFollowUpsRequest.newBuilder().setPageSize(2)))
                .containsExactly(early, foreign, ofTeam, ofOthers, late);
        assertThat(ids(
                        supervisor,
                        ListFollowUpsRequest.newBuilder().setLatestFirst(true).setPageSize(2)))
                .containsExactly(late, ofOthers, ofTeam, foreign, early);
        assertThat(ids(supervisor, ListFollowUpsRequest.newBuilder().setCustomerId("maria")))
                .hasSize(5);
        assertThat(ids(supervisor, ListFollowUpsRequest.newBuilder().setOverdue(true)))
                .isEmpty();
        assertThat(ids(new Staff().hired().as("supervisor"), ListFollowUpsRequest.newBuilder()))
                .isEmpty();
        assertThat(GrpcError.of(() ->
                                ids(agent, ListFollowUpsRequest.newBuilder().addAgentIds(FOREIGN)))
                        .code())
                .isEqualTo(Code.PERMISSION_DENIED);
        assertThat(GrpcError.of(() ->
                                ids(lead, ListFollowUpsRequest.newBuilder().addTeamIds(OTHER_TEAM)))
                        .code())
                .isEqualTo(Code.PERMISSION_DENIED);
    }

    @Test
    void theyAreCountedOnAllPagesIfAskedForAsFarAsTheCallerReaches() {
        create(OWN, details(FAR));
        create(OWN, details(FAR + 1));
        create(FOREIGN, details(FAR));
        ListFollowUpsRequest.Builder first =
                ListFollowUpsRequest.newBuilder().setPageSize(1).setWithCount(true);

        assertThat(agent.followUps().listFollowUps(first.build()).getFollowUpCount())
                .isEqualTo(2);
        assertThat(supervisor.followUps().listFollowUps(first.build()).getFollowUpCount())
                .isEqualTo(3);
        assertThat(supervisor
                        .followUps()
                        .listFollowUps(first.clone().setOverdue(true).build())
                        .getFollowUpCount())
                .isZero();
        assertThat(agent.followUps()
                        .listFollowUps(first.clearWithCount().build())
                        .hasFollowUpCount())
                .isFalse();
    }

    @Test
    void anAcwEndsWithWhatWasPromised() {
        Client router = staff.as("router");
        router.startAcw(OWN, "c-1");
        CompleteAcwRequest past = CompleteAcwRequest.newBuilder()
                .setAgentId(OWN)
                .setInteractionId("c-1")
                .addFollowUps(NewFollowUp.newBuilder()
                        .setFollowUpId(UUID.randomUUID().toString())
                        .setDetails(details(1_700_000_000)))
                .build();

        GrpcError refused = GrpcError.of(() -> agent.acw().completeAcw(past));
        assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(agent.state(OWN).getAcwsCount()).isEqualTo(1);
        CompleteAcwRequest.Builder good = past.toBuilder();
        good.getFollowUpsBuilder(0).setDetails(details(FAR));
        agent.acw().completeAcw(good.build());
        agent.acw().completeAcw(good.build());

        assertThat(agent.state(OWN).getAcwsCount()).isZero();
        List<FollowUp> made = list(agent, ListFollowUpsRequest.newBuilder());
        assertThat(made).hasSize(1);
        assertThat(made.get(0).getInteractionId()).isEqualTo("c-1");
        assertThat(made.get(0).getDetails().getAssignee().getAgentId()).isEqualTo(OWN);
    }

    @Test
    void whatIsWrongIsNamedAtOnce() {
        GrpcError refused = GrpcError.of(() -> agent.followUps()
                .createFollowUp(CreateFollowUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setFollowUpId("1")
                        .setInteractionId("a b")
                        .setDetails(FollowUpDetails.newBuilder()
                                .setNote("x".repeat(4_097))
                                .setCustomerId("a b")
                                .setAssignee(Assignee.getDefaultInstance()))
                        .build()));

        assertThat(refused.fields())
                .containsExactlyInAnyOrder(
                        "follow_up_id",
                        "interaction_id",
                        "details.kind",
                        "details.due_time",
                        "details.note",
                        "details.customer_id",
                        "details.assignee");
        assertThat(GrpcError.of(() -> create(OWN, details(1_700_000_000))).fields())
                .containsExactly("details.due_time");
        assertThat(GrpcError.of(() -> create(
                                OWN,
                                details(FAR).setAssignee(Assignee.newBuilder().setAgentId("nobody"))))
                        .reason())
                .isEqualTo("AGENT_NOT_FOUND");
    }

    // ---- how

    private static FollowUpDetails.Builder details(long due) {
        return FollowUpDetails.newBuilder()
                .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                .setDueTime(Timestamp.newBuilder().setSeconds(due))
                .setNote("About the invoice of March")
                .setCustomerId("maria");
    }

    private FollowUp create(String agentId, FollowUpDetails.Builder details) {
        return supervisor
                .followUps()
                .createFollowUp(CreateFollowUpRequest.newBuilder()
                        .setAgentId(agentId)
                        .setDetails(details)
                        .build())
                .getFollowUp();
    }

    private FollowUp update(FollowUp followUp, FollowUpState state) {
        return agent.followUps()
                .updateFollowUp(UpdateFollowUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setFollowUpId(followUp.getFollowUpId())
                        .setState(state)
                        .build())
                .getFollowUp();
    }

    private GetFollowUpResponse get(String agentId, String followUpId) {
        return supervisor
                .followUps()
                .getFollowUp(GetFollowUpRequest.newBuilder()
                        .setAgentId(agentId)
                        .setFollowUpId(followUpId)
                        .setWithRevisions(true)
                        .build());
    }

    private static List<String> ids(Client who, ListFollowUpsRequest.Builder request) {
        return list(who, request).stream().map(FollowUp::getFollowUpId).toList();
    }

    private static List<FollowUp> list(Client who, ListFollowUpsRequest.Builder request) {
        List<FollowUp> all = new ArrayList<>();
        do {
            ListFollowUpsResponse page = who.followUps().listFollowUps(request.build());
            all.addAll(page.getFollowUpsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return all;
    }
}
