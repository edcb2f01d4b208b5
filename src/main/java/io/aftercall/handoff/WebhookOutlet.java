package io.aftercall.handoff;

import io.aftercall.delivery.Receipt;
import io.aftercall.delivery.Receipt.Kind;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.DeliveryQueue.Target;
import io.aftercall.security.NetworkGuard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * POSTs events to where tenants want them. Every attempt looks the host up, and goes to the address that was found good,
 * so that no name can lead elsewhere afterwards; redirects are not followed.
 */
public final class WebhookOutlet implements Outlet {

    /** For each of them: that the host is looked up, and that somebody is there. */
    private static final Duration LOOKING_UP = Duration.ofSeconds(5);

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /** A connection without a request. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final HttpClient client;
    private final NetworkGuard guard;
    private final HostLookup hosts;
    private final InstantSource clock;
    private final Duration timeout;

    /**
     * @param timeout for the whole of an answer, once the receiver is connected to
     */
    public WebhookOutlet(Vertx vertx, NetworkGuard guard, InstantSource clock, Duration timeout) {
        this(vertx, guard, new HostLookup(vertx, InetAddress::getAllByName, LOOKING_UP), clock, timeout);
    }

    WebhookOutlet(Vertx vertx, NetworkGuard guard, HostLookup hosts, InstantSource clock, Duration timeout) {
        this.vertx = vertx;
        this.guard = guard;
        this.hosts = hosts;
        this.clock = clock;
        this.timeout = timeout;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) CONNECTING.toMillis())
                        .setSslHandshakeTimeout(CONNECTING.toSeconds())
                        .setMaxHeaderSize(16 * 1024)
                        .setDecompressionSupported(false)
                        .setKeepAliveTimeout((int) KEPT.toSeconds())
                        // Should one ever be forgotten; longer than an answer may take.
                        .setIdleTimeout((int) timeout.plus(KEPT).toSeconds()),
                // A host may be the receiver of many: how many are under way to each, its pump says.
                new PoolOptions().setHttp1MaxSize(Room.MOST));
    }

    /**
     * @param timeout for the whole of an answer
     * @return for how long an attempt may be under way
     */
    static Duration longestAttempt(Duration timeout) {
        return LOOKING_UP.plus(CONNECTING).plus(timeout);
    }

    @Override
    public CompletionStage<Receipt> deliver(OutletKey outlet, Parcel parcel, Optional<Target> target) {
        Future<Receipt> came = target.map(to -> send(outlet, parcel, to))
                .orElseGet(() -> Future.succeededFuture(Receipt.of(Kind.REFUSED, "there is no such webhook")));
        return came.otherwise(WebhookOutlet::failed).toCompletionStage();
    }

    private Future<Receipt> send(OutletKey outlet, Parcel parcel, Target target) {
        URI url = URI.create(target.url());
        byte[] body = CloudEvent.structured(outlet.tenant(), parcel).toBuffer().getBytes();
        return hosts.find(url.getHost())
                .recover(WebhookOutlet::notFound)
                .map(addresses -> allowed(url, addresses))
                .compose(address -> client.request(request(url, address)))
                .compose(request -> post(request, parcel, body, target));
    }

    private static Future<InetAddress[]> notFound(Throwable failure) {
        return Future.failedFuture(
                failure instanceof TimeoutException ? new NotSent("the host could not be looked up in time") : failure);
    }

    /** The address to go to, if all that the name stands for may be gone to. */
    private InetAddress allowed(URI url, InetAddress[] addresses) {
        if (!guard.allows(addresses)) {
            throw new NotSent("the host's address is not public, and not one that is allowed");
        }
        if (!url.getScheme().equals("https") && !guard.named(addresses[0])) {
            throw new NotSent("plain http is for networks that are allowed by name");
        }
        return addresses[0];
    }

    private RequestOptions request(URI url, InetAddress address) {
        boolean tls = url.getScheme().equals("https");
        int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(tls)
                .setFollowRedirects(false)
                .setConnectTimeout(CONNECTING.toMillis())
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
    }

    private Future<Receipt> post(HttpClientRequest request, Parcel parcel, byte[] body, Target target) {
        request.putHeader("content-type", CloudEvent.MEDIA_TYPE).putHeader("user-agent", "Aftercall");
        WebhookSignature.headers(parcel.delivery().eventId().toString(), clock.instant(), body, target.secrets())
                .forEach(request::putHeader);
        return WebhookExchange.of(vertx, request, body, timeout);
    }

    private static Receipt failed(Throwable failure) {
        if (failure instanceof NotSent) {
            return Receipt.of(Kind.FAILED, failure.getMessage());
        }
        if (failure instanceof UnknownHostException) {
            return Receipt.of(Kind.FAILED, "the host is not known");
        }
        if (failure instanceof TimeoutException) {
            return Receipt.of(Kind.FAILED, "no answer in time");
        }
        // What libraries say of it may quote what was sent or received.
        return Receipt.of(Kind.FAILED, "no HTTP answer: " + failure.getClass().getSimpleName());
    }

    /** Nobody was asked, for a reason that may be told. */
    private static final class NotSent extends RuntimeException {
        NotSent(String message) {
            super(message, null, false, false);
        }
    }
}
