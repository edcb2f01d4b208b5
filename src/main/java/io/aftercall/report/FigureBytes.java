package io.aftercall.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aftercall.interaction.Channel;
import io.aftercall.report.HourFigures.Place;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of an hour as they are stored, short enough for millions of rows: numbers by seven bits at a time, and each
 * id once. Channels and reasons are stored by their place in their enum, so these may only be added to at the end.
 */
public final class FigureBytes {

    private static final int VERSION = 1;
    private static final Channel[] CHANNELS = Channel.values();

    private FigureBytes() {}

    public static byte[] write(HourFigures figures) {
        Writer out = new Writer();
        out.number(VERSION);
        Map<String, Integer> ids = new LinkedHashMap<>();
        figures.tallies().keySet().forEach(place -> {
            for (String id : ids(place.key())) {
                ids.putIfAbsent(id, ids.size());
            }
        });
        out.number(ids.size());
        ids.keySet().forEach(out::text);
        out.number(figures.tallies().size());
        figures.tallies().forEach((place, tally) -> {
            Channel channel = place.key().channel();
            out.number(place.quarter());
            out.number(channel == null ? 0 : channel.ordinal() + 1);
            for (String id : ids(place.key())) {
                out.number(ids.get(id));
            }
            write(out, tally);
        });
        return out.bytes.toByteArray();
    }

    /** Knows to what a figure is to be added. */
    @FunctionalInterface
    interface Sums {

        /**
         * @param quarter of the hour
         * @param key without the subject
         * @return null if nobody wants to know
         */
        Tally at(int quarter, ReportKey key);
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws UnreadableFigures if it is something else
     * @throws IllegalArgumentException if it was written by a later version of this server
     */
    public static HourFigures read(byte[] bytes) {
        Map<Place, Tally> tallies = new LinkedHashMap<>();
        addTo((quarter, key) -> tallies.computeIfAbsent(new Place(quarter, key), any -> new Tally()), bytes);
        return new HourFigures(tallies);
    }

    /**
     * Adds what {@link #write} has written, without anything in between: there may be millions. Nothing is added of what
     * cannot be read to its end.
     *
     * @throws UnreadableFigures if it is something else
     * @throws IllegalArgumentException if it was written by a later version of this server
     */
    static void addTo(Sums sums, byte[] bytes) {
        if (bytes.length > 0 && bytes[0] > VERSION) {
            throw new IllegalArgumentException("These figures were written by a later version of this server");
        }
        try {
            Tally any = new Tally();
            addTo((quarter, key) -> any, new Reader(bytes));
        } catch (RuntimeException failure) {
            throw new UnreadableFigures(failure);
        }
        addTo(sums, new Reader(bytes));
    }

    private static void addTo(Sums sums, Reader in) {
        in.below(VERSION + 1);
        List<String> ids = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            ids.add(in.text());
        }
        for (long left = in.number(); left > 0; left--) {
            int quarter = in.below(4);
            int channel = in.below(CHANNELS.length + 1);
            String team = ids.get(in.below(ids.size()));
            String queue = ids.get(in.below(ids.size()));
            String disposition = ids.get(in.below(ids.size()));
            ReportKey key = new ReportKey("", team, queue, channel == 0 ? null : CHANNELS[channel - 1], disposition);
            Tally sum = sums.at(quarter, key);
            add(in, sum == null ? new Tally() : sum);
        }
        in.requireEnd();
    }

    private static String[] ids(ReportKey key) {
        return new String[] {key.teamId(), key.queueId(), key.dispositionCode()};
    }

    private static void write(Writer out, Tally tally) {
        out.number(tally.handled);
        out.number(tally.acwTime);
        out.number(tally.talkTime);
        out.number(tally.holdTime);
        out.number(tally.availableTime);
        out.number(tally.acws);
        if (tally.acws == 0) {
            return;
        }
        int reasons = 0;
        for (long count : tally.endedBy) {
            reasons += count == 0 ? 0 : 1;
        }
        out.number(reasons);
        for (int reason = 0; reason < Tally.REASONS; reason++) {
            if (tally.endedBy[reason] != 0) {
                out.number(reason);
                out.number(tally.endedBy[reason]);
            }
        }
        out.number(tally.extended);
        out.number(tally.limited);
        out.number(tally.atLimit);
        out.number(tally.acwSum);
        out.number(tally.acwMax);
        Distribution distribution = tally.distribution;
        out.number(distribution.size());
        int before = 0;
        for (int place = 0; place < distribution.size(); place++) {
            out.number(distribution.step(place) - before);
            out.number(distribution.count(place));
            before = distribution.step(place);
        }
    }

    private static void add(Reader in, Tally sum) {
        sum.handled += in.number();
        sum.acwTime += in.number();
        sum.talkTime += in.number();
        sum.holdTime += in.number();
        sum.availableTime += in.number();
        long acws = in.number();
        if (acws == 0) {
            return;
        }
        sum.acws += acws;
        for (long left = in.number(); left > 0; left--) {
            int reason = in.below(Tally.REASONS);
            sum.endedBy[reason] += in.number();
        }
        sum.extended += in.number();
        sum.limited += in.number();
        sum.atLimit += in.number();
        sum.acwSum += in.number();
        sum.acwMax = Math.max(sum.acwMax, in.number());
        int step = 0;
        int steps = in.below(DurationSteps.COUNT + 1);
        sum.distribution.reserve(steps);
        for (int left = steps; left > 0; left--) {
            step += in.below(DurationSteps.COUNT - step);
            sum.distribution.add(step, in.number());
        }
    }

    /** Numbers and texts; a negative number would be read as part of the next one. */
    private static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

        void number(long number) {
            if (number < 0) {
                throw new IllegalArgumentException("A figure is " + number);
            }
            long left = number;
            while (left > 127) {
                bytes.write((int) (left & 127 | 128));
                left >>>= 7;
            }
            bytes.write((int) left);
        }

        void text(String text) {
            byte[] utf8 = text.getBytes(UTF_8);
            number(utf8.length);
            bytes.writeBytes(utf8);
        }
    }

    private static final class Reader {
        private static final int MOST_SHIFT = 56;

        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        long number() {
            long number = 0;
            int shift = 0;
            byte next;
            do {
                if (shift > MOST_SHIFT) {
                    throw new IllegalArgumentException("A number of more than 63 bits");
                }
                next = bytes[at++];
                number |= (long) (next & 127) << shift;
                shift += 7;
            } while (next < 0);
            return number;
        }

        /** A number that is less than this. */
        int below(int bound) {
            long number = number();
            if (number >= bound) {
                throw new IllegalArgumentException(number + " is not below " + bound);
            }
            return (int) number;
        }

        String text() {
            int length = below(bytes.length - at + 1);
            String text = new String(bytes, at, length, UTF_8);
            at += length;
            return text;
        }

        void requireEnd() {
            if (at != bytes.length) {
                throw new IllegalArgumentException("There is more of it");
            }
        }
    }
}
