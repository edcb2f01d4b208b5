package io.aftercall.engine;

import java.util.Map;
import java.util.Optional;

/**
 * Something that is to be answered for: an administrator's or a supervisor's act, or one that was not permitted.
 *
 * @param action what: a word of this server, such as {@code POLICY_CHANGED}, or for a refusal the call
 * @param object to what, as {@code agents/a-17}
 * @param requestId the caller's name of the request, if he gave one
 * @param before what was changed, as it was; field by field
 * @param after as it is now
 */
public record AuditEvent(
        Actor actor,
        String action,
        String object,
        Outcome outcome,
        Optional<String> requestId,
        Map<String, String> before,
        Map<String, String> after) {

    /** What came of it. */
    public enum Outcome {
        DONE,
        REFUSED
    }

    public AuditEvent {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }

    /** Something that was done; the request is named by the call's header if it has no id of its own. */
    public static AuditEvent done(
            Actor actor,
            String action,
            String object,
            Optional<String> requestId,
            Map<String, String> before,
            Map<String, String> after) {
        return new AuditEvent(actor, action, object, Outcome.DONE, requestId.or(actor::requestId), before, after);
    }

    /** A call that its caller may not make, or not to whom it was about. */
    public static AuditEvent refused(Actor actor, String call, String object) {
        return new AuditEvent(actor, call, object, Outcome.REFUSED, actor.requestId(), Map.of(), Map.of());
    }
}
