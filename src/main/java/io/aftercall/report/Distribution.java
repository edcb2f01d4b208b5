package io.aftercall.report;

import java.util.Arrays;

/** How many durations are in which step. Most steps have none. */
final class Distribution {

    private int[] steps = {};
    private long[] counts = {};
    private int size;

    int size() {
        return size;
    }

    int step(int place) {
        return steps[place];
    }

    long count(int place) {
        return counts[place];
    }

    /** Makes room for so many steps in all. */
    void reserve(int room) {
        if (room > steps.length) {
            steps = Arrays.copyOf(steps, room);
            counts = Arrays.copyOf(counts, room);
        }
    }

    /**
     * Adds to a step.
     *
     * @param count negative to take away, down to nothing
     */
    void add(int step, long count) {
        int place = size > 0 && steps[size - 1] < step ? -size - 1 : Arrays.binarySearch(steps, 0, size, step);
        if (place >= 0) {
            counts[place] += count;
            if (counts[place] <= 0) {
                remove(place);
            }
        } else if (count > 0) {
            insert(-place - 1, step, count);
        }
    }

    void add(Distribution other, int sign) {
        for (int place = 0; place < other.size; place++) {
            add(other.steps[place], sign * other.counts[place]);
        }
    }

    private void insert(int place, int step, long count) {
        if (size == steps.length) {
            reserve(Math.max(4, size * 2));
        }
        System.arraycopy(steps, place, steps, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        steps[place] = step;
        counts[place] = count;
        size++;
    }

    private void remove(int place) {
        System.arraycopy(steps, place + 1, steps, place, size - place - 1);
        System.arraycopy(counts, place + 1, counts, place, size - place - 1);
        size--;
    }

    /** Where the longest one's step begins; 0 if there is none. */
    long longest() {
        return size == 0 ? 0 : DurationSteps.start(steps[size - 1]);
    }

    /**
     * The least step that so many percent do not exceed, by the nearest rank.
     *
     * @return where it begins, in microseconds; 0 if there is none
     */
    long percentile(int percent) {
        if (size == 0) {
            return 0;
        }
        long all = 0;
        for (int place = 0; place < size; place++) {
            all += counts[place];
        }
        long rank = Math.max(1, (all * percent + 99) / 100);
        int place = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[place]) {
            place++;
        }
        return DurationSteps.start(steps[place]);
    }
}
