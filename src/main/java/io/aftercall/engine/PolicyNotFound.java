package io.aftercall.engine;

import io.aftercall.policy.PolicyKey;

/** There is no such policy. */
public final class PolicyNotFound extends RuntimeException {

    private final transient PolicyKey key;

    public PolicyNotFound(PolicyKey key) {
        super("There is no such policy", null, false, false);
        this.key = key;
    }

    public PolicyKey key() {
        return key;
    }
}
