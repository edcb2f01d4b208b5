package io.aftercall.rpc.rest;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import io.grpc.Attributes;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/** Shows the services from which address a call came over HTTP; only of calls within this process. */
final class CallOrigin implements ServerInterceptor {

    static final Metadata.Key<String> ADDRESS = Metadata.Key.of("origin-address", ASCII_STRING_MARSHALLER);

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Attributes attributes = call.getAttributes().toBuilder()
                .set(
                        Grpc.TRANSPORT_ATTR_REMOTE_ADDR,
                        new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(headers.get(ADDRESS)), 0))
                .build();
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public Attributes getAttributes() {
                        return attributes;
                    }
                },
                headers);
    }
}
