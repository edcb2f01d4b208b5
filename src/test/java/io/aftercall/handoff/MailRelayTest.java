package io.aftercall.handoff;

import static io.aftercall.handoff.RudeMailServer.GONE;
import static io.aftercall.handoff.RudeMailServer.GREETING;
import static io.aftercall.handoff.RudeMailServer.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.aftercall.delivery.Receipt;
import io.aftercall.delivery.Receipt.Kind;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** To mail servers that are rude in every way, over the wire. */
class MailRelayTest {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static MailConfig to(int port) {
        return new MailConfig().setHostname("127.0.0.1").setPort(port);
    }

    private MailClient client(MailConfig config) {
        return MailClient.create(vertx, config);
    }

    private MailRelay relay(MailClient client, Duration limit) {
        return relay(client, new Places(10, LONG), limit);
    }

    private MailRelay relay(MailClient client, Places places, Duration limit) {
        return new MailRelay(vertx, client, new MailRelay.Rules(10, Optional.empty(), address -> true), places, limit);
    }

    private static OutgoingMail mail() {
        OutgoingMail mail = new OutgoingMail();
        mail.setFrom("Acme <service@acme.example>")
                .setTo("ann@customer.example")
                .setSubject("Summary")
                .setText("Sent again")
                .setHeaders(MultiMap.caseInsensitiveMultiMap());
        return mail;
    }

    private static Receipt of(CompletionStage<Receipt> receipt) {
        return receipt.toCompletableFuture().join();
    }

    private Receipt from(UnaryOperator<String> answers, Duration limit) throws IOException {
        return from(answers, config -> config, limit);
    }

    private Receipt from(UnaryOperator<String> answers, UnaryOperator<MailConfig> config, Duration limit)
            throws IOException {
        try (RudeMailServer server = new RudeMailServer(0, answers)) {
            return of(relay(client(config.apply(to(server.port()))), limit).send(mail()));
        }
    }

    // ---- nothing was sent

    @Test
    void aServerThatAcceptsNoConnectionIsTriedAgain() throws IOException {
        List<SocketChannel> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                SocketChannel waiting = SocketChannel.open();
                waiting.configureBlocking(false);
                waiting.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
                queue.add(waiting);
            }

            Receipt late = of(relay(client(to(full.getLocalPort())), SHORT).send(mail()));
            Receipt lost = of(relay(client(to(full.getLocalPort()).setConnectTimeout(200)), LONG)
                    .send(mail()));

