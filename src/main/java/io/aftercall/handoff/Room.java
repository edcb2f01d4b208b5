package io.aftercall.handoff;

/**
 * How much may be under way from this process at a time, whatever it is for: each attempt has a connection, and its
 * message in memory. One half is for outlets that have nothing under way, so that those that are slow do not take it all.
 */
final class Room {

    /** The half of it is as much as may be set for one outlet. */
    static final int MOST = 2_000;

    private final int most;
    private int taken;

    Room(int most) {
        this.most = most;
    }

    /**
     * Takes room for attempts.
     *
     * @param underWay how many the outlet has already
     * @return for how many there is room, up to {@code wanted}; each is to be {@linkplain #leave left} again
     */
    synchronized int take(int wanted, int underWay) {
        int free = most - taken;
        int shared = free - most / 2;
        int first = underWay == 0 ? Math.min(free, 1) : 0;
        int granted = Math.min(wanted, Math.max(shared, first));
        taken += granted;
        return granted;
    }

    synchronized void leave(int attempts) {
        taken -= attempts;
    }
}
