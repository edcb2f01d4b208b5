package io.aftercall.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.engine.SettableClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What browsers keep can be opened here, for what it was sealed for, and not for ever. */
class SealTest {

    private static final byte[] KEY = key(1);
    private static final byte[] OTHER = key(2);

    private final SettableClock clock = new SettableClock();
    private final Instant until = clock.instant().plusSeconds(60);
    private final JsonObject content = new JsonObject().put("who", "ana");

    private static byte[] key(int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return key;
    }

    private Seal seal(byte[]... keys) {
        return new Seal(List.of(keys), clock);
    }

    @Test
    void opensWhatAnotherReplicaHasSealed() {
        String sealed = seal(KEY).seal("session", content, until);

        assertThat(seal(KEY).open("session", sealed)).hasValueSatisfying(opened -> assertThat(opened.getString("who"))
                .isEqualTo("ana"));
        assertThat(sealed).doesNotContain("ana");
    }

    @Test
    void isNothingForAnotherPurposeNorWithAnotherKey() {
        String sealed = seal(KEY).seal("session", content, until);

        assertThat(seal(KEY).open("hand-over", sealed)).isEmpty();
        assertThat(seal(OTHER).open("session", sealed)).isEmpty();
    }

    @Test
    void endsWithItsTime() {
        String sealed = seal(KEY).seal("session", content, until);

        clock.tick(Duration.ofSeconds(60));

        assertThat(seal(KEY).open("session", sealed)).isEmpty();
    }

    @Test
    void aNewKeySealsWhileTheOldOneStillOpens() {
        String old = seal(KEY).seal("session", content, until);
        Seal rotated = seal(OTHER, KEY);

        assertThat(rotated.open("session", old)).isPresent();
        assertThat(seal(OTHER).open("session", rotated.seal("session", content, until)))
                .isPresent();
        assertThat(seal(KEY).open("session", rotated.seal("session", content, until)))
                .isEmpty();
    }

    @Test
    void everyChangeOfALetterBreaksIt() {
        String sealed = seal(KEY).seal("session", content, until);
        String[] parts = sealed.split("\\.");

        for (int at = 0; at < sealed.length() - 1; at += 7) {
            char other = sealed.charAt(at) == 'w' ? 'g' : 'w';
            String changed = sealed.substring(0, at) + other + sealed.substring(at + 1);
            assertThat(seal(KEY).open("session", changed)).as("at " + at).isEmpty();
        }
        assertThat(parts[1]).as("no wrapped key: the key is used directly").isEmpty();
    }
}
