package io.aftercall.rpc;

import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.GetAgentStateResponse;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.ListAgentStatesResponse;

/**
 * Messages without what they say of persons, for those who only look on: no customers, no names of those who did
 * something, and of agents neither labels nor why they are not ready.
 */
final class Impersonal {

    private Impersonal() {}

    static GetAgentStateResponse of(GetAgentStateResponse response) {
        return response.toBuilder().setAgentState(of(response.getAgentState())).build();
    }

    static ListAgentStatesResponse of(ListAgentStatesResponse response) {
        ListAgentStatesResponse.Builder impersonal = response.toBuilder().clearAgentStates();
        response.getAgentStatesList().forEach(agent -> impersonal.addAgentStates(of(agent)));
        return impersonal.build();
    }

    static AgentStateEvent of(AgentStateEvent event) {
        return switch (event.getEventCase()) {
            case CHANGE -> event.toBuilder().setChange(of(event.getChange())).build();
            case SNAPSHOT_ENTRY -> {
                AgentStateEvent.Builder impersonal = event.toBuilder();
                impersonal
                        .getSnapshotEntryBuilder()
                        .setState(of(event.getSnapshotEntry().getState()));
                yield impersonal.build();
            }
            default -> event;
        };
    }

    private static AgentStateChange of(AgentStateChange change) {
        return change.toBuilder().setState(of(change.getState())).clearActor().build();
    }

    private static AgentState of(AgentState agent) {
        AgentState.Builder impersonal = agent.toBuilder()
                .clearLabels()
                .clearNotReadyReason()
                .clearInteractions()
                .clearAcws();
        if (agent.hasNextInteraction()) {
            impersonal.getNextInteractionBuilder().clearCustomerId().clearReason();
        }
        if (agent.hasNextPresence()) {
            impersonal.getNextPresenceBuilder().clearNotReadyReason();
        }
        agent.getInteractionsList().forEach(live -> impersonal.addInteractions(of(live)));
        agent.getAcwsList().forEach(acw -> impersonal.addAcws(of(acw)));
        return impersonal.build();
    }

    private static AfterCallWork of(AfterCallWork acw) {
        return acw.toBuilder()
                .setInteraction(of(acw.getInteraction()))
                .clearEndedBy()
                .build();
    }

    private static Interaction of(Interaction interaction) {
        return interaction.toBuilder().clearCustomerId().build();
    }
}
