package io.aftercall.handoff;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Looks hosts up on threads of its own, one at a time for each: a name that nobody answers for holds up neither other
 * names nor the rest of the server.
 */
final class HostLookup {

    private static final int THREADS = 32;

    private final WorkerExecutor threads;
    private final Resolver resolver;
    private final Duration patience;
    private final Map<String, Future<InetAddress[]>> asked = new ConcurrentHashMap<>();

    /** Who knows; may take his time. */
    interface Resolver {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /**
     * @param patience for how long an answer is waited for
     */
    HostLookup(Vertx vertx, Resolver resolver, Duration patience) {
        this.threads = vertx.createSharedWorkerExecutor("aftercall-host-lookup", THREADS);
        this.resolver = resolver;
        this.patience = patience;
    }

    /**
     * All addresses of a host.
     *
     * @return fails with {@link UnknownHostException}, or {@link java.util.concurrent.TimeoutException} if that is not
     *     known in time
     */
    Future<InetAddress[]> find(String host) {
        Future<InetAddress[]> found =
                asked.computeIfAbsent(host, name -> threads.executeBlocking(() -> resolver.all(name), false));
        found.onComplete(known -> asked.remove(host, found));
        return found.timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
