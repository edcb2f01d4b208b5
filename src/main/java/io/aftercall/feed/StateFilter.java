package io.aftercall.feed;

import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which agents are meant: those that match every part that is not empty.
 *
 * @param agentIds only these
 * @param queueIds only agents with an interaction or an ACW of one of these queues
 * @param statuses only agents in one of these
 */
public record StateFilter(Set<String> agentIds, Set<String> queueIds, Set<AgentStatus> statuses) {

    public static final StateFilter ALL = new StateFilter(Set.of(), Set.of(), Set.of());

    public StateFilter {
        agentIds = Set.copyOf(agentIds);
        queueIds = Set.copyOf(queueIds);
        statuses = Set.copyOf(statuses);
    }

    /** Whether there is an agent that does not match. */
    public boolean selective() {
        return !agentIds.isEmpty() || !queueIds.isEmpty() || !statuses.isEmpty();
    }

    public boolean matches(AgentState agent) {
        return (agentIds.isEmpty() || agentIds.contains(agent.agentId().value()))
                && (statuses.isEmpty() || statuses.contains(agent.status()))
                && (queueIds.isEmpty() || agent.queueIds().anyMatch(queueIds::contains));
    }

    /** Whether an agent may have matched before it came to a state that does not match. */
    public boolean mayHaveMatched(AgentState agent, AgentStatus previous) {
        return (agentIds.isEmpty() || agentIds.contains(agent.agentId().value()))
                && (statuses.isEmpty() || statuses.contains(previous));
    }

    /** The same for equal filters, on every replica and after every restart. */
    public long fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text(new TreeSet<>(agentIds)));
            digest.update(text(new TreeSet<>(queueIds)));
            digest.update(text(new TreeSet<>(statuses)));
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] text(Set<?> values) {
        return (values + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
