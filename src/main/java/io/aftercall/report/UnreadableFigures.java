package io.aftercall.report;

/** What is stored as the figures of an hour is something else. */
public final class UnreadableFigures extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableFigures(RuntimeException cause) {
        super("Figures that cannot be read", cause);
    }
}
