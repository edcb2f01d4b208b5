package io.aftercall.bench.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Some connections to one server. No call lasts for ever: a unary one gets {@link #CALL_SECONDS}, a stream
 * {@link #STREAM_SECONDS}. Answers arrive on the connection's event loop, so whoever takes one must not block.
 */
public final class Connections implements AutoCloseable {
    /** The longest that a unary call may take, in seconds. */
    public static final long CALL_SECONDS = 10;

    /** The longest that a stream may last, in seconds. */
    public static final long STREAM_SECONDS = 3_600;

    /** HTTP/2's own default, in bytes; it does not grow when it is set. */
    private static final int NARROW_WINDOW = 65_535;

    private final List<ManagedChannel> channels;

    Connections(String target, int count) {
        this(count, Access.OPEN, () -> NettyChannelBuilder.forTarget(target));
    }

    private Connections(int count, Access access, Supplier<NettyChannelBuilder> builder) {
        channels = IntStream.range(0, count)
                .mapToObj(i -> access.open(builder.get())
                        .directExecutor()
                        .intercept(new Deadline())
                        .build())
                .toList();
    }

    /**
     * Opens connections to a server of this machine; they connect when they are first used.
     *
     * @param count how many, at least 1
     */
    public static Connections onLoopback(int port, int count) {
        return onLoopback(port, count, Access.OPEN);
    }

    /** As {@link #onLoopback(int, int)}, spoken to like this. */
    public static Connections onLoopback(int port, int count, Access access) {
        return new Connections(count, access, () -> NettyChannelBuilder.forTarget("localhost:" + port));
    }

    /**
     * As {@link #onLoopback(int, int)}, but what nobody reads stays with the server: the client takes no more than 64 KiB of it
     * for each stream, where it would take megabytes.
     */
    public static Connections narrow(int port, int count) {
        return new Connections(count, Access.OPEN, () -> NettyChannelBuilder.forAddress("localhost", port)
                .flowControlWindow(NARROW_WINDOW));
    }

    /**
     * Returns a connection; callers spread evenly by passing their number.
     *
     * @param caller any number from 0
     */
    public Channel channel(int caller) {
        return channels.get(caller % channels.size());
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        for (ManagedChannel channel : channels) {
            try {
                channel.awaitTermination(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Deadline implements ClientInterceptor {
        @Override
        public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            boolean unary = method.getType() == MethodDescriptor.MethodType.UNARY;
            return next.newCall(
                    method, options.withDeadlineAfter(unary ? CALL_SECONDS : STREAM_SECONDS, TimeUnit.SECONDS));
        }
    }
}
