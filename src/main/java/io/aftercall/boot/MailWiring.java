package io.aftercall.boot;

import io.aftercall.handoff.MailRelay;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.impl.MailClientImpl;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Makes the way to the mail server that {@code quarkus.mailer} names, with limits that it has no settings for. */
final class MailWiring {

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    /** Shorter than the limit of silence, so that a connection that has nothing to do is closed with a QUIT. */
    private static final Duration LONGEST_KEPT = Duration.ofSeconds(20);

    @Produces
    @Singleton
    MailRelay mailRelay(Vertx vertx, MailClient asConfigured, MailersRuntimeConfig mailers) {
        MailerRuntimeConfig mailer = mailers.mailers().get(Mailers.DEFAULT_MAILER_NAME);
        MailConfig config = named(limited(config(asConfigured)));
        return new MailRelay(
                vertx,
                MailClient.create(vertx, config),
                new MailRelay.Rules(
                        config.getMaxPoolSize(), mailer.bounceAddress(), address -> approves(mailer, address)));
    }

    void close(@Disposes MailRelay relay) {
        relay.close();
    }

    /** Who only pretends to send approves of nobody. */
    private static boolean approves(MailerRuntimeConfig mailer, String address) {
        return !mailer.mock().orElse(false)
                && mailer.approvedRecipients()
                        .filter(approved -> !approved.isEmpty())
                        .map(approved -> approved.stream()
                                .anyMatch(pattern -> pattern.matcher(address).matches()))
                        .orElse(true);
    }

    /** Nobody says what a client was configured with, and Quarkus lets nobody change it before. */
    static MailConfig config(MailClient client) {
        try {
            Field config = MailClientImpl.class.getDeclaredField("config");
            config.setAccessible(true);
            return new MailConfig((MailConfig) config.get(client));
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException("Vert.x's mail client keeps its configuration elsewhere", other);
        }
    }

    /** By what is configured it introduces itself, or by what the machine is called. */
    static MailConfig named(MailConfig config) {
        return config.getOwnHostname() == null ? config.setOwnHostname(OwnHostName.find()) : config;
    }

    /** A server that is silent must not hold a connection for ever. */
    static MailConfig limited(MailConfig config) {
        long kept = config.getKeepAliveTimeoutUnit().toMillis(config.getKeepAliveTimeout());
        long longest = LONGEST_KEPT.toMillis();
        return config.setConnectTimeout((int) CONNECTING.toMillis())
                .setIdleTimeout((int) MailRelay.LIMIT.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                // Zero is for ever.
                .setKeepAliveTimeout((int) (kept == 0 ? longest : Math.min(kept, longest)))
                .setKeepAliveTimeoutUnit(TimeUnit.MILLISECONDS);
    }
}
