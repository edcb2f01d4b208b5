package io.aftercall.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.delivery.Receipt;
import io.aftercall.delivery.Receipt.Kind;
import io.aftercall.delivery.SigningSecrets;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.DeliveryQueue.Target;
import io.aftercall.engine.TenantId;
import io.aftercall.security.NetworkGuard;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However a receiver behaves, it is known in time what came of it, and nothing of it is left. */
class WebhookOutletTest {

    private static final OutletKey OUTLET = new OutletKey(TenantId.DEFAULT, "webhooks/crm");
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final NetworkGuard LOOPBACK = new NetworkGuard(List.of("127.0.0.0/8"));
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private WebhookOutlet outlet(NetworkGuard guard, HostLookup.Resolver resolver) {
        HostLookup hosts = new HostLookup(vertx, resolver, TIMEOUT);
        return new WebhookOutlet(vertx, guard, hosts, InstantSource.fixed(Instant.EPOCH), TIMEOUT);
    }

    private WebhookOutlet outlet() {
        return outlet(LOOPBACK, InetAddress::getAllByName);
    }

    private static CompletableFuture<Receipt> send(WebhookOutlet outlet, String url) {
        Delivery delivery = new Delivery(
                1,
                OUTLET.outlet(),
                new UUID(0, 1),
                Instant.EPOCH,
                new Event(EventType.WEBHOOK_TESTED, null, null, null, null),
                DeliveryState.PENDING,
                1,
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
        Target target = new Target(url, new SigningSecrets(List.of(new byte[32])), 1);
        return outlet.deliver(OUTLET, new Parcel(delivery, Optional.empty(), Optional.empty()), Optional.of(target))
                .toCompletableFuture();
    }

    private static Receipt receipt(CompletableFuture<Receipt> sent) {
        return sent.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static String url(RawReceiver receiver) {
        return "http://127.0.0.1:" + receiver.port() + "/";
    }

    /** And is rid of it. */
    private Receipt receiptFrom(RawReceiver.Manners manners) throws IOException {
        try (RawReceiver receiver = new RawReceiver(manners)) {
            Receipt receipt = receipt(send(outlet(), url(receiver)));
            await().until(() -> receiver.connected() == 0);
            return receipt;
        }
    }

    // ---- an answer whose head has come

    @Test
    void aBodyThatHangsIsCutOff() throws IOException {
        assertThat(receiptFrom(RawReceiver.saying(OK + "content-length: 10\r\n\r\n123")))
                .isEqualTo(Receipt.of(Kind.ACCEPTED, "HTTP 200"));
    }

    @Test
    void aBodyThatNeverEndsIsCutOff() throws IOException {
        assertThat(receiptFrom(RawReceiver.sayingForEver(OK + "\r\n", "x".repeat(10_000)))
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void aBodyThatTricklesIsCutOff() throws IOException {
        CountDownLatch never = new CountDownLatch(1);

        Receipt receipt = receiptFrom(out -> {
            RawReceiver.saying(OK + "transfer-encoding: chunked\r\n\r\n").answer(out);
            try {
                do {
                    RawReceiver.saying("1\r\nx\r\n").answer(out);
                } while (!never.await(TIMEOUT.toMillis() / 20, TimeUnit.MILLISECONDS));
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(receipt.kind()).isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void aBodyThatBreaksOffChangesNothing() throws IOException {
        assertThat(receiptFrom(out -> {
                    RawReceiver.saying("HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 10\r\n\r\n123")
                            .answer(out);
                    out.close();
                }))
                .isEqualTo(new Receipt(Kind.FAILED, "HTTP 503", Optional.of(Duration.ofSeconds(7))));
    }

    // ---- none

    @Test
    void whoSaysNothingIsCutOff() throws IOException {
        assertThat(receiptFrom(RawReceiver.saying(""))).isEqualTo(Receipt.of(Kind.FAILED, "no answer in time"));
    }

    @Test
    void aHeadThatNeverEndsIsCutOff() throws IOException {
        assertThat(receiptFrom(RawReceiver.saying(OK + "x-half: ")))
                .isEqualTo(Receipt.of(Kind.FAILED, "no answer in time"));
    }

    @Test
    void whoHangsInTheHandshakeIsCutOff() throws IOException {
        try (RawReceiver receiver = new RawReceiver(RawReceiver.saying(""))) {
            Receipt receipt = receipt(send(outlet(), url(receiver).replace("http:", "https:")));

            assertThat(receipt.kind()).isEqualTo(Kind.FAILED);
            await().until(() -> receiver.connected() == 0);
        }
    }

    // ---- many

    @Test
    void whoHangsHoldsUpNoOtherOnTheSameHost() throws IOException {
        try (RawReceiver receiver = new RawReceiver(RawReceiver.saying(""))) {
            WebhookOutlet outlet = outlet();
            List<CompletableFuture<Receipt>> sent = IntStream.range(0, 200)
                    .mapToObj(i -> send(outlet, url(receiver)))
                    .toList();
            sent.forEach(WebhookOutletTest::receipt);

            assertThat(receiver.callers()).isEqualTo(200);
            await().until(() -> receiver.connected() == 0);
        }
    }

    // ---- where to

    @Test
    void aNameThatLeadsInsideIsNotFollowed() throws IOException {
        try (RawReceiver receiver = new RawReceiver(RawReceiver.saying(OK + "content-length: 0\r\n\r\n"))) {
            WebhookOutlet closed = outlet(new NetworkGuard(List.of()), InetAddress::getAllByName);

            Receipt receipt = receipt(send(closed, "http://localhost:" + receiver.port() + "/"));
            Receipt secret = receipt(send(closed, "https://localhost:" + receiver.port() + "/"));

            assertThat(receipt.kind()).isEqualTo(Kind.FAILED);
            assertThat(receipt.words()).startsWith("the host's address is not public");
            assertThat(secret).isEqualTo(receipt);
            assertThat(receiver.callers()).isZero();
        }
    }

    @Test
    void aNameOfWhichOneAddressLeadsInsideIsNotFollowed() {
        WebhookOutlet outlet = outlet(new NetworkGuard(List.of()), host ->
                new InetAddress[] {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")});

        assertThat(receipt(send(outlet, "https://crm.example/")).words())
                .startsWith("the host's address is not public");
    }

    @Test
    void aNameThatIsNotKnownIsNoReceiver() {
        WebhookOutlet outlet = outlet(LOOPBACK, host -> {
            throw new UnknownHostException(host);
        });

        assertThat(receipt(send(outlet, "https://crm.example/")))
                .isEqualTo(Receipt.of(Kind.FAILED, "the host is not known"));
    }

    @Test
    void aNameThatNobodyAnswersForIsGivenUpInTimeAndHoldsUpNoOther() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        WebhookOutlet outlet = outlet(LOOPBACK, host -> {
            if (host.equals("dead.example")) {
                awaitQuietly(never);
            }
            return InetAddress.getAllByName("127.0.0.1");
        });
        try (RawReceiver receiver = new RawReceiver(RawReceiver.saying(OK + "content-length: 0\r\n\r\n"))) {
            List<CompletableFuture<Receipt>> dead = IntStream.range(0, 100)
                    .mapToObj(i -> send(outlet, "http://dead.example/"))
                    .toList();
            Receipt alive = receipt(send(outlet, "http://crm.example:" + receiver.port() + "/"));

            assertThat(alive.kind()).isEqualTo(Kind.ACCEPTED);
            assertThat(dead)
                    .extracting(WebhookOutletTest::receipt)
                    .containsOnly(Receipt.of(Kind.FAILED, "the host could not be looked up in time"));
        } finally {
            never.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
