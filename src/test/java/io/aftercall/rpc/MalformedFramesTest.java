package io.aftercall.rpc;

import static io.aftercall.rpc.RawHttp2.END_HEADERS;
import static io.aftercall.rpc.RawHttp2.END_STREAM;
import static io.netty.handler.codec.http2.Http2FrameTypes.CONTINUATION;
import static io.netty.handler.codec.http2.Http2FrameTypes.DATA;
import static io.netty.handler.codec.http2.Http2FrameTypes.HEADERS;
import static io.netty.handler.codec.http2.Http2FrameTypes.PING;
import static io.netty.handler.codec.http2.Http2FrameTypes.SETTINGS;
import static io.netty.handler.codec.http2.Http2FrameTypes.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.logs.LogRecords;
import io.grpc.Status.Code;
import io.netty.handler.codec.http2.Http2Error;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever nonsense a client sends, it loses its call or its connection, and nobody else notices. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class MalformedFramesTest {

    private static final String GET =
            AgentStateServiceGrpc.getGetAgentStateMethod().getFullMethodName();
    private static final String STREAM =
            AgentStateServiceGrpc.getStreamAgentStatesMethod().getFullMethodName();
    private static final byte[] REQUEST =
            GetAgentStateRequest.newBuilder().setAgentId("nobody").build().toByteArray();
    /** A field of 80 bytes that ends after none. */
    private static final byte[] TRUNCATED = {0x0a, 80};
    /** A group in a group, and so on, none of which the contract knows. */
    private static final byte[] NESTED = nested(8_000);

    @RegisterExtension
    final LogRecords log = new LogRecords();

    @RegisterExtension
    final Client other = new Client();

    @Inject
    AgentStateStreams streams;

    private final String agent = Client.fresh("agent");
    private Subscriber watching;

    private interface Nonsense {
        void say(RawHttp2 connection) throws Exception;
    }

    private enum Connection {
        HTTP_1(Http2Error.PROTOCOL_ERROR, to -> to.write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII))),
        NOISE(Http2Error.PROTOCOL_ERROR, to -> to.write(new byte[100])),
        SETTINGS_OF_5_BYTES(Http2Error.FRAME_SIZE_ERROR, to -> to.greet().send(SETTINGS, 0, 0, new byte[5])),
        PING_OF_7_BYTES(Http2Error.FRAME_SIZE_ERROR, to -> to.greet().send(PING, 0, 0, new byte[7])),
        FRAME_TOO_LONG(Http2Error.FRAME_SIZE_ERROR, to -> to.greet().send(DATA, 0, 1, new byte[16_385])),
        WINDOW_OF_0(Http2Error.PROTOCOL_ERROR, to -> to.greet().send(WINDOW_UPDATE, 0, 0, new byte[4])),
        DATA_OF_NO_STREAM(Http2Error.PROTOCOL_ERROR, to -> to.greet().send(DATA, 0, 0, new byte[4])),
        DATA_BEFORE_HEADERS(Http2Error.PROTOCOL_ERROR, to -> to.greet().send(DATA, 0, 1, new byte[4])),
        A_SERVERS_STREAM(Http2Error.PROTOCOL_ERROR, to -> to.greet().call(2, GET)),
        LONE_CONTINUATION(Http2Error.PROTOCOL_ERROR, to -> to.greet().send(CONTINUATION, END_HEADERS, 1, new byte[4])),
        HEADERS_UNREADABLE(
                Http2Error.COMPRESSION_ERROR, to -> to.greet().send(HEADERS, END_HEADERS, 1, (byte) 0xff, (byte) 0xff));

        private final Http2Error answer;
        private final Nonsense nonsense;

        Connection(Http2Error answer, Nonsense nonsense) {
            this.answer = answer;
            this.nonsense = nonsense;
        }
    }

    private enum Message {
        RESERVED_FLAG(Code.INTERNAL, to -> to.message(1, 2, REQUEST.length, REQUEST)),
        COMPRESSED_BY_NOTHING(Code.INTERNAL, to -> to.message(1, 1, REQUEST.length, REQUEST)),
        SHORTER_THAN_ITS_LENGTH(Code.INTERNAL, to -> to.message(1, 0, REQUEST.length + 1, REQUEST)),
        TOO_LONG(Code.RESOURCE_EXHAUSTED, to -> to.message(1, 0, 2 * 1024 * 1024 + 1, REQUEST)),
        OF_NEGATIVE_LENGTH(Code.RESOURCE_EXHAUSTED, to -> to.message(1, 0, -1, REQUEST)),
        TRUNCATED_PROTOBUF(Code.UNKNOWN, to -> to.message(1, 0, TRUNCATED.length, TRUNCATED)),
        DEEPLY_NESTED(Code.UNKNOWN, to -> to.message(1, 0, NESTED.length, NESTED)),
        NONE(Code.INTERNAL, to -> to.send(DATA, END_STREAM, 1));

        private final Code answer;
        private final Nonsense nonsense;

        Message(Code answer, Nonsense nonsense) {
            this.answer = answer;
            this.nonsense = nonsense;
        }
    }

    @BeforeEach
    void somebodyElseIsThere() {
        watching = Subscriber.to(
                        other.channel(),
                        StreamAgentStatesRequest.newBuilder()
                                .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
                                .build())
                .untilSnapshotEnd();
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotSpeakHttp2LosesHisConnection(Connection broken) throws Exception {
        try (RawHttp2 connection = connection()) {
            broken.nonsense.say(connection);

            assertThat(connection.untilClosed()).contains(broken.answer);
        }
        nobodyElseNotices();
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatIsNoneEndsItsCallAndTheConnectionGoesOn(Message broken) throws Exception {
        try (RawHttp2 connection = connection().greet()) {
            broken.nonsense.say(connection.call(1, GET));

            assertThat(connection.untilStatus(1)).isEqualTo(broken.answer);
            connection.call(3, GET).message(3, 0, REQUEST.length, REQUEST);
            assertThat(connection.untilStatus(3)).isEqualTo(Code.NOT_FOUND);
        }
        nobodyElseNotices();
    }

    @ParameterizedTest
    @EnumSource
    void neitherDoesItOpenAStream(Message broken) throws Exception {
        try (RawHttp2 connection = connection().greet()) {
            broken.nonsense.say(connection.call(1, STREAM));

            assertThat(connection.untilStatus(1)).isEqualTo(broken.answer);
        }
        nobodyElseNotices();
    }

    @Test
    void whoGoesOnAfterTheEndOfHisRequestLosesHisStream() throws Exception {
        try (RawHttp2 connection = connection().greet()) {
            connection.call(1, STREAM).message(1, 0, 0).send(DATA, 0, 1, new byte[4]);

            assertThat(connection.untilReset(1)).isEqualTo(Http2Error.STREAM_CLOSED);
            connection.call(3, GET).message(3, 0, REQUEST.length, REQUEST);
            assertThat(connection.untilStatus(3)).isEqualTo(Code.NOT_FOUND);
        }
        nobodyElseNotices();
    }

    private void nobodyElseNotices() {
        assertThat(other.startAcw(agent, "call").getAlreadyStarted()).isFalse();
        assertThat(watching.untilChanges(1).ended()).isNotDone();
        await().untilAsserted(() -> assertThat(streams.places()).isEqualTo(1));
        assertThat(log.all())
                .filteredOn(logged -> logged.getThrown() != null)
                .extracting(LogRecord::getLoggerName)
                .as("who logs a stack trace")
                .noneMatch(logger -> logger.startsWith("io.grpc"));
    }

    private static byte[] nested(int depth) {
        byte[] groups = new byte[2 * depth];
        for (int i = 0; i < groups.length; i += 2) {
            groups[i] = (byte) 0xc3;
            groups[i + 1] = 0x3e;
        }
        return groups;
    }

    private static RawHttp2 connection() throws Exception {
        return new RawHttp2(ConfigProvider.getConfig().getValue(FreePorts.GRPC_PORT_KEY, Integer.class));
    }
}
