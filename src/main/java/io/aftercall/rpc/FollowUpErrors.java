package io.aftercall.rpc;

import com.google.rpc.Code;
import io.aftercall.api.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import java.util.Map;

/** What callers about follow-ups are told. */
final class FollowUpErrors {

    private FollowUpErrors() {}

    static StatusRuntimeException notFound(Map<String, String> metadata) {
        return ErrorStatus.of(
                Code.NOT_FOUND,
                "The agent holds no such follow-up",
                ErrorReason.ERROR_REASON_FOLLOW_UP_NOT_FOUND,
                metadata);
    }
}
