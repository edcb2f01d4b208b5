package io.aftercall.engine;

/** The server is about to stop and takes on no more commands; this one was not carried out. */
public final class ShuttingDown extends RuntimeException {

    public ShuttingDown() {
        super("The server is shutting down", null, false, false);
    }
}
