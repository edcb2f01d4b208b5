package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.Command;
import io.aftercall.agent.ExpireDue;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A command on its way.
 *
 * @param actor the caller
 * @param request set if the caller named the request
 * @param abandoned whether the caller has gone or his deadline has passed; then the command is not carried out
 */
public record Submission(Command command, Actor actor, Optional<RequestKey> request, BooleanSupplier abandoned) {

    /** The server's own command to let happen what is due for an agent. */
    public static Submission expireDue(AgentId agentId) {
        return new Submission(new ExpireDue(agentId), Actor.SERVER, Optional.empty(), () -> false);
    }
}
