package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a caller is told when a call fails, with all that every error must have checked. */
public record GrpcError(
        Code code, String reason, Map<String, String> metadata, List<String> fields, Optional<RetryInfo> retry) {

    private static final Pattern INTERNALS = Pattern.compile(
            "Exception|\\b(io|java|org|com)\\.[a-z]+\\.|\\b(SELECT|INSERT|UPDATE|DELETE) [a-zA-Z]+ |\\bSQL|\\bat [a-z.]+\\(");

    public static GrpcError of(ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).as("the call is refused").isNotNull();
        return of(failure);
    }

    public static GrpcError of(Throwable failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        assertThat(status.toString()).doesNotContainPattern(INTERNALS);
        ErrorInfo info = detail(status, ErrorInfo.class)
                .orElseThrow(() -> new AssertionError("An error without ErrorInfo: " + status));
        assertThat(info.getDomain()).isEqualTo("aftercall.io");
        List<String> fields = detail(status, BadRequest.class)
                .map(bad -> bad.getFieldViolationsList().stream()
                        .map(BadRequest.FieldViolation::getField)
                        .toList())
                .orElse(List.of());
        return new GrpcError(
                io.grpc.Status.fromCodeValue(status.getCode()).getCode(),
                info.getReason(),
                info.getMetadataMap(),
                fields,
                detail(status, RetryInfo.class));
    }

    private static <M extends Message> Optional<M> detail(com.google.rpc.Status status, Class<M> type) {
        return status.getDetailsList().stream()
                .filter(any -> any.is(type))
                .findFirst()
                .map(any -> {
                    try {
                        return any.unpack(type);
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
