package io.aftercall.feed;

/** A subscription cannot go on where its token says. */
public final class BadToken extends RuntimeException {

    private final Reason reason;
    private final long revision;

    /** Why not. */
    public enum Reason {
        /** Not a token, or of another tenant or filter. */
        FOREIGN,
        /** Older than the retained log. */
        EXPIRED,
        /** Ahead of the tenant. */
        FROM_FUTURE,
        /** Of another history: the database was restored. */
        OTHER_EPOCH
    }

    /**
     * @param revision the oldest revision that is retained if EXPIRED, the last one if FROM_FUTURE, otherwise 0
     */
    public BadToken(Reason reason, long revision) {
        super("The resume token is " + reason, null, false, false);
        this.reason = reason;
        this.revision = revision;
    }

    public Reason reason() {
        return reason;
    }

    public long revision() {
        return revision;
    }
}
