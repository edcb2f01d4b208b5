package io.aftercall.rpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Connections that can all be cut at once, without a word of HTTP/2 before. */
final class CutConnections implements AutoCloseable {

    private final NioEventLoopGroup eventLoop = new NioEventLoopGroup(1);
    private final Queue<NioSocketChannel> sockets = new ConcurrentLinkedQueue<>();
    private final List<ManagedChannel> channels;

    CutConnections(int port, int count) {
        channels = Stream.generate(() -> NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .eventLoopGroup(eventLoop)
                        .channelFactory(this::socket)
                        .build())
                .limit(count)
                .toList();
    }

    /** Users spread evenly by passing their number. */
    ManagedChannel channel(int user) {
        return channels.get(user % channels.size());
    }

    /** How many there have been. */
    int opened() {
        return sockets.size();
    }

    /** As a dying machine does: each connection is reset. */
    void cut() {
        eventLoop.submit(() -> sockets.forEach(socket -> {
            socket.config().setSoLinger(0);
            // Past the handlers, which would say good-bye.
            socket.unsafe().close(socket.voidPromise());
        }));
    }

    private NioSocketChannel socket() {
        NioSocketChannel socket = new NioSocketChannel();
        sockets.add(socket);
        return socket;
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        eventLoop.shutdownGracefully();
    }
}
