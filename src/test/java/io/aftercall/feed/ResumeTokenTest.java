package io.aftercall.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.engine.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTokenTest {

    private static final String EPOCH = "3f0c1d8e-7a55-4e0b-9d5e-0b7c7e1a2f33";

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999_999_999_999_999L})
    void aTokenIsReadAsItWasWritten(long revision) {
        ResumeToken token = new ResumeToken(EPOCH, new TenantId("acme/eu:1"), revision, revision - 1);

        Optional<ResumeToken> read = ResumeToken.decode(token.encode());

        assertThat(read).contains(token);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void everyFilterFingerprintSurvives(long filter) {
        ResumeToken token = new ResumeToken(EPOCH, TenantId.DEFAULT, 7, filter);

        Optional<ResumeToken> read = ResumeToken.decode(token.encode());

        assertThat(read).contains(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 e default 7",
                "1 e default -7 0",
                "2 e default 7 0",
                "1 e default 7 0 more",
                "1 e de!fault 7 0",
                "1 e default 9999999999999999999 0",
                "1 e default 7 G",
                ""
            })
    void whatNobodyWroteIsNotAToken(String plain) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));

        Optional<ResumeToken> read = ResumeToken.decode(text);

        assertThat(read).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "a b", "A", "äöü"})
    void whatIsNotBase64IsNotAToken(String text) {
        Optional<ResumeToken> read = ResumeToken.decode(text);

        assertThat(read).isEmpty();
    }

    @Test
    void aTokenMayStandInAUrl() {
        String text = new ResumeToken(EPOCH, new TenantId("~~~???".replace('?', '=')), 63, -1).encode();

        assertThat(text).matches("[A-Za-z0-9_-]+");
    }
}
