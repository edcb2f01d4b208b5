package io.aftercall.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of one subject in one hour, by quarter and by what is told apart within it. */
public final class HourFigures {

    private final Map<Place, Tally> tallies;

    /**
     * Where a figure belongs.
     *
     * @param quarter 0 to 3
     * @param key without the subject
     */
    record Place(int quarter, ReportKey key) {}

    HourFigures() {
        this(new LinkedHashMap<>());
    }

    HourFigures(Map<Place, Tally> tallies) {
        this.tallies = tallies;
    }

    Map<Place, Tally> tallies() {
        return tallies;
    }

    void add(Place place, Tally tally, int sign) {
        Tally sum = tallies.computeIfAbsent(place, any -> new Tally());
        sum.add(tally, sign);
        if (sum.isEmpty()) {
            tallies.remove(place);
        }
    }
}
