package io.aftercall.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation would notice: each promise has something that breaks it, and is then found broken. */
class DefectsTest {

    private static final int SCHEDULES = 100;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isFound(Defect defect) {
        boolean found = LongStream.rangeClosed(1, SCHEDULES)
                .anyMatch(seed -> new Schedule(seed, defect).run().containsKey(defect.breaks()));

        assertThat(found).as("%s breaks %s", defect, defect.breaks()).isTrue();
    }

    @Test
    void everyPromiseHasSomethingThatBreaksIt() {
        assertThat(Arrays.stream(Defect.values()).map(Defect::breaks).collect(Collectors.toSet()))
                .contains(Promise.values());
    }
}
