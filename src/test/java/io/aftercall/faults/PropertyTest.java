package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each property finds what it is there to find. */
class PropertyTest {

    private final Run sound = SampleRun.run();

    @Test
    void whatIsSoundIsFoundSound() {
        assertThat(sound.violations()).isEmpty();
    }

    @Test
    void eachPropertyHasSomethingThatBreaksIt() {
        assertThat(Arrays.stream(Tampering.values())
                        .map(tampering -> tampering.broken)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Property.values());
    }

    @ParameterizedTest
    @EnumSource
    void whatWasTamperedWithIsFound(Tampering tampering) {
        Run tampered = tampering.of(sound).orElseThrow();

        assertThat(tampering.broken.violations(tampered)).isNotEmpty();
    }
}
