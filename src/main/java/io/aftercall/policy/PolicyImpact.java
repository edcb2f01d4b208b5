package io.aftercall.policy;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * For whom a change of policies changes a rule. Looked at are the interactions that the changed policies are for: those
 * of the queue, the channel and the direction that they name.
 *
 * @param agents for how many agents
 * @param changes the first of those changes, by agent
 */
public record PolicyImpact(int agents, List<Change> changes) {

    /**
     * What changes for interactions of an agent.
     *
     * @param before the rules that change, as they are
     * @param after the same rules, as they would be
     */
    public record Change(PolicyContext context, PolicyRules before, PolicyRules after) {}

    /** An agent and the team that the agent is of; null for none. */
    public record Member(String agentId, String teamId) {}

    /** All agents. */
    public interface Members {

        /** In the order in which their changes are to be told: that of their ids. */
        Stream<Member> all();

        /** Empty for one who is not known. */
        Optional<Member> find(String agentId);
    }

    /** Interactions, whoever has them. */
    private record Kind(String queueId, Channel channel, Direction direction) {

        static Kind of(PolicyKey key) {
            return new Kind(key.scope() == PolicyScope.QUEUE ? key.scopeId() : null, key.channel(), key.direction());
        }

        PolicyContext of(Member member) {
            return new PolicyContext(member.agentId(), member.teamId(), queueId, channel, direction);
        }
    }

    /**
     * Compares.
     *
     * @param limit how many changes are told at most
     */
    public static PolicyImpact of(PolicyCascade before, PolicyCascade after, Members members, int limit) {
        Set<Kind> common = new LinkedHashSet<>();
        Map<String, Set<Kind>> own = new HashMap<>();
        for (PolicyKey key : before.differing(after)) {
            Kind kind = Kind.of(key);
            if (key.scope() != PolicyScope.AGENT) {
                common.add(kind);
            } else if (!common.contains(kind)) {
                own.computeIfAbsent(key.scopeId(), any -> new LinkedHashSet<>()).add(kind);
            }
        }
        // The policies of a few agents, and there may be many others.
        Stream<Member> concerned = common.isEmpty()
                ? own.keySet().stream().sorted().map(members::find).flatMap(Optional::stream)
                : members.all();
        int agents = 0;
        List<Change> changes = new ArrayList<>();
        for (Member member : (Iterable<Member>) concerned::iterator) {
            boolean affected = false;
            for (Set<Kind> kinds : List.of(common, own.getOrDefault(member.agentId(), Set.of()))) {
                for (Kind kind : kinds) {
                    PolicyContext context = kind.of(member);
                    PolicyRules is = before.effective(context).rules();
                    PolicyRules would = after.effective(context).rules();
                    if (!is.equals(would)) {
                        affected = true;
                        if (changes.size() < limit) {
                            changes.add(new Change(context, is.differingFrom(would), would.differingFrom(is)));
                        }
                    }
                }
            }
            agents += affected ? 1 : 0;
        }
        return new PolicyImpact(agents, changes);
    }
}
