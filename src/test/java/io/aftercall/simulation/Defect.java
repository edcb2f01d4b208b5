package io.aftercall.simulation;

/** What can be broken on purpose around the real classes, to see that the simulation finds it. */
enum Defect {
    NONE(null),
    /** The store answers when it has been told what to write, and may then lose it. */
    ANSWERS_BEFORE_COMMIT(Promise.ACKNOWLEDGED_IS_COMMITTED),
    /** The store knows no earlier replies. */
    FORGETS_REQUESTS(Promise.APPLIED_ONCE),
    /** The log leaves out where policies changed. */
    SKIPS_NUMBERS(Promise.DENSE_REVISIONS),
    /** The replica decides by its memory without comparing revisions. */
    TRUSTS_OLD_MEMORY(Promise.ENDS_ONCE),
    /** The time that decides is ahead of the database's. */
    DECIDES_AHEAD_OF_TIME(Promise.NEVER_EARLY),
    /** There is no sweep, and some alarms do not ring. */
    SLEEPS_THROUGH_ALARMS(Promise.NEVER_LATE),
    /** A read barrier is told what was the end of the log a while ago. */
    ANSWERS_FROM_A_CACHE(Promise.LINEARIZABLE_READS),
    /** A snapshot's agents are older than its revision. */
    TEARS_SNAPSHOTS(Promise.MEMORY_IS_THE_LOG),
    /** Some messages to subscribers to every change do not arrive. */
    DROPS_CHANGES(Promise.EVERY_CHANGE_SEEN),
    /** Some messages to subscribers to every change arrive twice. */
    REPEATS_CHANGES(Promise.EVERY_CHANGE_SEEN),
    /** Some messages to conflated subscribers do not arrive. */
    DROPS_STATES(Promise.STATE_SEEN),
    /** Each event goes out on its own. */
    SPLITS_COMMANDS(Promise.COMMANDS_WHOLE),
    /** Some callers are told of a refusal although the command was carried out. */
    REFUSES_WHAT_IT_DID(Promise.REFUSED_CHANGES_NOTHING),
    /** Some questions to the database have no answer, not even a failure. */
    NEVER_ANSWERS(Promise.NOBODY_WAITS_FOR_EVER),
    /** A replica that stands still in a transaction keeps the tenant's lock. */
    LETS_THE_SILENT_HOLD_THE_LOCK(Promise.NEVER_LATE);

    private final Promise breaks;

    Defect(Promise breaks) {
        this.breaks = breaks;
    }

    /** The promise that it breaks; null if none. */
    Promise breaks() {
        return breaks;
    }
}
