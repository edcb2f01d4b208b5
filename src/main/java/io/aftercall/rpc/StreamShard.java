package io.aftercall.rpc;

import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.engine.CommittedChange;
import io.aftercall.feed.FeedListener;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.Subscription;
import io.aftercall.feed.TenantFeed;
import io.grpc.stub.ServerCallStreamObserver;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** The streams of one event loop, tenant and view: woken together, by one task however many changes there are. */
final class StreamShard implements FeedListener {

    private final EventLoop eventLoop;
    private final ServedTenant tenant;
    private final StreamLimits limits;
    private final StreamListener listener;
    private final Set<AgentStateStream> streams = ConcurrentHashMap.newKeySet();
    private final SharedMessages messages;
    /** How often something came since the streams were last served. */
    private final AtomicInteger wakes = new AtomicInteger();

    private final FanOutPace pace = new FanOutPace();
    private Future<?> ticking;
    private volatile int lagging;

    /**
     * @param personal whether its subscribers may see what is said of persons
     */
    StreamShard(
            EventLoop eventLoop, ServedTenant tenant, boolean personal, StreamLimits limits, StreamListener listener) {
        this.eventLoop = eventLoop;
        this.tenant = tenant;
        this.limits = limits;
        this.listener = listener;
        this.messages = new SharedMessages(
                tenant.forecast()::available, personal ? UnaryOperator.identity() : Impersonal::of, listener);
        tenant.feed().listen(this);
    }

    /** A stream that is not yet served. */
    AgentStateStream stream(ServerCallStreamObserver<StreamAgentStatesResponse> call) {
        return new AgentStateStream(call, eventLoop, tenant.clock(), messages);
    }

    int count() {
        return streams.size();
    }

    /** Of those, whose subscribers did not read what was there when they were last looked at. */
    int lagging() {
        return lagging;
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
        if (!streams.isEmpty() && wakes.getAndIncrement() == 0) {
            eventLoop.execute(this::pumpInTime);
        }
    }

    void add(
            AgentStateStream stream,
            Subscription subscription,
            Duration bookmarks,
            Duration age,
            Runnable stillAllowed) {
        streams.add(stream);
        stream.start(subscription, bookmarks, age, stillAllowed, why -> {
            streams.remove(stream);
            listener.ended(why);
        });
        if (ticking == null) {
            long tick = limits.tick().toMillis();
            ticking = eventLoop.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.MILLISECONDS);
        }
    }

    void remove(AgentStateStream stream) {
        stream.cancelled();
    }

    CompletionStage<Void> sendAway(Drain drain, RandomGenerator random) {
        // On the event loop, where streams are added: none comes in between.
        return CompletableFuture.supplyAsync(() -> partings(drain, random), eventLoop)
                .thenCompose(partings -> drain.spread(partings, eventLoop));
    }

    private List<Runnable> partings(Drain drain, RandomGenerator random) {
        return streams.stream()
                .<Runnable>map(
                        stream -> () -> stream.goAway(drain.reconnectAfter(random.nextDouble()), StreamEnd.DRAINED))
                .toList();
    }

    private void pumpInTime() {
        Duration left = pace.left(tenant.clock().local());
        if (left.isZero()) {
            pump();
        } else {
            eventLoop.schedule(this::pump, left.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void pump() {
        Instant begun = tenant.clock().local();
        int served = wakes.get();
        try {
            streams.forEach(AgentStateStream::pump);
        } finally {
            // Behind what the streams have given to the transport to write out.
            eventLoop.execute(() -> pumped(begun, served));
        }
    }

    private void pumped(Instant begun, int served) {
        pace.served(begun, tenant.clock().local());
        TenantFeed feed = tenant.feed();
        feed.change(feed.revision())
                .ifPresent(latest -> listener.written(
                        Duration.between(latest.time(), tenant.clock().now())));
        if (wakes.addAndGet(-served) > 0) {
            pumpInTime();
        }
    }

    private void tick() {
        if (streams.isEmpty()) {
            ticking.cancel(false);
            ticking = null;
        }
        int stuck = 0;
        for (AgentStateStream stream : streams) {
            stream.tick(limits.maxLag());
            stuck += stream.stuck() ? 1 : 0;
        }
        lagging = stuck;
    }
}
