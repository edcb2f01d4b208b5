package io.aftercall.rpc;

import io.aftercall.engine.CommittedChange;
import io.aftercall.feed.FeedListener;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.Subscription;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** The streams of one event loop: woken together, by one task however many changes there are. */
final class StreamShard implements FeedListener {

    private final EventLoop eventLoop;
    private final ServedTenant tenant;
    private final StreamLimits limits;
    private final Set<AgentStateStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean woken = new AtomicBoolean();
    private Future<?> ticking;

    StreamShard(EventLoop eventLoop, ServedTenant tenant, StreamLimits limits) {
        this.eventLoop = eventLoop;
        this.tenant = tenant;
        this.limits = limits;
        tenant.feed().listen(this);
    }

    int count() {
        return streams.size();
    }

    @Override
    public void reset() {
        wake();
    }

    @Override
    public void applied(List<CommittedChange> changes) {
        wake();
    }

    private void wake() {
        if (!streams.isEmpty() && woken.compareAndSet(false, true)) {
            eventLoop.execute(this::pump);
        }
    }

    void add(AgentStateStream stream, Subscription subscription, Duration bookmarks, Duration age) {
        streams.add(stream);
        stream.start(subscription, bookmarks, age, () -> streams.remove(stream));
        if (ticking == null) {
            long tick = limits.tick().toMillis();
            ticking = eventLoop.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.MILLISECONDS);
        }
    }

    void remove(AgentStateStream stream) {
        streams.remove(stream);
        stream.cancelled();
    }

    CompletionStage<Void> sendAway(Drain drain, RandomGenerator random) {
        // On the event loop, where streams are added: none comes in between.
        return CompletableFuture.supplyAsync(() -> partings(drain, random), eventLoop)
                .thenCompose(partings -> drain.spread(partings, eventLoop));
    }

    private List<Runnable> partings(Drain drain, RandomGenerator random) {
        return streams.stream()
                .<Runnable>map(stream -> () -> stream.goAway(drain.reconnectAfter(random.nextDouble())))
                .toList();
    }

    private void pump() {
        woken.set(false);
        streams.forEach(AgentStateStream::pump);
    }

    private void tick() {
        if (streams.isEmpty()) {
            ticking.cancel(false);
            ticking = null;
        }
        streams.forEach(stream -> stream.tick(limits.maxLag()));
    }
}
