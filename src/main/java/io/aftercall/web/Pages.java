package io.aftercall.web;

import java.util.List;

/** The pages' code, which is the same for everybody; what they show, they ask for as whoever looks at them. */
final class Pages {

    /** An agent's window, which a CRM may have in its own. */
    static final String WRAP_UP = "/ui/wrap-up.html";

    private static final List<String> PLACES = List.of("/ui/", "/_static/", "/webjars/");

    /** Scripts, styles and data of this origin alone, nothing inline. */
    private static final String OF_PAGES =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

    private static final String OF_DATA = "default-src 'none'; frame-ancestors 'none'";

    private Pages() {}

    /**
     * Whether this is one of them.
     *
     * @param path without detours such as {@code ..}
     */
    static boolean has(String path) {
        return path.equals("/") || PLACES.stream().anyMatch(path::startsWith);
    }

    /** Where a browser may get what from, and who may show it in a frame, on this path. */
    static String contentSecurityPolicy(String path, FrameAncestors ancestors) {
        if (!has(path)) {
            return OF_DATA;
        }
        return OF_PAGES + (path.equals(WRAP_UP) ? ancestors.policy() : "'none'");
    }
}
