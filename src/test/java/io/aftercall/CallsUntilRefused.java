package io.aftercall;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.rpc.Client;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Leads agent after agent through a call and its ACW until the server refuses, and remembers what it was told. */
final class CallsUntilRefused implements Runnable {

    /** So many, as a server that stops must not say OK again. */
    private static final int REFUSALS = 20;

    private final Client client;
    private final Map<String, AgentState> acknowledged = new ConcurrentHashMap<>();
    private final Set<Long> revisions = ConcurrentHashMap.newKeySet();
    private final List<StatusRuntimeException> refusals = new CopyOnWriteArrayList<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    CallsUntilRefused(Client client) {
        this.client = client;
    }

    @Override
    public void run() {
        while (refusals.size() < REFUSALS) {
            String agent = Client.fresh("agent");
            try {
                remember(client.agents()
                        .beginInteraction(BeginInteractionRequest.newBuilder()
                                .setAgentId(agent)
                                .setInteraction(Client.call("call"))
                                .build())
                        .getAgentState());
                remember(client.startAcw(agent, "call").getAgentState());
                remember(client.acw()
                        .completeAcw(CompleteAcwRequest.newBuilder()
                                .setAgentId(agent)
                                .setInteractionId("call")
                                .build())
                        .getAgentState());
            } catch (StatusRuntimeException failure) {
                refused.add(agent);
                refusals.add(failure);
            }
        }
    }

    private void remember(AgentState agent) {
        acknowledged.put(agent.getAgentId(), agent);
        revisions.add(agent.getRevision());
    }

    /** The last state of each agent that was acknowledged. */
    Map<String, AgentState> acknowledged() {
        return acknowledged;
    }

    /** Those of all that was acknowledged. */
    Set<Long> revisions() {
        return revisions;
    }

    /** Whether a call about the agent failed, which may have been done all the same. */
    boolean refused(String agent) {
        return refused.contains(agent);
    }

    List<StatusRuntimeException> refusals() {
        return refusals;
    }
}
