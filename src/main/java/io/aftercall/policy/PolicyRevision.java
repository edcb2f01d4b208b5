package io.aftercall.policy;

import java.time.Instant;

/**
 * An entry of the history of policies.
 *
 * @param revision the tenant's revision of the change
 * @param time when it was made
 * @param actor who made it
 * @param takenBack whether its reset no longer holds
 */
public record PolicyRevision(long revision, Instant time, String actor, PolicyChange change, boolean takenBack) {}
