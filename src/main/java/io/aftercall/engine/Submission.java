package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.Command;
import io.aftercall.agent.ExpireDue;
import io.aftercall.agent.Occasion;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A command on its way.
 *
 * @param actor the caller's name
 * @param request set if the caller named the request
 * @param abandoned whether the caller has gone or his deadline has passed; then the command is not carried out
 */
public record Submission(Command command, String actor, Optional<RequestKey> request, BooleanSupplier abandoned) {

    /** The server's own command to let happen what is due for an agent. */
    public static Submission expireDue(AgentId agentId) {
        return new Submission(new ExpireDue(agentId), Occasion.SERVER, Optional.empty(), () -> false);
    }
}
