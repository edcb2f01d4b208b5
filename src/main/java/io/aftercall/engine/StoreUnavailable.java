package io.aftercall.engine;

/** The database does not answer. What was under way may or may not have been done. */
public final class StoreUnavailable extends RuntimeException {

    public StoreUnavailable(Throwable cause) {
        super("The database does not answer", cause);
    }
}