            assertThat(late).isEqualTo(Receipt.of(Kind.FAILED, "no connection to the mail server in time"));
            assertThat(lost).isEqualTo(Receipt.of(Kind.FAILED, "no connection to the mail server"));
        } finally {
            for (SocketChannel waiting : queue) {
                waiting.close();
            }
        }
    }

    @Test
    void aServerThatDoesNotGreetIsTriedAgain() throws IOException {
        for (String greeting : List.of(SILENCE, GONE)) {
            Receipt receipt = from(verb -> verb.equals(GREETING) ? greeting : null, SHORT);

            assertThat(receipt)
                    .as(greeting)
                    .isEqualTo(Receipt.of(Kind.FAILED, "no connection to the mail server in time"));
        }
    }

    @Test
    void aServerThatTakesNothingFromAnybodyIsTriedAgain() throws IOException {
        assertThat(from(verb -> verb.equals(GREETING) ? "554 No service" : null, LONG))
                .isEqualTo(Receipt.of(Kind.FAILED, "SMTP 554"));
        assertThat(from(verb -> verb.endsWith("LO") ? "502 No" : null, LONG))
                .isEqualTo(Receipt.of(Kind.FAILED, "SMTP 502"));
    }

    @Test
    void aServerThatDoesNotLetThisOneInIsTriedAgain() throws IOException {
        UnaryOperator<MailConfig> known =
                config -> config.setUsername("acme").setPassword("secret").setLogin(LoginOption.REQUIRED);
        UnaryOperator<String> refusing = verb -> switch (verb) {
            case "EHLO" -> "250-rude.example\r\n250 AUTH PLAIN LOGIN";
            case "AUTH" -> "535 Authentication failed";
            default -> null;
        };

        assertThat(from(refusing, known, LONG)).isEqualTo(Receipt.of(Kind.FAILED, "SMTP 535"));
        Receipt unable = from(verb -> null, known, LONG);
        assertThat(unable.kind()).isEqualTo(Kind.FAILED);
        assertThat(unable.words()).contains("no allowed AUTH methods");
    }

    @Test
    void aServerWithoutEncryptionIsTriedAgain() throws IOException {
        Receipt receipt = from(verb -> null, config -> config.setStarttls(StartTLSOptions.REQUIRED), LONG);

        assertThat(receipt.kind()).isEqualTo(Kind.FAILED);
        assertThat(receipt.words()).contains("STARTTLS required but not supported");
    }

    @Test
    void aServerWithoutAGoodCertificateIsTriedAgain() throws IOException {
        assertThat(from(verb -> null, config -> config.setSsl(true), LONG).kind())
                .isEqualTo(Kind.FAILED);
    }

    // ---- it may have been sent

    @Test
    void aServerThatIsSilentOnceItHasTheMailLeavesItInDoubt() throws IOException {
        assertThat(from(verb -> verb.equals("DATA") ? SILENCE : null, SHORT))
                .isEqualTo(Receipt.of(Kind.IN_DOUBT, "no answer in time: it is not known whether it was sent"));
        assertThat(from(verb -> verb.equals("DATA") ? GONE : null, LONG).kind()).isEqualTo(Kind.IN_DOUBT);
    }

    @Test
    void aConnectionThatIsSilentIsGivenUpSoThatOthersGoOn() throws IOException {
        AtomicInteger mails = new AtomicInteger();
        UnaryOperator<String> answers = verb -> verb.equals("DATA") && mails.getAndIncrement() == 0 ? SILENCE : null;
        try (RudeMailServer server = new RudeMailServer(0, answers)) {
            MailConfig one = to(server.port()).setMaxPoolSize(1);
            MailRelay relay = relay(client(one.setIdleTimeout(200).setIdleTimeoutUnit(TimeUnit.MILLISECONDS)), LONG);

            Receipt silent = of(relay.send(mail()));
            Receipt next = of(relay.send(mail()));

            assertThat(silent.kind()).isEqualTo(Kind.IN_DOUBT);
            assertThat(next).isEqualTo(Receipt.of(Kind.ACCEPTED, "sent"));
        }
    }

    @Test
    void whatTookTooLongToGetAConnectionIsNotSentLater() throws IOException {
        CompletableFuture<String> goOn = new CompletableFuture<>();
        try (RudeMailServer server = new RudeMailServer(0, verb -> verb.equals("DATA") ? goOn.join() : null)) {
            MailClient client = client(to(server.port()).setMaxPoolSize(1));
            CompletionStage<Receipt> first = relay(client, LONG).send(mail());
            await().untilAtomic(server.letters, equalTo(1));

            Receipt late = of(relay(client, SHORT).send(mail()));
            goOn.complete("250 OK");

            assertThat(late).isEqualTo(Receipt.of(Kind.FAILED, "no connection to the mail server in time"));
            assertThat(of(first)).isEqualTo(Receipt.of(Kind.ACCEPTED, "sent"));
            await().until(() -> server.verbs.contains("QUIT"));
            assertThat(server.letters).hasValue(1);
        }
    }

    // ---- it waits for its turn

    @Test
    void whatComesWhileEveryConnectionIsBusyWaitsForItsTurn() throws IOException {
        CompletableFuture<String> goOn = new CompletableFuture<>();
        try (RudeMailServer server = new RudeMailServer(0, verb -> verb.equals("DATA") ? goOn.join() : null)) {
            MailRelay relay = relay(client(to(server.port())), new Places(1, LONG), LONG);
            CompletionStage<Receipt> first = relay.send(mail());
            CompletionStage<Receipt> second = relay.send(mail());
            await().untilAtomic(server.letters, equalTo(1));

            goOn.complete("250 OK");

            assertThat(of(first)).isEqualTo(Receipt.of(Kind.ACCEPTED, "sent"));
            assertThat(of(second)).isEqualTo(Receipt.of(Kind.ACCEPTED, "sent"));
            // It was not under way beside the first.
            assertThat(server.verbs).containsOnlyOnce("EHLO");
        }
    }

    @Test
    void whatDoesNotGetItsTurnInTimeIsTriedAgain() throws IOException {
        try (RudeMailServer server = new RudeMailServer(0, verb -> verb.equals("DATA") ? SILENCE : null)) {
            MailRelay relay = relay(client(to(server.port())), new Places(1, Duration.ofMillis(50)), SHORT);
            CompletionStage<Receipt> first = relay.send(mail());

            Receipt busy = of(relay.send(mail()));

            assertThat(busy).isEqualTo(Receipt.of(Kind.FAILED, "every connection to the mail server is busy"));
            assertThat(of(first).kind()).isEqualTo(Kind.IN_DOUBT);
            // Its place is free again, though the server has not said a word.
            assertThat(of(relay.send(mail())).kind()).isEqualTo(Kind.IN_DOUBT);
        }
    }
}
