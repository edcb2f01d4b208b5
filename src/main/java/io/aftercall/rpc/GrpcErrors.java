package io.aftercall.rpc;

import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.Refusal;
import io.aftercall.api.v1.ErrorReason;
import io.aftercall.engine.CallerGone;
import io.aftercall.engine.DispositionEditor;
import io.aftercall.engine.LaneFull;
import io.aftercall.engine.PolicyNotFound;
import io.aftercall.engine.PolicyUpdate;
import io.aftercall.engine.RequestIdReused;
import io.aftercall.engine.ShuttingDown;
import io.aftercall.engine.StalePolicies;
import io.aftercall.engine.StoreUnavailable;
import io.aftercall.feed.BadToken;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * The one table from what went wrong to what a caller is told. Nothing internal gets out: a fault of ours is logged
 * under an id and the caller gets the id.
 */
final class GrpcErrors {

    private static final Logger LOG = Logger.getLogger(GrpcErrors.class);
    private static final RetryInfo SOON = ErrorStatus.retryAfterMillis(200);
    static final RetryInfo LATER = ErrorStatus.retryAfterMillis(1_000);

    /** A client takes 8 KiB of trailers by default. */
    private static final int MAX_VIOLATIONS = 25;

    private GrpcErrors() {}

    static StatusRuntimeException of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof StatusRuntimeException told) {
            return told;
        }
        if (cause instanceof StatusException told) {
            return told.getStatus().asRuntimeException(told.getTrailers());
        }
        Optional<StatusRuntimeException> notAllowed = AccessErrors.of(cause);
        if (notAllowed.isPresent()) {
            return notAllowed.get();
        }
        if (cause instanceof Violations.InvalidFields invalid) {
            return invalid(invalid.violations());
        }
        if (cause instanceof PolicyUpdate.InvalidPolicy invalid) {
            return invalid(PolicyProto.inRequest(invalid.violations()));
        }
        if (cause instanceof PolicyUpdate.StaleEtag stale) {
            return ErrorStatus.of(
                    Code.ABORTED,
                    "The policy has changed, read it again",
                    ErrorReason.ERROR_REASON_STALE_ETAG,
                    PolicyProto.metadata(stale.key()));
        }
        if (cause instanceof PolicyNotFound missing) {
            return ErrorStatus.of(
                    Code.NOT_FOUND,
                    "There is no such policy",
                    ErrorReason.ERROR_REASON_POLICY_NOT_FOUND,
                    PolicyProto.metadata(missing.key()));
        }
        if (cause instanceof DispositionEditor.BadCatalogue bad) {
            return invalid(DispositionErrors.violations(bad));
        }
        if (cause instanceof DispositionEditor.InUse inUse) {
            return DispositionErrors.of(inUse);
        }
        if (cause instanceof RequestIdReused reused) {
            return requestIdReused(reused.request().requestId());
        }
        if (cause instanceof BadToken token) {
            return badToken(token);
        }
        if (cause instanceof StalePolicies) {
            return ErrorStatus.of(
                    Code.RESOURCE_EXHAUSTED,
                    "Other replicas change policies all the time, try again",
                    ErrorReason.ERROR_REASON_OVERLOADED,
                    Map.of(),
                    SOON);
        }
        if (cause instanceof LaneFull) {
            return ErrorStatus.of(
                    Code.RESOURCE_EXHAUSTED,
                    "More commands wait than the server takes on, try again",
                    ErrorReason.ERROR_REASON_OVERLOADED,
                    Map.of(),
                    SOON);
        }
        if (cause instanceof ReportTurns.Busy) {
            return ErrorStatus.of(
                    Code.RESOURCE_EXHAUSTED,
                    "More reports are being made than the server takes on, try again",
                    ErrorReason.ERROR_REASON_OVERLOADED,
                    Map.of(),
                    LATER);
        }
        if (cause instanceof ShuttingDown) {
            return notServing();
        }
        if (cause instanceof CallerGone) {
            return Status.CANCELLED
                    .withDescription("The caller did not wait; what was asked for was not carried out")
                    .asRuntimeException();
        }
        if (cause instanceof StoreUnavailable) {
            LOG.debug("A call was refused because the database does not answer", cause);
            return unavailable(
                    "The database does not answer, try again", ErrorReason.ERROR_REASON_DATABASE_UNAVAILABLE);
        }
        return fault(cause);
    }

    /**
     * @param violations of a form, by field, where that is the reason
     */
    static StatusRuntimeException refused(
            Refusal refusal, Map<String, String> metadata, Map<String, String> violations) {
        if (refusal == Refusal.FORM_VALUES_INVALID) {
            return invalid(WrapUpProto.inRequest(violations));
        }
        if (refusal == Refusal.FOLLOW_UP_IN_PAST) {
            return invalid(violations);
        }
        if (refusal == Refusal.WRAP_UP_CHANGED || refusal == Refusal.FOLLOW_UP_CHANGED) {
            return ErrorStatus.of(
                    Code.ABORTED,
                    "Somebody has written since, read it again",
                    ErrorReason.ERROR_REASON_STALE_ETAG,
                    metadata);
        }
        ErrorReason reason = ErrorReason.valueOf("ERROR_REASON_" + refusal.name());
        return switch (refusal) {
            case AGENT_NOT_FOUND -> agentNotFound(metadata);
            case AGENT_WORKING -> illegal("The agent is in an interaction or in an ACW", reason, metadata);
            case ACW_NOT_FOUND ->
                ErrorStatus.of(Code.NOT_FOUND, "The agent has no ACW for this interaction", reason, metadata);
            case AGENT_NOT_ROUTABLE ->
                illegal("The agent cannot take an interaction of this channel now", reason, metadata);
            case INTERACTION_ENDED -> illegal("The interaction has ended for this agent", reason, metadata);
            case INTERACTION_NOT_LIVE -> illegal("The agent is not in this interaction", reason, metadata);
            case ACW_ENDED -> illegal("The ACW has ended", reason, metadata);
            case EXTENSIONS_EXHAUSTED ->
                illegal("The ACW has been extended as often as its policy allows", reason, metadata);
            case EXTENSION_NOT_ALLOWED ->
                illegal("An ACW of this mode, or a paused one, cannot be extended", reason, metadata);
            case QUEUE_UNDER_PRESSURE -> illegal("Too many wait in the queue to extend an ACW", reason, metadata);
            case DISPOSITION_REQUIRED -> illegal("The policy requires a disposition", reason, metadata);
            case DISPOSITION_UNKNOWN -> illegal("The disposition is not in the catalogue", reason, metadata);
            case DISPOSITION_INACTIVE ->
                illegal("The disposition is not active, or only groups others", reason, metadata);
            case DISPOSITION_OUT_OF_SCOPE -> illegal("The disposition is for another team or queue", reason, metadata);
            case AGENT_NOT_IN_ACW -> illegal("The agent is in no ACW, or not available after it", reason, metadata);
            case WRAP_UP_CLOSED -> illegal("The wrap-up can no longer be edited", reason, metadata);
            case FOLLOW_UP_NOT_FOUND -> FollowUpErrors.notFound(metadata);
            case FOLLOW_UP_EXISTS ->
                ErrorStatus.of(Code.ALREADY_EXISTS, "There is another follow-up of this id", reason, metadata);
            case FOLLOW_UP_TAKEN -> illegal("The follow-up is with an agent", reason, metadata);
            case FORM_VALUES_INVALID, WRAP_UP_CHANGED, FOLLOW_UP_CHANGED, FOLLOW_UP_IN_PAST ->
                throw new IllegalStateException("told above");
            case EARLY_EXIT_NOT_ALLOWED -> illegal("An ACW in mode FIXED ends at its deadline", reason, metadata);
        };
    }

    static StatusRuntimeException agentNotFound(Map<String, String> metadata) {
        return ErrorStatus.of(
                Code.NOT_FOUND, "This agent has never been seen", ErrorReason.ERROR_REASON_AGENT_NOT_FOUND, metadata);
    }

    static StatusRuntimeException requestIdReused(UUID requestId) {
        return ErrorStatus.of(
                Code.INVALID_ARGUMENT,
                "The request_id was used before with other content",
                ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
                Map.of("request_id", requestId.toString()));
    }

    static StatusRuntimeException foreignToken(String field) {
        return ErrorStatus.of(
                Code.INVALID_ARGUMENT,
                "The " + field + " is not one of this server's for this tenant and filter",
                ErrorReason.ERROR_REASON_FOREIGN_TOKEN,
                Map.of("field", field));
    }

    static StatusRuntimeException listingExpired() {
        return ErrorStatus.of(
                Code.OUT_OF_RANGE,
                "The page token's revision is no longer in memory, start again with the first page",
                ErrorReason.ERROR_REASON_TOKEN_EXPIRED,
                Map.of("field", "page_token"));
    }

    static StatusRuntimeException fromFuture(long revision) {
        return ErrorStatus.of(
                Code.OUT_OF_RANGE,
                "The revision is ahead of the tenant's last, which is " + revision,
                ErrorReason.ERROR_REASON_REVISION_FROM_FUTURE,
                Map.of("revision", Long.toString(revision)));
    }

    static StatusRuntimeException tooSlow() {
        return ErrorStatus.of(
                Code.RESOURCE_EXHAUSTED,
                "The subscriber has not read for too long, resume with the last token",
                ErrorReason.ERROR_REASON_SUBSCRIBER_TOO_SLOW,
                Map.of(),
                LATER);
    }

    static StatusRuntimeException exportTooSlow() {
        return ErrorStatus.of(
                Code.RESOURCE_EXHAUSTED,
                "The export has not been read for too long, begin again",
                ErrorReason.ERROR_REASON_SUBSCRIBER_TOO_SLOW,
                Map.of(),
                LATER);
    }

    static StatusRuntimeException notServing() {
        return unavailable("The server is starting or shutting down", ErrorReason.ERROR_REASON_NOT_SERVING);
    }

    static Map<String, String> notRoutable(Map<String, String> metadata, String channel, AgentStatus status) {
        Map<String, String> more = new java.util.LinkedHashMap<>(metadata);
        more.put("channel", channel);
        more.put("status", status.name());
        return more;
    }

    private static StatusRuntimeException invalid(Map<String, String> violations) {
        BadRequest.Builder fields = BadRequest.newBuilder();
        List<String> sentences = new ArrayList<>();
        violations.entrySet().stream().limit(MAX_VIOLATIONS).forEach(violation -> {
            fields.addFieldViolations(BadRequest.FieldViolation.newBuilder()
                    .setField(violation.getKey())
                    .setDescription(violation.getValue()));
            sentences.add(violation.getKey() + ": " + violation.getValue());
        });
        if (violations.size() > MAX_VIOLATIONS) {
            sentences.add("and " + (violations.size() - MAX_VIOLATIONS) + " more");
        }
        return ErrorStatus.of(
                Code.INVALID_ARGUMENT,
                String.join("; ", sentences),
                ErrorReason.ERROR_REASON_INVALID_FIELDS,
                Map.of(),
                fields.build());
    }

    private static StatusRuntimeException badToken(BadToken token) {
        return switch (token.reason()) {
            case FOREIGN -> foreignToken("resume_token");
            case FROM_FUTURE -> fromFuture(token.revision());
            case EXPIRED ->
                ErrorStatus.of(
                        Code.OUT_OF_RANGE,
                        "The resume token is older than the retained log, start again with a snapshot",
                        ErrorReason.ERROR_REASON_TOKEN_EXPIRED,
                        Map.of("oldest_revision", Long.toString(token.revision())));
            case OTHER_EPOCH ->
                ErrorStatus.of(
                        Code.OUT_OF_RANGE,
                        "The resume token is of another history of the database, start again with a snapshot",
                        ErrorReason.ERROR_REASON_OTHER_EPOCH);
        };
    }

    private static StatusRuntimeException illegal(String message, ErrorReason reason, Map<String, String> metadata) {
        PreconditionFailure failure = PreconditionFailure.newBuilder()
                .addViolations(PreconditionFailure.Violation.newBuilder()
                        .setType(ErrorStatus.name(reason))
                        .setSubject("agents/" + metadata.get("agent_id"))
                        .setDescription(message))
                .build();
        return ErrorStatus.of(Code.FAILED_PRECONDITION, message, reason, metadata, failure);
    }

    static StatusRuntimeException unavailable(String message, ErrorReason reason) {
        return ErrorStatus.of(Code.UNAVAILABLE, message, reason, Map.of(), LATER);
    }

    private static StatusRuntimeException fault(Throwable cause) {
        String incident = UUID.randomUUID().toString();
        LOG.errorf(
                cause, "A call failed by a fault of the server's; its caller was given the incident id %s", incident);
        return ErrorStatus.of(
                Code.INTERNAL,
                "A fault of the server's; its log has the cause",
                ErrorReason.ERROR_REASON_INTERNAL_FAULT,
                Map.of("incident_id", incident));
    }
}
