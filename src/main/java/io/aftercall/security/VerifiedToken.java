package io.aftercall.security;

import java.time.Instant;

/**
 * What a token that was found good says.
 *
 * @param issueTime when it was issued
 * @param expireTime when it ceases to be good, leeway included
 */
record VerifiedToken(Caller caller, Instant issueTime, Instant expireTime) {}
