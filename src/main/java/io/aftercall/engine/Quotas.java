package io.aftercall.engine;

import java.util.OptionalInt;

/**
 * What a tenant may have and do at most; empty where the installation's own limit holds.
 *
 * @param agents that are known
 * @param policies that set something
 * @param callsPerSecond of all its callers, on each replica
 * @param streams open at once, on each replica
 */
public record Quotas(OptionalInt agents, OptionalInt policies, OptionalInt callsPerSecond, OptionalInt streams) {

    public static final Quotas OF_INSTALLATION =
            new Quotas(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** What an installation allows a tenant of which nothing else is said; with a value for each. */
    public static Quotas of(int agents, int policies, int callsPerSecond, int streams) {
        return new Quotas(
                OptionalInt.of(agents),
                OptionalInt.of(policies),
                OptionalInt.of(callsPerSecond),
                OptionalInt.of(streams));
    }

    /** Those of the installation where there are none of the tenant's own. */
    public Quotas or(Quotas installation) {
        return new Quotas(
                or(agents, installation.agents),
                or(policies, installation.policies),
                or(callsPerSecond, installation.callsPerSecond),
                or(streams, installation.streams));
    }

    private static OptionalInt or(OptionalInt own, OptionalInt other) {
        return own.isPresent() ? own : other;
    }
}
