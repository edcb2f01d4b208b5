package io.aftercall.bench.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two stages of the same kind, a short while each in turns: back and forth and forth and back, so that neither has the
 * better minutes.
 *
 * @param one what was found of the first, the median of its turns
 * @param other what was found of the second
 * @param ratio throughput of the second over that of the first: the median of the blocks' ratios, as what disturbs a
 *     block disturbs both
 */
record Alternation(Measurement one, Measurement other, double ratio) {
    private static final List<Boolean> TO_OTHER = List.of(false, true, true, false);

    private static final int BLOCKS = 8;
    private static final int TURNS_PER_DURATION = 4;

    /** Measures; each stage runs for six times the duration, two of them to warm up. */
    static Alternation of(Stage one, Stage other, Duration duration) throws InterruptedException {
        Duration turn = duration.dividedBy(TURNS_PER_DURATION);
        one.run(duration.multipliedBy(2));
        other.run(duration.multipliedBy(2));
        List<Measurement> ofOne = new ArrayList<>();
        List<Measurement> ofOther = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            for (boolean toOther : TO_OTHER) {
                (toOther ? ofOther : ofOne).addAll((toOther ? other : one).run(turn));
            }
        }
        return new Alternation(Measurement.median(ofOne), Measurement.median(ofOther), ratio(ofOther, ofOne));
    }

    private static double ratio(List<Measurement> ofOther, List<Measurement> ofOne) {
        int size = TO_OTHER.size() / 2;
        double[] ratios = IntStream.range(0, BLOCKS)
                .mapToDouble(block -> perSecond(ofOther, block * size, size) / perSecond(ofOne, block * size, size))
                .sorted()
                .toArray();
        return (ratios[(BLOCKS - 1) / 2] + ratios[BLOCKS / 2]) / 2;
    }

    private static double perSecond(List<Measurement> measured, int from, int size) {
        return measured.subList(from, from + size).stream()
                .mapToDouble(Measurement::perSecond)
                .sum();
    }
}
