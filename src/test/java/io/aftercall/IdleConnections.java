package io.aftercall;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections of clients who take the server's time and want nothing. */
final class IdleConnections implements AutoCloseable {

    private final InetSocketAddress server;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer heard = ByteBuffer.allocate(4_096);

    IdleConnections(int port) {
        server = new InetSocketAddress("127.0.0.1", port);
    }

    /** Opens so many, each of which says this and then nothing. */
    void open(int count, byte... said) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channel.write(ByteBuffer.wrap(said));
            channel.configureBlocking(false);
            channels.add(channel);
        }
    }

    /** Says one byte more on each that is open. */
    void trickle(int octet) {
        channels.removeIf(channel -> {
            try {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) octet}));
                return false;
            } catch (IOException closed) {
                return close(channel);
            }
        });
    }

    /** How many the server has not closed. */
    int open() {
        channels.removeIf(channel -> ended(channel) && close(channel));
        return channels.size();
    }

    private boolean ended(SocketChannel channel) {
        try {
            int read;
            do {
                heard.clear();
                read = channel.read(heard);
            } while (read > 0);
            return read < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private static boolean close(SocketChannel channel) {
        try {
            channel.close();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first words of a client of HTTP/2. */
    static byte[] greeting() {
        return bytes(greetingFollowedBy(Http2FrameTypes.SETTINGS, 0));
    }

    /** The same, and the beginning of a call's headers, of which 8 KiB are said to come. */
    static byte[] beginningOfHeaders() {
        ByteBuf begun = greetingFollowedBy(Http2FrameTypes.SETTINGS, 0);
        return bytes(frame(begun, 8_192, Http2FrameTypes.HEADERS, 1));
    }

    private static ByteBuf greetingFollowedBy(byte type, int length) {
        return frame(Unpooled.buffer().writeBytes(Http2CodecUtil.connectionPrefaceBuf()), length, type, 0);
    }

    private static ByteBuf frame(ByteBuf to, int length, byte type, int stream) {
        return to.writeMedium(length).writeByte(type).writeByte(0).writeInt(stream);
    }

    private static byte[] bytes(ByteBuf said) {
        return ByteBufUtil.getBytes(said);
    }

    @Override
    public void close() {
        channels.forEach(IdleConnections::close);
    }
}
