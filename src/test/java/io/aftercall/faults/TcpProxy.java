package io.aftercall.faults;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/** A network between two processes of this machine that can be made to fail. */
public final class TcpProxy implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final long SLOWNESS_MILLIS = 40;

    /** How it behaves. */
    public enum Weather {
        FAIR,
        /** Each piece of data is late. */
        SLOW,
        /** Nothing gets through, and both ends think that they are connected. Afterwards all of it comes. */
        STALLED,
        /** As before, but the connections never recover. */
        HALF_OPEN,
        /** Connections are cut, and so is each new one. */
        CUT
    }

    private final NetServer server;
    private final NetClient client;
    private final Vertx vertx;
    private volatile IntSupplier target;
    /** Used by the one event loop only, as is all else below. */
    private final Set<Link> links = new HashSet<>();

    private Weather weather = Weather.FAIR;

    /**
     * @param vertx with one event loop
     * @param target the port that connections are passed on to
     */
    public TcpProxy(Vertx vertx, int target) {
        this(vertx, () -> target);
    }

    /**
     * @param target asked, on the event loop, for the port that a connection is passed on to
     */
    TcpProxy(Vertx vertx, IntSupplier target) {
        this.vertx = vertx;
        this.target = target;
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer().connectHandler(this::accept);
        server.listen(0, LOOPBACK).toCompletionStage().toCompletableFuture().join();
    }

    public int port() {
        return server.actualPort();
    }

    /** From now on connections are passed on to another port. */
    void to(int other) {
        target = () -> other;
    }

    /** Returns when it holds. */
    public void turn(Weather other) {
        CompletableFuture<Void> turned = new CompletableFuture<>();
        vertx.runOnContext(now -> {
            Weather before = weather;
            weather = other;
            Set.copyOf(links).forEach(link -> link.turn(before));
            turned.complete(null);
        });
        turned.join();
    }

    @Override
    public void close() {
        turn(Weather.CUT);
        server.close().toCompletionStage().toCompletableFuture().join();
        client.close().toCompletionStage().toCompletableFuture().join();
    }

    private void accept(NetSocket caller) {
        if (weather == Weather.CUT) {
            caller.close();
            return;
        }
        caller.pause();
        Link link = new Link(caller);
        links.add(link);
        client.connect(target.getAsInt(), LOOPBACK).onSuccess(link::join).onFailure(refused -> link.cut());
    }

    private boolean still() {
        return weather == Weather.STALLED || weather == Weather.HALF_OPEN;
    }

    /** One connection, from end to end. */
    private final class Link {

        private final NetSocket caller;
        private NetSocket callee;
        private boolean ended;
        /** The ends from which something is held back for a while. */
        private final Set<NetSocket> late = new HashSet<>();

        Link(NetSocket caller) {
            this.caller = caller;
            caller.closeHandler(closed -> closed());
        }

        void join(NetSocket reached) {
            callee = reached;
            callee.closeHandler(closed -> closed());
            if (!links.contains(this)) {
                callee.close();
                return;
            }
            caller.handler(data -> pass(data, caller, callee));
            callee.handler(data -> pass(data, callee, caller));
            callee.pause();
            flow();
        }

        void turn(Weather before) {
            if (weather == Weather.CUT || before == Weather.HALF_OPEN || ended && !still()) {
                cut();
            } else {
                flow();
            }
        }

        private void flow() {
            if (callee == null) {
                return;
            }
            flow(caller);
            flow(callee);
        }

        private void flow(NetSocket end) {
            if (still() || late.contains(end)) {
                end.pause();
            } else {
                end.resume();
            }
        }

        /** In order, as nothing more is read from an end until what came from it is on its way. */
        private void pass(Buffer data, NetSocket from, NetSocket to) {
            if (weather != Weather.SLOW) {
                to.write(data);
                return;
            }
            late.add(from);
            flow(from);
            vertx.setTimer(SLOWNESS_MILLIS, now -> {
                to.write(data);
                late.remove(from);
                flow(from);
            });
        }

        /** The other end is not told while nothing gets through. */
        private void closed() {
            ended = true;
            if (!still()) {
                cut();
            }
        }

        void cut() {
            links.remove(this);
            caller.close();
            if (callee != null) {
                callee.close();
            }
        }
    }
}
