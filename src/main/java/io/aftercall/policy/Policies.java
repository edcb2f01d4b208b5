package io.aftercall.policy;

/** Says which rules hold. */
@FunctionalInterface
public interface Policies {

    /** What holds for an interaction. */
    EffectivePolicy effective(PolicyContext context);
}
