package io.aftercall.web;

import java.util.List;
import java.util.Set;

/** The pages' code, which is the same for everybody; what they show, they ask for as whoever looks at them. */
final class Pages {

    /** An agent's window, which a CRM may have in its own. */
    static final String WRAP_UP = "/ui/wrap-up.html";

    /** Where one begins. */
    static final String FLOOR = "/ui/floor.html";

    /** Ways to get there. */
    static final Set<String> DOORS = Set.of("/", "/ui", "/ui/");

    private static final List<String> PLACES = List.of("/ui/", "/_static/", "/webjars/");

    /** Scripts, styles and data of this origin alone, nothing inline. */
    private static final String OF_PAGES =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

    /** Of a page that nobody may show in a frame. */
    static final String CONTENT_SECURITY_POLICY = OF_PAGES + "'none'";

    private static final String OF_DATA = "default-src 'none'; frame-ancestors 'none'";

    private Pages() {}

    /**
     * Whether this is one of them.
     *
     * @param path without detours such as {@code ..}
     */
    static boolean has(String path) {
        return DOORS.contains(path) || PLACES.stream().anyMatch(path::startsWith);
    }

    /** Where a browser may get what from, and who may show it in a frame, on this path. */
    static String contentSecurityPolicy(String path, FrameAncestors ancestors) {
        if (!has(path)) {
            return OF_DATA;
        }
        return path.equals(WRAP_UP) ? OF_PAGES + ancestors.policy() : CONTENT_SECURITY_POLICY;
    }
}
