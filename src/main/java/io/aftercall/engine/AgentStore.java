package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.EarlyCompletion;
import io.aftercall.agent.SettledAcw;
import io.aftercall.agent.StateChange;
import io.aftercall.agent.WrittenFollowUp;
import io.aftercall.agent.WrittenWrapUp;
import io.aftercall.followup.FollowUp;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Where agents, their settled ACWs and the log of changes are kept. */
public interface AgentStore {

    /**
     * Carries out one transaction, alone on the tenant: loads what is needed, lets it be decided on, writes what was
     * decided and commits. A tenant's transactions go in the order in which they are handed over.
     *
     * @return after the commit; fails with {@link StoreUnavailable} if the database is away, and then the
     *     transaction may or may not have been committed
     */
    CompletionStage<Committed> transact(TenantId tenant, Needs needs, Work work);

    /** All agents at one revision. */
    CompletionStage<Snapshot> snapshot(TenantId tenant);

    /**
     * The log after a revision, in order. There may be gaps, also at the beginning: what has been forgotten.
     *
     * @param since changes that are older may be left out, which spares looking for them in days gone by;
     *     {@link Instant#EPOCH} for none
     */
    CompletionStage<List<CommittedChange>> changesAfter(TenantId tenant, long revision, Instant since, int limit);

    /** Where the log ends. */
    CompletionStage<Head> head(TenantId tenant);

    /**
     * Gives the tenant's history a new name, if it has this one still: some of it was lost, and what follows counts on
     * from an earlier revision.
     */
    CompletionStage<Void> renewEpoch(TenantId tenant, String lost);

    /** Where the log of each tenant ends. */
    CompletionStage<Map<TenantId, Head>> heads();

    /**
     * Agents for whom something has been due for longer than {@code since}, by tenant, those who wait longest first.
     *
     * @param limit how many of each tenant at most
     */
    CompletionStage<Map<TenantId, List<AgentId>>> overdue(Duration since, int limit);

    /** Forgets the replies to requests that are older than {@code age}. */
    CompletionStage<Void> forgetReplies(Duration age);

    /**
     * Forgets the part of the log that is older than {@code age}, by whole days if that is cheaper, and makes room for
     * the days to come. Does nothing while another replica is at it; fails if somebody is in the way for longer than a
     * moment, and may be repeated.
     */
    CompletionStage<Void> forgetChanges(Duration age);

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work {

        /** Decides what is written. What it throws rolls back and comes out as it is. */
        Writes decide(Loaded loaded);

        /**
         * Almost all is written and the commit is on its way: the time to hand over the next transaction, which then
         * has what came in until now and reaches the database as this one commits. Not called if nothing is written.
         */
        default void written() {}

        /** How many commands are decided in it. */
        default int commands() {
            return 1;
        }
    }

    /**
     * What a transaction needs to know.
     *
     * @param agents those that are decided on
     * @param memory spares reading them if it is at the tenant's revision once the transaction is alone
     * @param acws those of which it matters whether they are settled, and what was written then
     * @param followUps those that are decided on
     * @param timers agents who may have to be reminded of others: those with a timer, and those who may be new
     */
    record Needs(
            Set<AgentId> agents,
            AgentMemory memory,
            Set<AcwKey> acws,
            Set<UUID> requests,
            Set<UUID> followUps,
            Set<AgentId> timers) {

        /** Of what is not about follow-ups. */
        public Needs(Set<AgentId> agents, AgentMemory memory, Set<AcwKey> acws, Set<UUID> requests) {
            this(agents, memory, acws, requests, Set.of(), Set.of());
        }
    }

    /**
     * What it learns.
     *
     * @param now the database's time since which the transaction has been alone
     * @param epoch the name of the history that revisions count
     * @param revision the tenant's last one
     * @param policyRevision the tenant's revision of the last policy change
     * @param agents those that there are
     * @param wrapUps those of settled ACWs that were asked for, and the drafts of the agents
     * @param reminders for agents with timers who expect one, and for new ones: the follow-ups of which they have not been
     *     reminded, those that are due first, {@link io.aftercall.agent.Paperwork#REMINDERS} at most
     */
    record Loaded(
            Instant now,
            String epoch,
            long revision,
            long policyRevision,
            Map<AgentId, StoredAgent> agents,
            Map<AcwKey, SettledAcw> settled,
            Map<AcwKey, StoredWrapUp> wrapUps,
            Map<UUID, StoredReply> replies,
            Map<UUID, FollowUp> followUps,
            Map<AgentId, List<FollowUp>> reminders) {}

    /**
     * What it writes.
     *
     * @param changes to be numbered and logged in this order; the last of each agent is the agent's new state, or says
     *     that the agent is no more
     * @param settled in this order; the last of each ACW is kept
     * @param wrapUps in this order; every revision is kept
     * @param followUps in this order; every revision is kept. Those without a customer that were promised in an
     *     interaction of {@link #customersLearned} are his, whenever they were written
     * @param audit what of it is to be answered for; of what changes nothing, nothing
     */
    record Writes(
            List<StateChange> changes,
            List<SettledAcw> settled,
            List<WrittenWrapUp> wrapUps,
            List<WrittenFollowUp> followUps,
            List<PendingReply> replies,
            List<AuditEvent> audit) {
        public boolean isEmpty() {
            return changes.isEmpty()
                    && settled.isEmpty()
                    && wrapUps.isEmpty()
                    && followUps.isEmpty()
                    && replies.isEmpty();
        }

        /**
         * Customers of interactions that were completed before they were reported: what was promised in them is
         * promised to them.
         */
        public Map<InteractionId, String> customersLearned(Loaded before) {
            Set<AcwKey> early = new HashSet<>();
            Stream.concat(before.settled().values().stream(), settled.stream())
                    .filter(EarlyCompletion.class::isInstance)
                    .forEach(acw -> early.add(AcwKey.of(acw)));
            Map<InteractionId, String> learned = new HashMap<>();
            settled.stream().filter(acw -> early.contains(AcwKey.of(acw))).forEach(acw -> acw.reported()
                    .map(Interaction::customerId)
                    .ifPresent(customer -> learned.put(acw.interactionId(), customer)));
            return learned;
        }

        /** The agents whose last change says that they are no more. */
        public Stream<AgentId> deleted() {
            Map<AgentId, StateChange> last = new HashMap<>();
            changes.forEach(change -> last.put(change.state().agentId(), change));
            return last.values().stream().filter(StateChange::deletes).map(change -> change.state()
                    .agentId());
        }
    }

    /**
     * A reply to be kept.
     *
     * @param lastChange the place in {@link Writes#changes} of the agent's last change; -1 if the agent's revision is
     *     already known
     */
    record PendingReply(RequestKey request, Reply.Accepted reply, int lastChange) {}

    /**
     * What was committed.
     *
     * @param changes the changes with their revisions
     */
    record Committed(Instant now, List<CommittedChange> changes) {}

    /** All agents at one revision. */
    record Snapshot(long revision, String epoch, Collection<StoredAgent> agents) {}

    /**
     * Where the log ends.
     *
     * @param epoch the name of the history that revisions count
     * @param revision the last one committed
     * @param now the database's time
     */
    record Head(String epoch, long revision, Instant now) {}

    /** The agent's state if nothing is stored about it. */
    static StoredAgent unseen(AgentId agentId) {
        return new StoredAgent(AgentState.unseen(agentId), 0);
    }
}
