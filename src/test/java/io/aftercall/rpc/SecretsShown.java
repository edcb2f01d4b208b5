package io.aftercall.rpc;

import com.google.protobuf.Value;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.logs.SecretsInUse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;

/** Writes down the notes that agents send, and what they fill in. */
final class SecretsShown implements ClientInterceptor {

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void sendMessage(Q message) {
                if (message instanceof CompleteAcwRequest completion) {
                    SecretsInUse.add(completion.getWrapUp().getNotes());
                    completion.getWrapUp().getFormValues().getFieldsMap().values().stream()
                            .map(Value::getStringValue)
                            .forEach(SecretsInUse::add);
                }
                super.sendMessage(message);
            }
        };
    }
}
