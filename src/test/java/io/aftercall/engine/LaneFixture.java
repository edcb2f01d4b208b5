package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.Command;
import io.aftercall.agent.CompleteAcw;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.agent.SetPresence;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.WrapUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A lane over a store in memory, on the test's own thread. */
final class LaneFixture {

    final SettableClock clock = new SettableClock();
    final InMemoryAgentStore memory = new InMemoryAgentStore(clock);
    final ControlledAgentStore store = new ControlledAgentStore(memory);
    final InMemoryPolicyStore policyStore = new InMemoryPolicyStore(memory, clock);
    final TenantId tenant = TenantId.DEFAULT;
    final PolicyBook policies = new PolicyBook(tenant, policyStore);
    final List<CommittedChange> heard = new ArrayList<>();
    CommitListener listener = heard::addAll;
    final CommandLane lane;

    LaneFixture(CommandLane.Limits limits) {
        lane = new CommandLane(
                tenant,
                store,
                policies,
                KnownAgents.NONE,
                changes -> listener.committed(changes),
                Runnable::run,
                limits);
        policies.refresh();
    }

    CompletableFuture<Reply> submit(Command command) {
        return submit(new Submission(command, Actor.named("router"), Optional.empty(), () -> false));
    }

    CompletableFuture<Reply> submit(Command command, RequestKey request) {
        return submit(new Submission(command, Actor.named("router"), Optional.of(request), () -> false));
    }

    CompletableFuture<Reply> submit(Submission submission) {
        return lane.submit(submission).toCompletableFuture();
    }

    /** Accepted, of whomever. */
    static Command available(String agent) {
        return new SetPresence(new AgentId(agent), PresenceSetting.AVAILABLE);
    }

    static Command notReady(String agent) {
        return new SetPresence(new AgentId(agent), PresenceSetting.notReady("LUNCH"));
    }

    /** Refused: there is nothing to force. */
    static Command refusedFor(String agent) {
        return new CompleteAcw(
                new AgentId(agent), new InteractionId("i-1"), Optional.empty(), "", Optional.empty(), "late", Map.of());
    }

    /** Accepted, before any StartAcw. */
    static Command wrapUp(String agent, String notes) {
        WrapUp wrapUp = new WrapUp(null, "", "", notes, "", "", List.of(), null);
        return new CompleteAcw(
                new AgentId(agent),
                new InteractionId("i-1"),
                Optional.of(wrapUp),
                "",
                Optional.empty(),
                null,
                Map.of());
    }

    static RequestKey request(String content) {
        return new RequestKey(UUID.nameUUIDFromBytes(new byte[] {1}), content);
    }
}
