package io.aftercall.rpc;

import static io.netty.handler.codec.http2.Http2FrameTypes.DATA;
import static io.netty.handler.codec.http2.Http2FrameTypes.GO_AWAY;
import static io.netty.handler.codec.http2.Http2FrameTypes.HEADERS;
import static io.netty.handler.codec.http2.Http2FrameTypes.RST_STREAM;
import static io.netty.handler.codec.http2.Http2FrameTypes.SETTINGS;

import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;

/** The client's end of a connection, frame by frame: it says what no library would. */
final class RawHttp2 implements AutoCloseable {

    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder headersDecoder = new DefaultHttp2HeadersDecoder();

    private record Frame(byte type, boolean last, int stream, ByteBuf payload) {}

    /** Says nothing yet. */
    RawHttp2(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** The preface and settings that leave all at its default. */
    RawHttp2 greet() throws IOException {
        return write(ByteBufUtil.getBytes(Http2CodecUtil.connectionPrefaceBuf()))
                .send(SETTINGS, 0, 0);
    }

    RawHttp2 send(byte type, int flags, int stream, byte... payload) throws IOException {
        ByteBuf frame = Unpooled.buffer();
        frame.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
        return write(ByteBufUtil.getBytes(frame.writeBytes(payload)));
    }

    /** Begins a call. */
    RawHttp2 call(int stream, String method) throws IOException, Http2Exception {
        Http2Headers headers = new DefaultHttp2Headers()
                .method("POST")
                .scheme("http")
                .path('/' + method)
                .authority("localhost")
                .add("content-type", "application/grpc")
                .add("te", "trailers");
        ByteBuf block = Unpooled.buffer();
        new DefaultHttp2HeadersEncoder().encodeHeaders(stream, headers, block);
        return send(HEADERS, END_HEADERS, stream, ByteBufUtil.getBytes(block));
    }

    /** The last message of a call. */
    RawHttp2 message(int stream, int flag, int length, byte... content) throws IOException {
        ByteBuf message = Unpooled.buffer().writeByte(flag).writeInt(length).writeBytes(content);
        return send(DATA, END_STREAM, stream, ByteBufUtil.getBytes(message));
    }

    RawHttp2 write(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Why the server closes the connection; empty if it does so without a word. */
    Optional<Http2Error> untilClosed() throws IOException {
        Optional<Http2Error> reason = Optional.empty();
        for (Optional<Frame> said = read(); said.isPresent(); said = read()) {
            if (said.get().type() == GO_AWAY) {
                reason = Optional.of(Http2Error.valueOf(said.get().payload().getUnsignedInt(4)));
            }
        }
        return reason;
    }

    /** How a call ends. */
    Status.Code untilStatus(int stream) throws IOException, Http2Exception {
        while (true) {
            Frame said = next();
            if (said.type() == HEADERS) {
                Http2Headers headers = headersDecoder.decodeHeaders(said.stream(), said.payload());
                if (said.stream() == stream && said.last()) {
                    return Status.fromCodeValue(headers.getInt("grpc-status")).getCode();
                }
            }
        }
    }

    /** Why a stream is reset. */
    Http2Error untilReset(int stream) throws IOException {
        Frame said = next();
        while (said.type() != RST_STREAM || said.stream() != stream) {
            said = next();
        }
        return Http2Error.valueOf(said.payload().getUnsignedInt(0));
    }

    private Frame next() throws IOException {
        return read().orElseThrow(() -> new EOFException("The server has closed the connection"));
    }

    /** Empty when the server has closed the connection. */
    private Optional<Frame> read() throws IOException {
        try {
            byte[] payload = new byte[in.readUnsignedShort() << 8 | in.readUnsignedByte()];
            byte type = in.readByte();
            boolean last = (in.readUnsignedByte() & END_STREAM) != 0;
            int stream = in.readInt();
            in.readFully(payload);
            return Optional.of(new Frame(type, last, stream, Unpooled.wrappedBuffer(payload)));
        } catch (EOFException | SocketException closed) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
