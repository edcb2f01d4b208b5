package io.aftercall.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class DurationHistogramTest {

    private final DurationHistogram histogram = new DurationHistogram();

    @Test
    void withTooFewNothingIsSaid() {
        add(10, 19);

        assertThat(histogram.median(Duration.ZERO, 20)).isEmpty();
    }

    @Test
    void withFewThatTookLongerNothingIsSaidEither() {
        add(10, 20);
        add(60, 4);

        assertThat(histogram.median(Duration.ofSeconds(30), 20)).isEmpty();
        assertThat(histogram.median(Duration.ZERO, 20)).isPresent();
    }

    @Test
    void whatHasPassedAlreadyNarrowsItToThoseThatTookLonger() {
        add(10, 50);
        add(60, 30);

        assertThat(seconds(histogram.median(Duration.ZERO, 20))).isBetween(9.5, 10.5);
        assertThat(seconds(histogram.median(Duration.ofSeconds(15), 20))).isBetween(57.0, 63.0);
    }

    @Test
    void whatIsShorterOrLongerThanTheBucketsIsInTheFirstOrTheLast() {
        assertThat(DurationHistogram.bucket(Duration.ZERO)).isZero();
        assertThat(DurationHistogram.bucket(Duration.ofHours(23))).isBetween(230, 233);
        assertThat(DurationHistogram.bucket(Duration.ofDays(9))).isEqualTo(DurationHistogram.LAST);
    }

    @Property(tries = 200)
    void theMedianIsThatOfTheSamplesButForTheWidthOfABucket(
            @ForAll Random random, @ForAll @DoubleRange(min = 0, max = 60) double passed) {
        DurationHistogram many = new DurationHistogram();
        double[] samples = random.doubles(501, 2, 120).toArray();
        for (double sample : samples) {
            many.add(DurationHistogram.bucket(ofSeconds(sample)), 1);
        }
        double[] longer =
                Arrays.stream(samples).filter(s -> s > passed).sorted().toArray();

        double median = seconds(many.median(ofSeconds(passed), 20));

        assertThat(median).isBetween(longer[longer.length / 2] * 0.9, longer[longer.length / 2] * 1.1);
    }

    private void add(long seconds, int count) {
        histogram.add(DurationHistogram.bucket(Duration.ofSeconds(seconds)), count);
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.orElseThrow().toNanos() / 1e9;
    }
}
