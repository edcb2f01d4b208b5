package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With what people cannot sign in, the server does not start. */
class WebSettingsTest {

    private static final Map<String, String> WHOLE = Map.of(
            "aftercall.auth.issuer",
            "https://idp.example/realms/acme",
            WebSettings.ORIGIN,
            "https://acw.example",
            WebSettings.CLIENT_ID,
            "aftercall",
            WebSettings.CLIENT_SECRET,
            "secret",
            WebSettings.KEYS,
            "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");

    private static void start(Map<String, String> settings) {
        WebSettings.requireIn(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build());
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new TreeMap<>(WHOLE);
        settings.put(key, value);
        return settings;
    }

    @Test
    void withNothingOrWithAll() {
        assertThatCode(() -> start(Map.of())).doesNotThrowAnyException();
        assertThatCode(() -> start(WHOLE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "aftercall.web.origin, must be set to the address",
        "aftercall.sign-in.client-secret, client-secret must be set",
        "aftercall.sign-in.client-id, client-id must be set",
        "aftercall.sign-in.keys, must be 32 random bytes",
        "aftercall.auth.issuer, issuer must be set"
    })
    void eachIsNeeded(String missing, String words) {
        assertThatThrownBy(() -> start(with(missing, "")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acw.example/",
                "https://*.example",
                "http://acw.example",
                "acw.example",
                "https://ACW.example",
                "https://a.example;script-src *",
                "https://a.example b",
                "*",
                "null"
            })
    void anOriginIsOne(String origin) {
        assertThatThrownBy(() -> start(with(WebSettings.ORIGIN, origin))).isInstanceOf(StartRefused.class);
        assertThatThrownBy(() -> start(Map.of(WebSettings.FRAME_ANCESTORS, origin)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("frame-ancestors cannot have");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://crm.example", "https://crm.example:8443,http://localhost:3000", "http://[::1]:3000"})
    void severalMayHaveFrames(String origins) {
        assertThatCode(() -> start(Map.of(WebSettings.FRAME_ANCESTORS, origins)))
                .doesNotThrowAnyException();
    }

    @Test
    void nobodySignsInOverAnOpenLine() {
        assertThatThrownBy(() -> start(with("aftercall.auth.issuer", "http://idp.example")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("https");
    }

    @Test
    void everyViolationIsNamedAtOnce() {
        assertThatThrownBy(() -> start(Map.of(WebSettings.CLIENT_ID, "aftercall", WebSettings.FRAME_ANCESTORS, "*")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContainingAll("frame-ancestors", "client-secret", "issuer", "keys", "web.origin");
    }
}
