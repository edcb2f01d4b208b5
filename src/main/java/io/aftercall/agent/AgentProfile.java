package io.aftercall.agent;

import io.aftercall.interaction.Channel;
import java.util.Map;
import java.util.Optional;

/**
 * What an administrator says about an agent; no work changes it.
 *
 * @param teamId the team that the agent is of; null for none
 * @param labels what dashboards and routers select by: at most {@link #MAX_LABELS}, keys are ids of at most
 *     {@link #MAX_LABEL_KEY} characters, values short texts
 * @param capacity how many interactions of a channel the agent has at once, 0 to {@link #MAX_CAPACITY}; a channel that
 *     is not here has {@link Channel#defaultCapacity}
 */
public record AgentProfile(String teamId, Map<String, String> labels, Map<Channel, Integer> capacity) {

    public static final int MAX_LABELS = 32;
    public static final int MAX_LABEL_KEY = 64;
    public static final int MAX_CAPACITY = 100;

    /** Nothing has been said. */
    public static final AgentProfile NONE = new AgentProfile(null, Map.of(), Map.of());

    public AgentProfile {
        labels = Map.copyOf(labels);
        capacity = Map.copyOf(capacity);
    }

    public Optional<String> team() {
        return Optional.ofNullable(teamId);
    }

    /** How many interactions of a channel the agent has at once. */
    public int capacity(Channel channel) {
        return capacity.isEmpty()
                ? channel.defaultCapacity()
                : capacity.getOrDefault(channel, channel.defaultCapacity());
    }

    public AgentProfile withTeam(String other) {
        return new AgentProfile(other, labels, capacity);
    }

    public AgentProfile withLabels(Map<String, String> other) {
        return new AgentProfile(teamId, other, capacity);
    }

    public AgentProfile withCapacity(Map<Channel, Integer> other) {
        return new AgentProfile(teamId, labels, other);
    }
}
