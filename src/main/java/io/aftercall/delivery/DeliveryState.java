package io.aftercall.delivery;

/** How far a delivery is. */
public enum DeliveryState {
    /** Waits for its first or its next attempt. */
    PENDING,
    /** Was accepted. */
    DELIVERED,
    /** Was given up, and waits for somebody to have it replayed. */
    PARKED
}
