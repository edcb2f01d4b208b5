package io.aftercall.rpc;

import com.google.protobuf.Value;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.logs.SecretsInUse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;
import java.util.stream.Stream;

/** Writes down the notes that agents send, and what they fill in. */
final class SecretsShown implements ClientInterceptor {

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void sendMessage(Q message) {
                if (message instanceof CompleteAcwRequest completion) {
                    add(completion.getWrapUp());
                }
                if (message instanceof CreateFollowUpRequest promise) {
                    SecretsInUse.add(promise.getDetails().getNote());
                }
                if (message instanceof SaveWrapUpRequest draft) {
                    add(draft.getWrapUp());
                }
                super.sendMessage(message);
            }
        };
    }

    private static void add(WrapUp wrapUp) {
        Stream.of(wrapUp.getSubject(), wrapUp.getNotes(), wrapUp.getActionsTaken(), wrapUp.getActionsRecommended())
                .filter(text -> !text.isEmpty())
                .forEach(SecretsInUse::add);
        SecretsInUse.add(wrapUp.getEmailSummary().getAddress());
        wrapUp.getFormValues().getFieldsMap().values().stream()
                .map(Value::getStringValue)
                .forEach(SecretsInUse::add);
    }
}
