package io.aftercall.rpc;

import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.engine.AgentStore;
import io.aftercall.feed.BadToken;
import io.aftercall.feed.Delivery;
import io.aftercall.feed.ResumeToken;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.StateFilter;
import io.aftercall.feed.Subscription;
import io.aftercall.feed.TenantFeed;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** All open streams of this replica: one shard for each event loop and tenant. */
@Singleton
public final class AgentStateStreams {

    private static final Duration DEFAULT_BOOKMARKS = Duration.ofSeconds(5);
    private static final Duration SHORTEST_BOOKMARKS = Duration.ofMillis(100);
    private static final Duration LONGEST_BOOKMARKS = Duration.ofSeconds(60);

    /** Bytes that a stream may leave unsent and still be given more: who does not read leaves these and a message. */
    private static final int UNSENT = 8 * 1024;

    private final AgentStore store;
    private final ServedTenant.Directory tenants;
    private final LastingRights rights;
    private final StreamLimits limits;
    private final StreamListener listener;
    private final RandomGenerator random;
    private final StreamPlaces places;
    private final Map<Place, StreamShard> shards = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private record Place(EventLoop eventLoop, TenantFeed feed, boolean personal) {}

    private record Wish(StateFilter filter, Delivery delivery, Duration bookmarks, String token) {}

    AgentStateStreams(
            AgentStore store,
            LastingRights rights,
            ServedTenant.Directory tenants,
            StreamLimits limits,
            StreamListener listener,
            RandomGenerator random) {
        this.tenants = tenants;
        this.store = store;
        this.rights = rights;
        this.limits = limits;
        this.listener = listener;
        this.random = random;
        this.places = new StreamPlaces(limits);
    }

    /** How many places are taken: by open streams, by those that begin, and by those whose end is not yet delivered. */
    public int places() {
        return places.taken();
    }

    /** How many streams are open. */
    public int count() {
        return shards.values().stream().mapToInt(StreamShard::count).sum();
    }

    /** How many of them have subscribers who do not read what is there. */
    public int lagging() {
        return shards.values().stream().mapToInt(StreamShard::lagging).sum();
    }

    /** Refuses new streams; those that are open go on. */
    public void refuse() {
        closed.set(true);
    }

    /** How {@link #sendAway} would go now. */
    public Drain drain() {
        return Drain.of(count(), limits.drainWindow());
    }

