package io.aftercall.agent;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Interaction;
import io.aftercall.policy.AcwTimeoutAction;
import io.aftercall.policy.PolicyField;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** May a router offer an interaction to an agent, and if not, when? */
public final class Routability {

    private Routability() {}

    /**
     * True if the agent is available and is not about to leave, nothing open blocks the channel, and the channel has a
     * free slot. Interactions and ACWs hold one slot each.
     */
    static boolean routable(AgentState agent, Channel channel) {
        return agent.presence().presence() == Presence.AVAILABLE
                && !leaving(agent)
                && agent.restUntil() == null
                && freeSlot(agent, channel);
    }

    /** The channels of which a router may offer an interaction. */
    public static List<Channel> routableChannels(AgentState agent) {
        return Arrays.stream(Channel.values()).filter(agent::routable).toList();
    }

    /**
     * The latest instant at which the agent is routable again if nobody acts. Empty if the agent is routable on every
     * channel, or if it cannot be said: an interaction is live, an ACW is open-ended or paused, or the presence
     * afterwards is not available.
     */
    public static Optional<Instant> availableBy(AgentState agent) {
        List<OpenAcw> keeping =
                agent.acws().stream().filter(OpenAcw::keepsAgent).toList();
        boolean cannotBeSaid = !agent.interactions().isEmpty()
                || presenceAfterwards(agent).presence() != Presence.AVAILABLE
                || keeping.stream().anyMatch(acw -> acw.deadline() == null || leavesOnTimeout(agent, acw));
        return cannotBeSaid
                ? Optional.empty()
                : Stream.concat(keeping.stream().map(Routability::restEnds), Stream.ofNullable(agent.restUntil()))
                        .max(Comparator.naturalOrder());
    }

    /** Whether the agent is routable again as soon as the ACWs, whose clocks run, and their rests are over. */
    public static boolean onlyAcwKeeps(AgentState agent) {
        return agent.interactions().isEmpty()
                && presenceAfterwards(agent).presence() == Presence.AVAILABLE
                && agent.acws().stream().noneMatch(OpenAcw::paused);
    }

    private static PresenceSetting presenceAfterwards(AgentState agent) {
        return agent.nextPresence() != null ? agent.nextPresence() : agent.presence();
    }

    private static boolean leaving(AgentState agent) {
        return agent.nextPresence() != null && agent.nextPresence().presence() != Presence.AVAILABLE;
    }

    private static boolean leavesOnTimeout(AgentState agent, OpenAcw acw) {
        return agent.nextPresence() == null && acw.policy().get(PolicyField.ON_TIMEOUT) == AcwTimeoutAction.NOT_READY;
    }

    private static Instant restEnds(OpenAcw acw) {
        return acw.deadline().plus(acw.policy().get(PolicyField.REST_DURATION));
    }

    private static boolean freeSlot(AgentState agent, Channel channel) {
        int free = agent.profile().capacity(channel);
        for (Interaction live : agent.interactions()) {
            free -= live.channel() == channel ? 1 : 0;
        }
        for (OpenAcw acw : agent.acws()) {
            if (acw.blocks(channel)) {
                return false;
            }
            free -= acw.keepsAgent() && acw.interaction().channel() == channel ? 1 : 0;
        }
        return free > 0;
    }
}
