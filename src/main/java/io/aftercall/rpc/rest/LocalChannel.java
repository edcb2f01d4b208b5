package io.aftercall.rpc.rest;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import jakarta.inject.Singleton;

/** The contract for clients within this process, who pass the same guard as all others. */
@Singleton
public class LocalChannel {

    private final Channel channel;

    LocalChannel(LocalServices services) {
        Metadata headers = new Metadata();
        headers.put(CallOrigin.ADDRESS, "127.0.0.1");
        channel = ClientInterceptors.intercept(services.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Calls come from this machine's loopback address, without credentials. */
    public Channel channel() {
        return channel;
    }
}
