package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(Version.read()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
