package io.aftercall.policy;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
     * @param members all agents, in the order in which their changes are to be told
     * @param limit how many changes are told at most
     */
    public static PolicyImpact of(PolicyCascade before, PolicyCascade after, Collection<Member> members, int limit) {
        Set<Kind> common = new LinkedHashSet<>();
        Map<String, Set<Kind>> own = new HashMap<>();
        before.differing(after).forEach(key -> (key.scope() == PolicyScope.AGENT
                        ? own.computeIfAbsent(key.scopeId(), any -> new LinkedHashSet<>())
                        : common)
                .add(Kind.of(key)));
        int agents = 0;
        List<Change> changes = new ArrayList<>();
        for (Member member : members) {
            List<Change> ofMember = Stream.concat(
                            common.stream(), own.getOrDefault(member.agentId(), Set.of()).stream())
                    .distinct()
                    .flatMap(kind -> change(before, after, kind.of(member)))
                    .toList();
            agents += ofMember.isEmpty() ? 0 : 1;
            ofMember.stream().limit(limit - changes.size()).forEach(changes::add);
        }
        return new PolicyImpact(agents, changes);
    }

    private static Stream<Change> change(PolicyCascade before, PolicyCascade after, PolicyContext context) {
        PolicyRules is = before.effective(context).rules();
        PolicyRules would = after.effective(context).rules();
        return is.equals(would)
                ? Stream.empty()
                : Stream.of(new Change(context, is.differingFrom(would), would.differingFrom(is)));
    }
}
