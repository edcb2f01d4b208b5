package io.aftercall.engine;

import io.aftercall.agent.StateChange;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a tenant's log: numbered densely in the order of commits.
 *
 * @param time when it was decided, by the database's clock
 * @param change what happened to an agent; empty where policies changed
 */
public record CommittedChange(long revision, Instant time, Optional<StateChange> change) {

    /** Whether both may be steps of one command: steps of one command are neighbours in the log. */
    public boolean sameCommandAs(CommittedChange next) {
        return change.isPresent()
                && next.change.isPresent()
                && time.equals(next.time)
                && change.get()
                        .state()
                        .agentId()
                        .equals(next.change.get().state().agentId());
    }
}