    /** Tells all subscribers to go elsewhere and ends their streams; completes when the last has been told. */
    public CompletionStage<Void> sendAway() {
        Drain drain = drain();
        return CompletableFuture.allOf(shards.values().stream()
                .map(shard -> shard.sendAway(drain, random).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /**
     * Opens a stream, or ends the call with what stands against it. Its place is free again when the transport has
     * done with the call, and not before: what a client does not read takes memory until then.
     *
     * @param call whose caller the stream is counted for
     */
    void open(
            ServedTenant tenant,
            CurrentCall call,
            StreamAgentStatesRequest request,
            ServerCallStreamObserver<StreamAgentStatesResponse> observer) {
        EventLoop eventLoop = callersEventLoop();
        Runnable leave;
        try {
            leave = places.take(
                    call.countedAs(),
                    call.caller().tenant(),
                    tenants.quotas(call.caller().tenant()).streams().orElseThrow());
        } catch (StatusRuntimeException full) {
            observer.onError(full);
            return;
        }
        AtomicBoolean cancelled = new AtomicBoolean();
        boolean personal = call.grant().personal();
        Runnable still = rights.of(call, AgentStateServiceGrpc.getStreamAgentStatesMethod());
        StreamShard shard = shards.computeIfAbsent(
                new Place(eventLoop, tenant.feed(), personal),
                place -> new StreamShard(eventLoop, tenant, personal, limits, listener));
        AgentStateStream stream = shard.stream(observer);
        observer.setOnCancelHandler(() -> {
            cancelled.set(true);
            leave.run();
            eventLoop.execute(() -> shard.remove(stream));
        });
        observer.setOnCloseHandler(leave);
        observer.setOnReadyThreshold(UNSENT);
        observer.setOnReadyHandler(() -> eventLoop.execute(stream::pump));
        try {
            Wish wish = read(request);
            if (closed.get()) {
                throw GrpcErrors.notServing();
            }
            tenant.barrier()
                    .pass()
                    .thenApply(now -> subscription(tenant, wish, now))
                    .whenCompleteAsync(
                            (subscription, failure) -> {
                                if (failure != null) {
                                    observer.onError(GrpcErrors.of(failure));
                                } else if (closed.get()) {
                                    observer.onError(GrpcErrors.notServing());
                                } else if (!cancelled.get()) {
                                    shard.add(
                                            stream,
                                            subscription,
                                            wish.bookmarks(),
                                            limits.age(random.nextDouble()),
                                            still);
                                }
                            },
                            eventLoop);
        } catch (RuntimeException failure) {
            observer.onError(GrpcErrors.of(failure));
        }
    }

    private static Wish read(StreamAgentStatesRequest request) {
        FieldReader fields = new FieldReader();
        StateFilter filter = FilterProto.read(fields, request.getFilter());
        Delivery delivery =
                switch (request.getDelivery()) {
                    case STREAM_DELIVERY_UNSPECIFIED, STREAM_DELIVERY_CONFLATED -> Delivery.CONFLATED;
                    case STREAM_DELIVERY_EVERY_CHANGE -> Delivery.EVERY_CHANGE;
                    case UNRECOGNIZED -> {
                        fields.violations().add("delivery", "is not a value of this version of the contract");
                        yield Delivery.CONFLATED;
                    }
                };
        Duration bookmarks = fields.duration(
                "bookmark_interval_duration",
                request.hasBookmarkIntervalDuration(),
                request.getBookmarkIntervalDuration());
        if (bookmarks != null
                && (bookmarks.compareTo(SHORTEST_BOOKMARKS) < 0 || bookmarks.compareTo(LONGEST_BOOKMARKS) > 0)) {
            fields.violations().add("bookmark_interval_duration", "must be 100 ms to 60 s");
        }
        fields.violations().throwIfAny();
        return new Wish(filter, delivery, bookmarks == null ? DEFAULT_BOOKMARKS : bookmarks, request.getResumeToken());
    }

    private Subscription subscription(ServedTenant tenant, Wish wish, Instant now) {
        TenantFeed feed = tenant.feed();
        return wish.token().isEmpty()
                ? Subscription.fromSnapshot(feed, store, wish.filter(), wish.delivery(), now)
                : after(token(feed, wish.filter(), wish.token()), feed, wish);
    }

    private Subscription after(ResumeToken token, TenantFeed feed, Wish wish) {
        return Subscription.after(token.epoch(), token.revision(), feed, store, wish.filter(), wish.delivery());
    }

    /** A token that can be gone on from. The projection has passed the read barrier, so it knows the future. */
    private static ResumeToken token(TenantFeed feed, StateFilter filter, String text) {
        ResumeToken token = ResumeToken.decode(text)
                .filter(known -> known.tenant().equals(feed.tenant()) && known.filter() == filter.fingerprint())
                .orElseThrow(() -> new BadToken(BadToken.Reason.FOREIGN, 0));
        if (!token.epoch().equals(feed.epoch())) {
            throw new BadToken(BadToken.Reason.OTHER_EPOCH, 0);
        }
        if (token.revision() > feed.revision()) {
            throw new BadToken(BadToken.Reason.FROM_FUTURE, feed.revision());
        }
        return token;
    }

    private static EventLoop callersEventLoop() {
        Context context = Vertx.currentContext();
        if (context == null) {
            throw new IllegalStateException("A stream is opened on its connection's event loop");
        }
        return ((ContextInternal) context).nettyEventLoop();
    }
}
