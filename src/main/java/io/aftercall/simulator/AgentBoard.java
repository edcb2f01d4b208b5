package io.aftercall.simulator;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Channel;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a router knows of its agents: the latest state of each, from the stream and from answers. */
final class AgentBoard {
    private final Map<String, AgentState> states = new HashMap<>();
    private final Map<String, Long> offeredAtVersion = new HashMap<>();

    /** Forgets everything: a new snapshot begins, perhaps of a restored database. */
    void clear() {
        states.clear();
        offeredAtVersion.clear();
    }

    /**
     * Takes in a state, unless a later one of that agent is known: answers and stream overtake each other.
     *
     * @return whether it was news
     */
    boolean learn(AgentState state) {
        AgentState known = states.get(state.getAgentId());
        if (known != null && known.getVersion() >= state.getVersion()) {
            return false;
        }
        states.put(state.getAgentId(), state);
        return true;
    }

    /**
     * Picks the agent who has been free for longest and could take a call, and sets that agent aside until there
     * is news of him: whether the offer succeeds or is refused, his state will change.
     */
    Optional<String> takeLongestIdle() {
        Optional<AgentState> longest = states.values().stream()
                .filter(state -> state.getRoutableChannelsList().contains(Channel.CHANNEL_VOICE))
                .filter(state -> offeredAtVersion.getOrDefault(state.getAgentId(), -1L) < state.getVersion())
                .min(Comparator.comparing(AgentState::getStatusSinceTime, Timestamps.comparator())
                        .thenComparing(AgentState::getAgentId));
        longest.ifPresent(state -> offeredAtVersion.put(state.getAgentId(), state.getVersion()));
        return longest.map(AgentState::getAgentId);
    }

    /** Returns the latest state of every agent. */
    Collection<AgentState> states() {
        return states.values();
    }

    /** Returns how many agents have this status. */
    long count(AgentStatus status) {
        return states.values().stream()
                .filter(state -> state.getStatus() == status)
                .count();
    }
}
