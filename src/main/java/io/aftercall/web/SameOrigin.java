package io.aftercall.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/**
 * Whether a browser makes a request because a page of ours, or the user himself, asked it to. Cookies come along with
 * the requests of any page, so that they alone say nothing about who wants something (CSRF).
 */
final class SameOrigin {

    /** {@code none} is a user who typed the address. Neighbours below the same domain are strangers, too. */
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private SameOrigin() {}

    /**
     * By {@code Sec-Fetch-Site} and {@code Origin}, which no script can set: one of them has to be there, and neither may
     * say another site.
     *
     * @param origin the address that browsers reach this server under
     */
    static boolean made(HttpServerRequest request, String origin) {
        List<String> sites = request.headers().getAll("Sec-Fetch-Site");
        List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
        return !(sites.isEmpty() && origins.isEmpty())
                && OURS.containsAll(sites)
                && origins.stream().allMatch(origin::equals);
    }
}
