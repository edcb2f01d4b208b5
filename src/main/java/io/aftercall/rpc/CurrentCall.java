package io.aftercall.rpc;

import io.aftercall.engine.Actor;
import io.aftercall.security.Caller;
import io.aftercall.security.Credentials;
import io.aftercall.security.Grant;
import io.aftercall.security.Role;
import io.grpc.Context;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The call under way: who makes it, and from where. To be asked for at the start of a call's method, as what runs later
 * may run in the middle of another call.
 */
final class CurrentCall {

    static final Context.Key<CurrentCall> KEY = Context.key("current-call");

    private final Caller caller;
    private final Credentials credentials;
    private final String origin;
    private final Actor actor;
    private volatile Grant grant;

    CurrentCall(Caller caller, Credentials credentials, String origin, Optional<String> requestId) {
        this.caller = caller;
        this.credentials = credentials;
        this.origin = origin;
        this.actor = new Actor(
                caller.subject(),
                caller.roles().stream().map(Role::credentialName).collect(Collectors.toSet()),
                origin,
                requestId);
    }

    static CurrentCall get() {
        CurrentCall call = KEY.get();
        if (call == null) {
            // No interceptor has let it in.
            throw new IllegalStateException("A call has no caller");
        }
        return call;
    }

    Caller caller() {
        return caller;
    }

    /** The caller as changes and the audit trail name him. */
    Actor actor() {
        return actor;
    }

    /** To ask again later whether they still hold. */
    Credentials credentials() {
        return credentials;
    }

    /** The address that it comes from, without the port. */
    String origin() {
        return origin;
    }

    /** Whom what the call takes is counted for; where nobody is known, those of one address are one caller. */
    String countedAs() {
        return caller == Caller.ANONYMOUS ? origin : caller.tenant() + " " + caller.subject();
    }

    /** How far the caller reaches in it; known when its message has been seen. */
    Grant grant() {
        return grant;
    }

    void grant(Grant granted) {
        grant = granted;
    }
}
