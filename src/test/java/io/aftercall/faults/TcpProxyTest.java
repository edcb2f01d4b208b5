package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.faults.TcpProxy.Weather;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TcpProxyTest {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Buffer heard = Buffer.buffer();
    private final AtomicBoolean ended = new AtomicBoolean();
    private TcpProxy proxy;

    @BeforeEach
    void echo() {
        int port = vertx.createNetServer()
                .connectHandler(caller -> caller.handler(caller::write))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        proxy = new TcpProxy(vertx, port);
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIR", "SLOW"})
    void everythingGetsThroughInOrder(Weather weather) {
        proxy.turn(weather);
        NetSocket caller = connect();

        caller.write("one ");
        await().until(() -> text().equals("one "));
        caller.write("two ");
        proxy.turn(Weather.FAIR);
        caller.write("three");

        await().until(() -> text().equals("one two three"));
    }

    @Test
    void whatWasStalledComesAfterwards() {
        NetSocket caller = connect();
        proxy.turn(Weather.STALLED);
        caller.write("held up").toCompletionStage().toCompletableFuture().join();

        assertThat(text()).isEmpty();
        proxy.turn(Weather.FAIR);
        await().until(() -> text().equals("held up"));
    }

    @Test
    void aHalfOpenConnectionNeverRecovers() {
        NetSocket caller = connect();
        proxy.turn(Weather.HALF_OPEN);
        caller.write("lost").toCompletionStage().toCompletableFuture().join();

        assertThat(ended).isFalse();
        proxy.turn(Weather.FAIR);
        await().untilTrue(ended);
        assertThat(text()).isEmpty();
    }

    @Test
    void aCutEndsConnectionsOldAndNew() {
        connect();
        proxy.turn(Weather.CUT);
        await().untilTrue(ended);

        ended.set(false);
        connect();
        await().untilTrue(ended);
    }

    private String text() {
        synchronized (heard) {
            return heard.toString();
        }
    }

    /** Listens from the connection's own thread, before anything can come. */
    private NetSocket connect() {
        return vertx.createNetClient()
                .connect(proxy.port(), "127.0.0.1")
                .map(this::listening)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private NetSocket listening(NetSocket caller) {
        caller.closeHandler(closed -> ended.set(true));
        return caller.handler(data -> {
            synchronized (heard) {
                heard.appendBuffer(data);
            }
        });
    }
}
