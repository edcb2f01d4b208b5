package io.aftercall.handoff;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver that speaks HTTP as badly as it is told to, and knows who is still connected. */
final class RawReceiver implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Manners manners;
    private final AtomicInteger callers = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();

    /** What is said to a caller whose request has come; the connection stays open afterwards. */
    interface Manners {
        void answer(OutputStream out) throws IOException;
    }

    RawReceiver(Manners manners) throws IOException {
        this.manners = manners;
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    static Manners saying(String words) {
        return out -> out.write(words.getBytes(US_ASCII));
    }

    /** For as long as anybody listens. */
    static Manners sayingForEver(String head, String part) {
        return out -> {
            saying(head).answer(out);
            while (true) {
                saying(part).answer(out);
            }
        };
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many connections there were. */
    int callers() {
        return callers.get();
    }

    /** How many of them have not been closed by the other side. */
    int connected() {
        return connected.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                callers.incrementAndGet();
                connected.incrementAndGet();
                threads.execute(() -> serve(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            InputStream in = caller.getInputStream();
            if (in.read(new byte[65_536]) > 0) {
                manners.answer(caller.getOutputStream());
            }
            while (in.read(new byte[65_536]) >= 0) {
                // Until the other side closes it.
            }
        } catch (IOException gone) {
            // That is closed, too.
        } finally {
            connected.decrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
