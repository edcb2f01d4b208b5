package io.aftercall.signin;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How people sign in.
 *
 * @param origin the address that browsers reach this server under, as {@code https://acw.example}
 * @param issuer where they sign in; publishes what it offers at {@code /.well-known/openid-configuration}
 * @param clientId what this server is called there
 * @param clientSecret what it proves that with
 * @param scopes what it asks for
 * @param parameters what it says beside, for issuers that want more
 * @param keys of 256 bits each; sessions are sealed with the first, and opened with any
 * @param longest how long a session lasts, however often it is refreshed
 * @param framed whether pages of other sites may have some of ours in them
 */
public record SignInSettings(
        String origin,
        String issuer,
        String clientId,
        String clientSecret,
        List<String> scopes,
        Map<String, String> parameters,
        List<byte[]> keys,
        Duration longest,
        boolean framed) {

    /** Where the issuer sends people back to. */
    public static final String CALLBACK = "/sign-in/callback";

    /** What a browser shows when a session has ended. */
    public static final String SIGNED_OUT = "/ui/sign-in.html";

    /** Whether browsers reach this server over TLS. */
    boolean encrypted() {
        return origin.startsWith("https://");
    }

    String callback() {
        return origin + CALLBACK;
    }

    String signedOut() {
        return origin + SIGNED_OUT;
    }

    @Override
    public String toString() {
        return "SignInSettings[" + clientId + " at " + issuer + "]";
    }
}
