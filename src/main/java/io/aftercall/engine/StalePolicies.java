package io.aftercall.engine;

/** Policies have changed since they were read into memory. */
public final class StalePolicies extends RuntimeException {

    public StalePolicies() {
        super("Policies have changed", null, false, false);
    }
}
