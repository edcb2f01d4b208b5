package io.aftercall.feed;

import io.aftercall.agent.AgentProfile;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.StateChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which agents are meant: those that match every part that is not empty.
 *
 * @param agentIds only these
 * @param teamIds only agents of one of these teams
 * @param queueIds only agents with an interaction or an ACW of one of these queues
 * @param statuses only agents in one of these
 * @param labels only agents who have all of these
 */
public record StateFilter(
        Set<String> agentIds,
        Set<String> teamIds,
        Set<String> queueIds,
        Set<AgentStatus> statuses,
        Map<String, String> labels) {

    public static final StateFilter ALL = new StateFilter(Set.of(), Set.of(), Set.of(), Set.of(), Map.of());

    public StateFilter {
        agentIds = Set.copyOf(agentIds);
        teamIds = Set.copyOf(teamIds);
        queueIds = Set.copyOf(queueIds);
        statuses = Set.copyOf(statuses);
        labels = Map.copyOf(labels);
    }

    /** Only agents in one of these statuses. */
    public static StateFilter ofStatuses(AgentStatus... statuses) {
        return new StateFilter(Set.of(), Set.of(), Set.of(), Set.of(statuses), Map.of());
    }

    /** Whether there is an agent that does not match. */
    public boolean selective() {
        return !equals(ALL);
    }

    public boolean matches(AgentState agent) {
        return matchesId(agent)
                && (statuses.isEmpty() || statuses.contains(agent.status()))
                && (queueIds.isEmpty() || agent.queueIds().anyMatch(queueIds::contains))
                && matchesProfile(agent.profile());
    }

    /** Whether an agent may have matched before a step to a state that does not match. */
    public boolean mayHaveMatched(StateChange step) {
        return matchesId(step.state())
                && (statuses.isEmpty() || statuses.contains(step.previousStatus()))
                && (step.cause() == ChangeCause.AGENT_UPDATED
                        || matchesProfile(step.state().profile()));
    }

    private boolean matchesId(AgentState agent) {
        return agentIds.isEmpty() || agentIds.contains(agent.agentId().value());
    }

    private boolean matchesProfile(AgentProfile profile) {
        return (teamIds.isEmpty() || profile.team().filter(teamIds::contains).isPresent())
                && profile.labels().entrySet().containsAll(labels.entrySet());
    }

    /** The same for equal filters, on every replica and after every restart. */
    public long fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text(new TreeSet<>(agentIds)));
            digest.update(text(new TreeSet<>(queueIds)));
            digest.update(text(new TreeSet<>(statuses)));
            // Only where they are asked for, so that tokens of before there were teams and labels stay good.
            if (!teamIds.isEmpty() || !labels.isEmpty()) {
                digest.update(text(new TreeSet<>(teamIds)));
                digest.update(text(new TreeMap<>(labels).entrySet()));
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] text(Set<?> values) {
        return (values + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
