package io.aftercall.engine;

/** The caller's deadline passed, or the caller went, before the command's turn came; it was not carried out. */
public final class CallerGone extends RuntimeException {

    public CallerGone() {
        super("The caller did not wait", null, false, false);
    }
}
