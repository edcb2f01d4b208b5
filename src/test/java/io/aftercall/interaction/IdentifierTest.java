package io.aftercall.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "Z", "agent-17", "a.b_c:d@e+f-g/h=i~j", "SIP/100-0000a1b2"})
    void lettersDigitsAndSomePunctuationMakeAnId(String text) {
        assertThat(Identifier.violation(text)).isEmpty();
        assertThat(Identifier.require(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void nothingIsNoId(String text) {
        assertThat(Identifier.violation(text)).contains("is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a\n", "ä", "a;b", "a'b", "a\u0000", "a\"b", "a\\b", "a%20b", "😀", "٣"})
    void otherCharactersMakeNoId(String text) {
        assertThat(Identifier.violation(text)).contains("may only have letters, digits and ._:@+-/=~");
    }

    @Test
    void anIdHasAtMost128Characters() {
        assertThat(Identifier.violation("x".repeat(128))).isEmpty();
        assertThat(Identifier.violation("x".repeat(129))).contains("has 129 characters, at most 128 are allowed");
    }

    @Test
    void whatIsNoIdIsRefusedWithTheReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InteractionId("a b"))
                .withMessage("An id may only have letters, digits and ._:@+-/=~");
    }
}
