package io.aftercall.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A customer of the installation, as its operators keep him.
 *
 * @param displayName for people; may be empty
 * @param retention for how long what its agents write is kept, in whole days; empty where the installation's holds
 * @param revocations when credentials were taken back, by the subject that they name, or empty for all of the tenant:
 *     those that were issued before are good no more
 */
public record Tenant(
        TenantId id,
        String displayName,
        Status status,
        Quotas quotas,
        Optional<Duration> retention,
        Instant createTime,
        Map<String, Instant> revocations) {

    /** The name that stands for all subjects of a tenant. */
    public static final String EVERYBODY = "";

    /** What may be done with it. */
    public enum Status {
        /** All. */
        ACTIVE,
        /** Nobody is let in; what is under way ends at its time. */
        SUSPENDED,
        /** Nobody is let in, and what there is of it goes bit by bit. */
        DELETING
    }

    public Tenant {
        revocations = Map.copyOf(revocations);
    }

    public Tenant withDisplayName(String other) {
        return new Tenant(id, other, status, quotas, retention, createTime, revocations);
    }

    public Tenant withStatus(Status other) {
        return new Tenant(id, displayName, other, quotas, retention, createTime, revocations);
    }

    public Tenant withQuotas(Quotas other) {
        return new Tenant(id, displayName, status, other, retention, createTime, revocations);
    }

    public Tenant withRetention(Optional<Duration> other) {
        return new Tenant(id, displayName, status, quotas, other, createTime, revocations);
    }

    /** Whether what this subject was given at that time has been taken back since. */
    public boolean revoked(String subject, Instant issued) {
        return after(revocations.get(subject), issued) || after(revocations.get(EVERYBODY), issued);
    }

    private static boolean after(Instant revoked, Instant issued) {
        return revoked != null && issued.isBefore(revoked);
    }
}
