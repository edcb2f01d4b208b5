package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentLifecycle;
import io.aftercall.agent.Command;
import io.aftercall.agent.Decision;
import io.aftercall.agent.Occasion;
import io.aftercall.agent.Paperwork;
import io.aftercall.agent.SettledAcw;
import io.aftercall.agent.StateChange;
import io.aftercall.agent.WrittenFollowUp;
import io.aftercall.agent.WrittenWrapUp;
import io.aftercall.followup.FollowUp;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Commands that go into one transaction, decided one after the other: each sees what those before it did. Pure; used
 * for one attempt.
 */
final class Batch {

    private final Collection<? extends Submission> submissions;
    private final PolicyStore.Edition policies;
    private final Map<AgentId, StoredAgent> agents = new HashMap<>();
    private final Map<AgentId, Integer> lastChanges = new HashMap<>();
    private final List<SettledAcw> settled = new ArrayList<>();
    private final Map<AcwKey, SettledAcw> known = new HashMap<>();
    private final List<WrittenWrapUp> written = new ArrayList<>();
    private final Map<AgentId, Map<InteractionId, StoredWrapUp>> wrapUps = new HashMap<>();
    private final List<WrittenFollowUp> promised = new ArrayList<>();
    private final Map<UUID, FollowUp> followUps = new HashMap<>();
    private Map<AgentId, List<FollowUp>> reminders = Map.of();
    private final Map<UUID, StoredReply> replies = new HashMap<>();
    private final Map<UUID, Integer> keptWith = new HashMap<>();
    private final List<StateChange> changes = new ArrayList<>();
    private final List<AgentStore.PendingReply> pending = new ArrayList<>();
    private final List<AuditEvent> audit = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();
    private String epoch;
    private long remembered;

    /**
     * What a command is told once the revisions are known.
     *
     * @param lastChange the place of its agent's last change among the batch's; -1 if there is none
     */
    private record Result(Reply reply, int lastChange) {}

    Batch(Collection<? extends Submission> submissions, PolicyStore.Edition policies) {
        this.submissions = submissions;
        this.policies = policies;
    }

    /** How many commands there are. */
    int size() {
        return submissions.size();
    }

    /**
     * @param memory what is known from earlier, which spares reading it again
     */
    AgentStore.Needs needs(AgentMemory memory) {
        Set<AgentId> agents = new HashSet<>();
        Set<AcwKey> acws = new HashSet<>();
        Set<UUID> requests = new HashSet<>();
        Set<UUID> followUps = new HashSet<>();
        Set<AgentId> timers = new HashSet<>();
        for (Submission submission : submissions) {
            AgentId agent = submission.command().agentId();
            agents.add(agent);
            submission.command().interactionId().ifPresent(id -> acws.add(new AcwKey(agent, id)));
            submission.request().ifPresent(request -> requests.add(request.requestId()));
            followUps.addAll(submission.command().followUps());
            if (submission.command().timer() || memory.agent(agent).isEmpty()) {
                timers.add(agent);
            }
        }
        epoch = memory.epoch();
        remembered = memory.revision();
        return new AgentStore.Needs(agents, memory, acws, requests, followUps, timers);
    }

    /**
     * Decides all commands.
     *
     * @throws StalePolicies if the policies are behind the database
     * @throws OtherHistory if memory is not
     */
    AgentStore.Writes decide(AgentStore.Loaded loaded) {
        if (remembered >= 0 && !(loaded.epoch().equals(epoch) && loaded.revision() >= remembered)) {
            throw new OtherHistory();
        }
        if (loaded.policyRevision() != policies.policies().revision()
                || !loaded.epoch().equals(policies.epoch())) {
            throw new StalePolicies();
        }
        agents.putAll(loaded.agents());
        known.putAll(loaded.settled());
        loaded.wrapUps().forEach(this::know);
        followUps.putAll(loaded.followUps());
        reminders = loaded.reminders();
        replies.putAll(loaded.replies());
        for (Submission submission : submissions) {
            results.add(decide(submission, loaded));
        }
        return new AgentStore.Writes(changes, settled, written, promised, pending, audit);
    }

    /** The replies in the order of the commands. */
    List<Reply> replies(AgentStore.Committed committed) {
        return results.stream().map(result -> numbered(result, committed)).toList();
    }

