package io.aftercall.rpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.inject.Singleton;

/** What a service did not catch goes to the same table as all else; the default would tell callers class names. */
@Singleton
public class ServerFaults implements ExceptionHandlerProvider {

    @Override
    public <Q, R> ExceptionHandler<Q, R> createHandler(
            ServerCall.Listener<Q> listener, ServerCall<Q, R> call, Metadata metadata) {
        return new ExceptionHandler<>(listener, call, metadata) {
            @Override
            protected void handleException(Throwable failure, ServerCall<Q, R> failed, Metadata headers) {
                StatusRuntimeException told = GrpcErrors.of(failure);
                failed.close(told.getStatus(), told.getTrailers() == null ? new Metadata() : told.getTrailers());
            }
        };
    }

    @Override
    public Throwable transform(Throwable failure) {
        return GrpcErrors.of(failure);
    }
}
