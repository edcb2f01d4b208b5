package io.aftercall.web;

/** The request shows a session and comes from a page of another site. */
final class NotSameOrigin extends RuntimeException {

    NotSameOrigin() {
        super("A session is good for requests of this server's own pages", null, false, false);
    }
}
