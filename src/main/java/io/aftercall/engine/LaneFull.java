package io.aftercall.engine;

/** More commands wait than a lane takes on. */
public final class LaneFull extends RuntimeException {

    public LaneFull() {
        super("Too many commands wait", null, false, false);
    }
}
