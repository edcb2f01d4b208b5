package io.aftercall.rpc;

import com.google.rpc.Code;
import com.google.rpc.PreconditionFailure;
import io.aftercall.api.v1.ErrorReason;
import io.aftercall.engine.DispositionEditor;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What callers are told of the catalogue. */
final class DispositionErrors {

    private static final int MOST_NAMED = 10;

    private DispositionErrors() {}

    static StatusRuntimeException notFound(String code) {
        return ErrorStatus.of(
                Code.NOT_FOUND,
                "There is no such disposition",
                ErrorReason.ERROR_REASON_DISPOSITION_NOT_FOUND,
                Map.of("code", code));
    }

    static StatusRuntimeException stale(String code) {
        return ErrorStatus.of(
                Code.ABORTED,
                "The disposition has changed, read it again",
                ErrorReason.ERROR_REASON_STALE_ETAG,
                Map.of("code", code));
    }

    static StatusRuntimeException hasBelow(String code, String child) {
        return inUse("There are dispositions below it", "dispositions/" + code, Map.of("code", code, "below", child));
    }

    static StatusRuntimeException of(DispositionEditor.InUse inUse) {
        String policies = inUse.policies().stream()
                .limit(MOST_NAMED)
                .map(key -> key.scopeId().isEmpty() ? key.scope().name() : key.scope() + "/" + key.scopeId())
                .distinct()
                .collect(Collectors.joining(", "));
        return inUse(
                "Policies name a disposition, or require one, that there would not be for them: " + policies,
                "policies",
                Map.of("policies", policies));
    }

    /** By field, as if each stood in the request. */
    static Map<String, String> violations(DispositionEditor.BadCatalogue bad) {
        Map<String, String> violations = new LinkedHashMap<>();
        bad.violations()
                .forEach((code, ofOne) ->
                        ofOne.forEach((field, what) -> violations.put("dispositions[" + code + "]." + field, what)));
        return violations;
    }

    private static StatusRuntimeException inUse(String message, String subject, Map<String, String> metadata) {
        return ErrorStatus.of(
                Code.FAILED_PRECONDITION,
                message,
                ErrorReason.ERROR_REASON_DISPOSITION_IN_USE,
                metadata,
                PreconditionFailure.newBuilder()
                        .addViolations(PreconditionFailure.Violation.newBuilder()
                                .setType("DISPOSITION_IN_USE")
                                .setSubject(subject)
                                .setDescription(message))
                        .build());
    }
}
