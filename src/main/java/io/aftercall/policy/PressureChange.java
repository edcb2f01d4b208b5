package io.aftercall.policy;

/**
 * A queue has come under pressure, or no longer is.
 *
 * @param revision the tenant's revision of that
 */
public record PressureChange(String queueId, boolean pressed, long revision) {}
