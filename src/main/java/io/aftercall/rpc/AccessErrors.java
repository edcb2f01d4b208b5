package io.aftercall.rpc;

import com.google.rpc.Code;
import com.google.rpc.QuotaFailure;
import io.aftercall.api.v1.ErrorReason;
import io.aftercall.engine.QuotaExceeded;
import io.aftercall.engine.TenantAdministration;
import io.aftercall.security.KeysNotThere;
import io.aftercall.security.NotAdmitted;
import io.aftercall.security.NotAuthenticated;
import io.grpc.StatusRuntimeException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What callers are told who may not come in, may not do what they ask for, or ask for too much. */
final class AccessErrors {

    private AccessErrors() {}

    /** Empty if the failure is of another kind. */
    static Optional<StatusRuntimeException> of(Throwable cause) {
        if (cause instanceof NotAuthenticated refused) {
            return Optional.of(notAuthenticated(refused));
        }
        if (cause instanceof NotAdmitted refused) {
            return Optional.of(ErrorStatus.of(
                    Code.PERMISSION_DENIED, refused.getMessage(), ErrorReason.ERROR_REASON_TENANT_NOT_SERVED));
        }
        if (cause instanceof KeysNotThere) {
            return Optional.of(GrpcErrors.unavailable(cause.getMessage(), ErrorReason.ERROR_REASON_KEYS_UNAVAILABLE));
        }
        if (cause instanceof TooManyCalls many) {
            return Optional.of(tooManyCalls(many));
        }
        if (cause instanceof QuotaExceeded quota) {
            return Optional.of(quotaExceeded(quota));
        }
        if (cause instanceof TenantAdministration.Refused refused) {
            return Optional.of(tenantRefused(refused));
        }
        return Optional.empty();
    }

    /**
     * @param call the line of the permissions that the caller's roles are not on, or that does not reach whom he named
     */
    static StatusRuntimeException notPermitted(String call) {
        return ErrorStatus.of(
                Code.PERMISSION_DENIED,
                "The caller may not do this, or not to whom it is about",
                ErrorReason.ERROR_REASON_PERMISSION_DENIED,
                Map.of("call", call));
    }

    private static StatusRuntimeException notAuthenticated(NotAuthenticated refused) {
        ErrorReason reason =
                switch (refused.reason()) {
                    case MISSING -> ErrorReason.ERROR_REASON_CREDENTIALS_MISSING;
                    case INVALID -> ErrorReason.ERROR_REASON_CREDENTIALS_INVALID;
                    case EXPIRED -> ErrorReason.ERROR_REASON_CREDENTIALS_EXPIRED;
                };
        return ErrorStatus.of(Code.UNAUTHENTICATED, refused.getMessage(), reason);
    }

    /**
     * @param of whose limit it is: CALLER, TENANT or REPLICA
     */
    static StatusRuntimeException tooManyStreams(String of, int limit) {
        return ErrorStatus.of(
                Code.RESOURCE_EXHAUSTED,
                "As many streams are open as this " + of.toLowerCase(Locale.ROOT) + " may have, which is " + limit,
                ErrorReason.ERROR_REASON_TOO_MANY_STREAMS,
                Map.of("of", of, "limit", Integer.toString(limit)),
                GrpcErrors.LATER,
                quota(of.toLowerCase(Locale.ROOT), "open streams: " + limit));
    }

    private static StatusRuntimeException tooManyCalls(TooManyCalls many) {
        String of = many.of().toLowerCase(Locale.ROOT);
        return ErrorStatus.of(
                Code.RESOURCE_EXHAUSTED,
                "More calls in a second than this " + of + " may make, which are " + many.perSecond(),
                ErrorReason.ERROR_REASON_TOO_MANY_CALLS,
                Map.of("of", many.of(), "limit", Integer.toString(many.perSecond())),
                ErrorStatus.retryAfterMillis(many.retryAfter().toMillis() + 1),
                quota(of, "calls per second: " + many.perSecond()));
    }

    private static StatusRuntimeException quotaExceeded(QuotaExceeded exceeded) {
        return ErrorStatus.of(
                Code.RESOURCE_EXHAUSTED,
                exceeded.getMessage(),
                ErrorReason.ERROR_REASON_QUOTA_EXCEEDED,
                Map.of("of", exceeded.of(), "limit", Integer.toString(exceeded.limit())),
                quota("tenant", exceeded.of() + ": " + exceeded.limit()));
    }

    private static QuotaFailure quota(String subject, String description) {
        return QuotaFailure.newBuilder()
                .addViolations(
                        QuotaFailure.Violation.newBuilder().setSubject(subject).setDescription(description))
                .build();
    }

    private static StatusRuntimeException tenantRefused(TenantAdministration.Refused refused) {
        Map<String, String> metadata = Map.of("tenant_id", refused.tenant().value());
        return switch (refused.reason()) {
            case TENANT_EXISTS ->
                ErrorStatus.of(
                        Code.ALREADY_EXISTS,
                        "There is a tenant of this id",
                        ErrorReason.ERROR_REASON_TENANT_EXISTS,
                        metadata);
            case TENANT_NOT_FOUND ->
                ErrorStatus.of(
                        Code.NOT_FOUND, "There is no such tenant", ErrorReason.ERROR_REASON_TENANT_NOT_FOUND, metadata);
            case TENANT_NOT_SUSPENDED ->
                ErrorStatus.of(
                        Code.FAILED_PRECONDITION,
                        "The tenant has to be suspended before",
                        ErrorReason.ERROR_REASON_TENANT_NOT_SUSPENDED,
                        metadata);
            case TENANT_DELETING ->
                ErrorStatus.of(
                        Code.FAILED_PRECONDITION,
                        "The tenant is being deleted",
                        ErrorReason.ERROR_REASON_TENANT_DELETING,
                        metadata);
        };
    }
}
