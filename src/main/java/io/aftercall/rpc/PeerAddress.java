package io.aftercall.rpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Where a call comes from. What is allowed to each caller is counted by it as long as the server does not ask for
 * credentials; clients behind one proxy are one caller then.
 */
@Singleton
@GlobalInterceptor
public class PeerAddress implements ServerInterceptor {

    private static final Context.Key<String> ADDRESS = Context.key("peer-address");

    /** The address, without the port, that the call under way comes from. */
    static String ofThisCall() {
        return ADDRESS.get();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
            // Only streams are counted, and unary calls are many.
            return next.startCall(call, headers);
        }
        SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        Context context = Context.current().withValue(ADDRESS, text(peer));
        return Contexts.interceptCall(context, call, headers, next);
    }

    private static String text(SocketAddress peer) {
        return peer instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : String.valueOf(peer);
    }
}
