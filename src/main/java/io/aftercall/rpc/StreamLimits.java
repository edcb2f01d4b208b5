package io.aftercall.rpc;

import java.time.Duration;

/**
 * What a stream may cost.
 *
 * @param maxLag how long a subscriber may leave what is there for him unread
 * @param tick how often streams are looked at for bookmarks and lag
 */
public record StreamLimits(Duration maxLag, Duration tick) {}
