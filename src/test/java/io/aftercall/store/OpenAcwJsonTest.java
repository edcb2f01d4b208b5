package io.aftercall.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.OpenAcw;
import io.aftercall.engine.Samples;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class OpenAcwJsonTest {

    private final OpenAcw acw = Samples.acw("i-1", Samples.TIME.plusSeconds(20), null);

    @Test
    void whatIsWrittenIsRead() {
        assertThat(OpenAcwJson.read(new JsonObject(OpenAcwJson.write(acw).encode())))
                .isEqualTo(acw);
    }

    @Test
    void oneFromBeforePausesWereKeptIsReadAsOneThatNeverPaused() {
        JsonObject before = OpenAcwJson.write(acw);
        before.remove("pauses");

        assertThat(OpenAcwJson.read(before).pauses()).isEmpty();
    }
}
