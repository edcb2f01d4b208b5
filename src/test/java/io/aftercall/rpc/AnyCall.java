package io.aftercall.rpc;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.TimeUnit;

/** A call with one message, of whatever method. */
final class AnyCall {

    private AnyCall() {}

    static Message prototype(MethodDescriptor<?, ?> method) {
        return (Message) ((PrototypeMarshaller<?>) method.getRequestMarshaller()).getMessagePrototype();
    }

    /** How it ends; OK if a stream begins. */
    @SuppressWarnings("unchecked")
    static Status.Code status(Channel channel, MethodDescriptor<?, ?> of, Message request) {
        MethodDescriptor<Message, Message> method = (MethodDescriptor<Message, Message>) of;
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
        try {
            if (method.getType() == MethodType.UNARY) {
                ClientCalls.blockingUnaryCall(channel, method, options, request);
            } else if (method.getType() == MethodType.CLIENT_STREAMING) {
                return ClientStream.of(channel, method, options, request);
            } else {
                ClientCalls.blockingServerStreamingCall(channel, method, options, request)
                        .hasNext();
            }
            return Status.Code.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        }
    }
}
