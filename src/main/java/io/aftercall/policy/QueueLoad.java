package io.aftercall.policy;

import java.time.Duration;

/**
 * What a router says about a queue.
 *
 * @param waiting how many interactions wait in it, 0 or more
 * @param longestWait for how long the first of them has waited
 */
public record QueueLoad(int waiting, Duration longestWait) {

    /** Nobody waits. */
    public static final QueueLoad NONE = new QueueLoad(0, Duration.ZERO);

    /**
     * Whether the queue is under pressure: once more wait, or longer, than the rules say; then until both have fallen to
     * a part of that, so that it does not come and go with every call.
     *
     * @param before whether it has been until now
     */
    public boolean presses(EffectivePolicy policy, boolean before) {
        int percent = before ? policy.get(PolicyField.PRESSURE_RELEASE_PERCENT) : 100;
        long mostWaiting = policy.get(PolicyField.PRESSURE_WAITING_COUNT) * (long) percent;
        Duration longest = policy.get(PolicyField.PRESSURE_LONGEST_WAIT).multipliedBy(percent);
        return waiting * 100L > mostWaiting || longestWait.multipliedBy(100).compareTo(longest) > 0;
    }
}
