package io.aftercall.agent;

import io.aftercall.followup.FollowUp;
import java.util.Optional;

/**
 * A follow-up that a command has written.
 *
 * @param replaced what stood there before
 */
public record WrittenFollowUp(FollowUp followUp, Optional<FollowUp> replaced) {

    /** Whether what stood before is a revision of its own. */
    public boolean revises() {
        return replaced.filter(before -> before.revision() < followUp.revision())
                .isPresent();
    }
}
