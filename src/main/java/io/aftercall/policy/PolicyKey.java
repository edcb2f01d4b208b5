package io.aftercall.policy;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.interaction.Identifier;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which policy: at most one for each scope, id and conditions.
 *
 * @param scopeId the id of the team, queue or agent; empty with scope TENANT
 * @param channel holds only for interactions of this channel; null for those of any
 * @param direction holds only for interactions of this direction; null for those of any
 */
public record PolicyKey(PolicyScope scope, String scopeId, Channel channel, Direction direction)
        implements Comparable<PolicyKey> {

    public static final PolicyKey TENANT = new PolicyKey(PolicyScope.TENANT, "");

    private static final Comparator<PolicyKey> ORDER = Comparator.comparing(PolicyKey::scope)
            .thenComparing(PolicyKey::scopeId)
            .thenComparing(PolicyKey::channel, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(PolicyKey::direction, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** What holds for all channels and directions. */
    public PolicyKey(PolicyScope scope, String scopeId) {
        this(scope, scopeId, null, null);
    }

    public static PolicyKey agent(String agentId) {
        return new PolicyKey(PolicyScope.AGENT, agentId);
    }

    public static PolicyKey team(String teamId) {
        return new PolicyKey(PolicyScope.TEAM, teamId);
    }

    public static PolicyKey queue(String queueId) {
        return new PolicyKey(PolicyScope.QUEUE, queueId);
    }

    /** The same scope and id, only for interactions of a channel and a direction; null for any. */
    public PolicyKey when(Channel onlyChannel, Direction onlyDirection) {
        return new PolicyKey(scope, scopeId, onlyChannel, onlyDirection);
    }

    /** Says what is wrong with an id in this scope; empty if nothing is. */
    public static Optional<String> scopeIdViolation(PolicyScope scope, String scopeId) {
        if (scope == PolicyScope.TENANT) {
            return scopeId.isEmpty() ? Optional.empty() : Optional.of("must be empty with scope TENANT");
        }
        return Identifier.violation(scopeId);
    }

    /** Whether it is for an interaction. */
    public boolean holdsFor(PolicyContext context) {
        String id =
                switch (scope) {
                    case TENANT -> "";
                    case TEAM -> context.teamId();
                    case QUEUE -> context.queueId();
                    case AGENT -> context.agentId();
                };
        return scopeId.equals(id) && holdsFor(context.channel(), context.direction());
    }

    /** Whether it holds for interactions of a channel and a direction, either of which may be null: not known. */
    boolean holdsFor(Channel ofChannel, Direction ofDirection) {
        return (channel == null || channel == ofChannel) && (direction == null || direction == ofDirection);
    }

    /**
     * Of two policies of one scope and id, the one that ranks higher goes first: more conditions before fewer, and one
     * on the channel before one on the direction.
     */
    int rank() {
        return (channel == null ? 0 : 2) + (direction == null ? 0 : 1);
    }

    @Override
    public int compareTo(PolicyKey other) {
        return ORDER.compare(this, other);
    }
}
