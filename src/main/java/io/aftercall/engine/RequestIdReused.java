package io.aftercall.engine;

/** The request's id was used before for something else. */
public final class RequestIdReused extends RuntimeException {

    private final transient RequestKey request;

    RequestIdReused(RequestKey request) {
        super("The request's id was used before", null, false, false);
        this.request = request;
    }

    public RequestKey request() {
        return request;
    }
}
