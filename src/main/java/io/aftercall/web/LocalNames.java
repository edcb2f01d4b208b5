package io.aftercall.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that a server is called by which asks nobody for credentials. Another site can have its own name lead to this
 * machine (DNS rebinding); to a browser its pages are then pages of this server, but it still says that name.
 */
public final class LocalNames {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private static final Pattern LOOPBACK_ORIGIN =
            Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    private static final String HOW =
            " Without authentication this server is called localhost, 127.0.0.1 or [::1]; AFTERCALL_WEB_ORIGIN may name"
                    + " another address that browsers reach it under";

    private final Optional<String> origin;
    private final Optional<String> host;

    /** @param origin the address that it is reached under beside these, as {@code https://acw.example} */
    public LocalNames(Optional<String> origin) {
        this.origin = origin;
        this.host = origin.map(address -> URI.create(address).getHost());
    }

    /** Refuses a request that is made to another name, or by a page of another site. */
    Optional<HttpProblem.Refusal> refusal(HttpServerRequest request) {
        if (!named(request.authority())) {
            return Optional.of(new HttpProblem.Refusal(421, "HOST_NOT_SERVED", "The host is not this server's." + HOW));
        }
        if (!request.headers().getAll(HttpHeaders.ORIGIN).stream().allMatch(this::ours)) {
            return Optional.of(
                    new HttpProblem.Refusal(403, "NOT_SAME_ORIGIN", "The page is not one of this machine's." + HOW));
        }
        return Optional.empty();
    }

    private boolean named(HostAndPort authority) {
        if (authority == null) {
            return false;
        }
        String name = authority.host().toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(name) || host.filter(name::equals).isPresent();
    }

    private boolean ours(String asking) {
        return LOOPBACK_ORIGIN.matcher(asking).matches()
                || origin.filter(asking::equals).isPresent();
    }
}
