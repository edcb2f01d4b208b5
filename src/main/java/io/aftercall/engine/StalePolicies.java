package io.aftercall.engine;

/** Policies have changed since they were read into memory. */
final class StalePolicies extends RuntimeException {

    StalePolicies() {
        super("Policies have changed", null, false, false);
    }
}
