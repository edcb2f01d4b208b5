package io.aftercall.rpc;

import com.google.protobuf.Message;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.security.Grant;
import io.aftercall.security.Teams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message with the roles that it is answered to. Who is a viewer beside other roles is answered by these whatever they
 * reach, and everything else as a viewer is: of all roles together he has what each alone would have, and never more.
 *
 * @param message kept to what they reach
 */
record GrantedCall(Grant grant, Message message) {

    /**
     * How a message is answered.
     *
     * @param grant all roles that let the caller make this call
     * @return empty if it is not
     */
    static Optional<GrantedCall> of(Message message, Grant grant, Teams teams) {
        return inTurn(message, grant, teams).stream()
                .filter(one -> one.reaches(CallDemand.target(message), teams))
                .flatMap(one -> CallDemand.kept(message, one).map(kept -> new GrantedCall(one, kept)).stream())
                .findFirst();
    }

    /** His other roles together, what he is as a viewer, and each role by itself, where it alone is not refused. */
    private static List<Grant> inTurn(Message message, Grant grant, Teams teams) {
        List<Grant> turns = new ArrayList<>();
        grant.butAsViewer().ifPresent(turns::add);
        grant.asViewer().ifPresent(viewer -> turns.add(missesSome(message, turns, teams) ? 0 : turns.size(), viewer));
        turns.addAll(grant.apart());
        return turns;
    }

    /** Whether it asks for more than these reach, who would answer with what they do. */
    private static boolean missesSome(Message message, List<Grant> others, Teams teams) {
        return CallDemand.filter(message)
                .filter(asked -> others.stream().noneMatch(other -> reachesAll(other, asked, teams)))
                .isPresent();
    }

    private static boolean reachesAll(Grant grant, AgentStateFilter asked, Teams teams) {
        List<String> agentIds = asked.getAgentIdsList();
        List<String> teamIds = asked.getTeamIdsList();
        return grant.wholeTenant()
                || !agentIds.isEmpty()
                        && agentIds.stream().map(CallDemand::agent).allMatch(agent -> grant.reaches(agent, teams))
                || !teamIds.isEmpty()
                        && teamIds.stream().map(CallDemand::team).allMatch(team -> grant.reaches(team, teams));
    }
}
