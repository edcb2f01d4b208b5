package io.aftercall.interaction;

/** The medium of an interaction. An agent has a number of slots for each. */
public enum Channel {
    VOICE(1),
    CHAT(3),
    EMAIL(1),
    TASK(1);

    private final int defaultCapacity;

    Channel(int defaultCapacity) {
        this.defaultCapacity = defaultCapacity;
    }

    /** How many interactions of this channel an agent has at once unless the agent's own capacity says otherwise. */
    public int defaultCapacity() {
        return defaultCapacity;
    }
}
