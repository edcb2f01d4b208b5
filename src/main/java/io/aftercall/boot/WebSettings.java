package io.aftercall.boot;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Whether browsers can be served as it is configured. */
final class WebSettings {

    static final String ORIGIN = "aftercall.web.origin";
    static final String FRAME_ANCESTORS = "aftercall.web.frame-ancestors";
    static final String CLIENT_ID = "aftercall.sign-in.client-id";
    static final String CLIENT_SECRET = "aftercall.sign-in.client-secret";
    static final String KEYS = "aftercall.sign-in.keys";

    private static final int KEY_BYTES = 32;

    /** A scheme, a host and perhaps a port (RFC 6454); without TLS on this machine only. */
    private static final Pattern ORIGINS = Pattern.compile(
            "https://[a-z0-9-]+(\\.[a-z0-9-]+)*(:\\d{1,5})?|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    private final Config config;
    private final List<String> violations = new ArrayList<>();

    private WebSettings(Config config) {
        this.config = config;
    }

    /**
     * @throws StartRefused naming everything that is wrong
     */
    static void requireIn(Config config) {
        WebSettings settings = new WebSettings(config);
        settings.check();
        if (!settings.violations.isEmpty()) {
            throw new StartRefused(String.join(". ", settings.violations) + ".");
        }
    }

    private void check() {
        List<String> ancestors = texts(FRAME_ANCESTORS);
        text(ORIGIN).stream().forEach(origin -> checkOrigin(ORIGIN, origin));
        ancestors.forEach(origin -> checkOrigin(FRAME_ANCESTORS, origin));
        boolean client = text(CLIENT_ID).isPresent();
        if (client) {
            checkClient();
        } else if (Stream.of(CLIENT_SECRET, KEYS).anyMatch(key -> !texts(key).isEmpty())) {
            violations.add(CLIENT_ID + " must be set, as " + CLIENT_SECRET + " or " + KEYS + " is");
        }
        if (client && text(ORIGIN).isEmpty()) {
            violations.add(ORIGIN + " must be set to the address that browsers reach this server under, as " + CLIENT_ID
                    + " is");
        }
    }

    private void checkOrigin(String key, String origin) {
        if (!ORIGINS.matcher(origin).matches()) {
            violations.add(key + " cannot have " + origin
                    + ": an origin is https://host or https://host:port in lower case, without a path or *;"
                    + " http only with localhost");
        }
    }

    private void checkClient() {
        if (text(CLIENT_SECRET).isEmpty()) {
            violations.add(CLIENT_SECRET + " must be set, as " + CLIENT_ID + " is");
        }
        Optional<String> issuer = text(AuthSettings.ISSUER);
        if (issuer.isEmpty()) {
            violations.add(AuthSettings.ISSUER + " must be set, as " + CLIENT_ID + " is: people sign in there");
        } else if (!issuer.get().startsWith("https://") && !onThisMachine(issuer.get())) {
            violations.add(AuthSettings.ISSUER + " must be an https URL for people to sign in there");
        }
        List<String> keys = texts(KEYS);
        if (keys.isEmpty() || !keys.stream().allMatch(WebSettings::isKey)) {
            violations.add(KEYS + " must be 32 random bytes in Base64, the same on all replicas:"
                    + " openssl rand -base64 32");
        }
    }

    private static boolean onThisMachine(String issuer) {
        return issuer.matches("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?(/.*)?");
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class).filter(value -> !value.isBlank());
    }

    private List<String> texts(String key) {
        return config.getOptionalValues(key, String.class).orElse(List.of()).stream()
                .filter(value -> !value.isBlank())
                .toList();
    }
}
