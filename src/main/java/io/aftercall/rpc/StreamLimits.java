package io.aftercall.rpc;

import java.time.Duration;

/**
 * What streams may cost.
 *
 * @param perCaller how many of one caller may be open at once
 * @param perReplica how many may be open at once
 * @param maxLag how long a subscriber may leave what is there for him unread
 * @param tick how often streams are looked at for bookmarks and lag
 */
public record StreamLimits(int perCaller, int perReplica, Duration maxLag, Duration tick) {}
