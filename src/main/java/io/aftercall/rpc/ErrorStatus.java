package io.aftercall.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.aftercall.api.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/** Puts an error together as callers get it: a status with details for programs. */
final class ErrorStatus {

    static final String DOMAIN = "aftercall.io";

    private ErrorStatus() {}

    static StatusRuntimeException of(Code code, String message, ErrorReason reason) {
        return of(code, message, reason, Map.of());
    }

    static StatusRuntimeException of(
            Code code, String message, ErrorReason reason, Map<String, String> metadata, Message... details) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain(DOMAIN)
                        .setReason(name(reason))
                        .putAllMetadata(metadata)
                        .build()));
        for (Message detail : details) {
            status.addDetails(Any.pack(detail));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /** As it stands in an error: without the prefix. */
    static String name(ErrorReason reason) {
        return reason.name().substring("ERROR_REASON_".length());
    }

    static RetryInfo retryAfterMillis(long millis) {
        return RetryInfo.newBuilder()
                .setRetryDelay(
                        Duration.newBuilder().setSeconds(millis / 1_000).setNanos((int) (millis % 1_000) * 1_000_000))
                .build();
    }
}
