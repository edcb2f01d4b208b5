package io.aftercall.disposition;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One way to classify an interaction: a node of the tenant's tree.
 *
 * @param code what wrap-ups, policies and reports name
 * @param label what agents read, up to {@link #MAX_LABEL} characters
 * @param parentCode the one that it is below; empty at the top
 * @param scopeId the team or queue; empty in the scope TENANT
 * @param active whether it may be chosen, if those above it are active, too
 * @param group whether it only groups those below and is not chosen itself
 * @param position its place among those with the same parent, ascending
 * @param formSchema what is to be filled in, as JSON Schema; empty for nothing
 * @param revision the tenant's when it last changed; 0 for one that is only proposed
 * @param updateTime when that was; null for one that is only proposed
 */
public record Disposition(
        String code,
        String label,
        Optional<String> parentCode,
        DispositionScope scope,
        String scopeId,
        boolean active,
        boolean group,
        int position,
        String formSchema,
        long revision,
        Instant updateTime) {

    public static final int MAX_LABEL = 128;

    private static final long PROPOSED = 0;

    public Disposition {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(scopeId, "scopeId");
        Objects.requireNonNull(formSchema, "formSchema");
    }

    /** A new one with everything else as it is by default. */
    public static Disposition named(String code, String label) {
        return new Disposition(
                code, label, Optional.empty(), DispositionScope.TENANT, "", true, false, 0, "", PROPOSED, null);
    }

    /** What a caller names who has seen this version. */
    public String etag() {
        return Long.toString(revision);
    }

    /** This as changed at a revision. */
    public Disposition at(long revision, Instant time) {
        return new Disposition(
                code, label, parentCode, scope, scopeId, active, group, position, formSchema, revision, time);
    }

    /** Whether it differs in nothing but when it was changed. */
    public boolean says(Disposition other) {
        return at(PROPOSED, null).equals(other.at(PROPOSED, null));
    }

    /** Whether whoever is in this team, or had an interaction of this queue, may choose it as far as that goes. */
    boolean concerns(Optional<String> teamId, Optional<String> queueId) {
        return switch (scope) {
            case TENANT -> true;
            case TEAM -> teamId.filter(scopeId::equals).isPresent();
            case QUEUE -> queueId.filter(scopeId::equals).isPresent();
        };
    }

    boolean sameScope(Disposition other) {
        return scope == other.scope && scopeId.equals(other.scopeId);
    }
}
