package io.aftercall.engine;

/** A tenant has as much of something as it may have. Nothing has changed. */
public final class QuotaExceeded extends RuntimeException {

    private final String of;
    private final int limit;

    /**
     * @param of what there is too much of, in the plural
     */
    public QuotaExceeded(String of, int limit) {
        super("The tenant has as many " + of + " as it may have, which is " + limit, null, false, false);
        this.of = of;
        this.limit = limit;
    }

    public String of() {
        return of;
    }

    public int limit() {
        return limit;
    }
}
