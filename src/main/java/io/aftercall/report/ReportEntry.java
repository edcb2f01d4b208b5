package io.aftercall.report;

/** Something that adds to the figures, told once, when it is over. */
public sealed interface ReportEntry permits DoneInteraction, AvailableTime {

    /** Says what it adds where. */
    void post(Ledger ledger);

    /** Where figures come together. */
    @FunctionalInterface
    interface Ledger {

        /**
         * Adds to a place.
         *
         * @param sign -1 to take away what was added there before
         */
        void add(Quarter quarter, ReportKey key, Tally tally, int sign);
    }
}