    private Result decide(Submission submission, AgentStore.Loaded loaded) {
        Optional<StoredReply> earlier = submission.request().map(request -> replies.get(request.requestId()));
        if (earlier.isPresent()) {
            RequestKey request = submission.request().get();
            boolean same = earlier.get().request().equals(request);
            return same
                    ? new Result(earlier.get().reply(), keptWith.getOrDefault(request.requestId(), -1))
                    : new Result(new Reply.RequestIdReused(request), -1);
        }
        AgentId agentId = submission.command().agentId();
        StoredAgent agent = agents.computeIfAbsent(agentId, AgentStore::unseen);
        Optional<SettledAcw> acw = submission.command().interactionId().map(id -> known.get(new AcwKey(agentId, id)));
        Decision decision = AgentLifecycle.decide(
                agent.state(),
                acw,
                paperwork(submission.command()),
                submission.command(),
                policies.policies(),
                policies.dispositions(),
                new Occasion(loaded.now(), submission.actor().name()));
        Result result = record(agent, decision);
        audit(submission, agent, result);
        keepReply(submission, result);
        return result;
    }

    private Result record(StoredAgent agent, Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            return new Result(new Reply.Refused(refused.reason(), agent, refused.violations()), lastChange(agent));
        }
        if (decision instanceof Decision.Unchanged unchanged) {
            return new Result(new Reply.Accepted(agent, unchanged.outcome()), lastChange(agent));
        }
        Decision.Changed changed = (Decision.Changed) decision;
        StoredAgent after = new StoredAgent(changed.state(), agent.revision());
        agents.put(changed.state().agentId(), after);
        changes.addAll(changed.changes());
        if (!changed.changes().isEmpty()) {
            lastChanges.put(changed.state().agentId(), changes.size() - 1);
        }
        for (SettledAcw acw : changed.settled()) {
            known.put(AcwKey.of(acw), acw);
            settled.add(acw);
        }
        for (WrittenWrapUp wrapUp : changed.wrapUps()) {
            know(AcwKey.of(wrapUp), wrapUp.wrapUp());
            written.add(wrapUp);
        }
        for (WrittenFollowUp followUp : changed.followUps()) {
            followUps.put(followUp.followUp().id(), followUp.followUp());
            promised.add(followUp);
        }
        return new Result(new Reply.Accepted(after, changed.outcome()), lastChange(after));
    }

    private Paperwork paperwork(Command command) {
        Map<UUID, FollowUp> named = command.timer() ? followUps : new HashMap<>();
        command.followUps().stream().filter(followUps::containsKey).forEach(id -> named.put(id, followUps.get(id)));
        return new Paperwork(
                wrapUps.getOrDefault(command.agentId(), Map.of()),
                named,
                Optional.ofNullable(reminders.get(command.agentId())));
    }

    private void know(AcwKey key, StoredWrapUp wrapUp) {
        wrapUps.computeIfAbsent(key.agentId(), any -> new HashMap<>()).put(key.interactionId(), wrapUp);
    }

    /** What changed nothing is no act; whom a command deleted is not there to be compared with. */
    private void audit(Submission submission, StoredAgent before, Result result) {
        if (result.reply() instanceof Reply.Accepted accepted
                && accepted.agent().state() != before.state()) {
            AuditedCommands.event(submission, before.state(), accepted.agent().state())
                    .ifPresent(audit::add);
        }
    }

    private void keepReply(Submission submission, Result result) {
        if (submission.request().isPresent() && result.reply() instanceof Reply.Accepted accepted) {
            RequestKey request = submission.request().get();
            replies.put(request.requestId(), new StoredReply(request, accepted));
            keptWith.put(request.requestId(), result.lastChange());
            pending.add(new AgentStore.PendingReply(request, accepted, result.lastChange()));
        }
    }

    private int lastChange(StoredAgent agent) {
        return lastChanges.getOrDefault(agent.state().agentId(), -1);
    }

    private static Reply numbered(Result result, AgentStore.Committed committed) {
        if (result.lastChange() < 0) {
            return result.reply();
        }
        long revision = committed.changes().get(result.lastChange()).revision();
        if (result.reply() instanceof Reply.Accepted accepted) {
            return new Reply.Accepted(new StoredAgent(accepted.agent().state(), revision), accepted.outcome());
        }
        if (result.reply() instanceof Reply.Refused refused) {
            return new Reply.Refused(
                    refused.reason(), new StoredAgent(refused.agent().state(), revision), refused.violations());
        }
        return result.reply();
    }
}
