package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class EmailSenderTest {

    private static Config from(String sender) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of("aftercall.email.from", sender), "test", 100))
                .build();
    }

    @Test
    void whoWritesHasAnAddress() {
        assertThatCode(() -> EmailSender.requireIn(from("Acme <service@acme.example>")))
                .doesNotThrowAnyException();
        assertThatCode(() -> EmailSender.requireIn(from("service@acme.example")))
                .doesNotThrowAnyException();
        for (String none : new String[] {"Acme", "Acme <>", "Acme <service at acme>", "a@b@c <x"}) {
            assertThatThrownBy(() -> EmailSender.requireIn(from(none)))
                    .as(none)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("aftercall.email.from");
        }
    }
}
