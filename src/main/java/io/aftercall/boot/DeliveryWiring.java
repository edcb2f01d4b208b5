package io.aftercall.boot;

import io.aftercall.delivery.RetrySchedule;
import io.aftercall.email.EmailTerms;
import io.aftercall.engine.CommonOutlets;
import io.aftercall.engine.DeliveryQueue;
import io.aftercall.engine.EmailTemplateStore;
import io.aftercall.handoff.EmailOutlet;
import io.aftercall.handoff.HandOff;
import io.aftercall.handoff.KafkaOutlet;
import io.aftercall.handoff.MailRelay;
import io.aftercall.handoff.Outlet;
import io.aftercall.handoff.WebhookOutlet;
import io.aftercall.security.NetworkGuard;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Makes the ways out of the server, as far as the operator wants them. */
final class DeliveryWiring {

    @Produces
    @Singleton
    NetworkGuard networkGuard(AftercallConfig config) {
        return new NetworkGuard(config.webhook().allowedNetworks().orElse(List.of()));
    }

    @Produces
    @Singleton
    EmailTerms emailTerms(AftercallConfig config) {
        return new EmailTerms(config.email().from(), config.email().timeZone());
    }

    @Produces
    @Singleton
    CommonOutlets commonOutlets(AftercallConfig config) {
        return config.kafka().enabled() ? new CommonOutlets(Set.of(KafkaOutlet.NAME)) : CommonOutlets.NONE;
    }

    @Produces
    @Singleton
    Outlet webhooks(Vertx vertx, NetworkGuard guard, InstantSource clock, AftercallConfig config) {
        return new WebhookOutlet(vertx, guard, clock, config.webhook().timeout());
    }

    @Produces
    @Singleton
    HandOff handOff(
            DeliveryQueue queue,
            Outlet webhooks,
            EmailTemplateStore templates,
            EmailTerms emails,
            Instance<MailRelay> relay,
            // The outlet limits what is under way.
            @Channel("events") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Instance<MutinyEmitter<byte[]>> kafka,
            RandomGenerator randomness,
            AftercallConfig config) {
        Map<String, Outlet> common = new HashMap<>();
        emails.from()
                .ifPresent(sender -> common.put(EmailOutlet.NAME, new EmailOutlet(relay.get(), templates, emails)));
        if (config.kafka().enabled()) {
            common.put(KafkaOutlet.NAME, new KafkaOutlet(kafka.get()));
        }
        AftercallConfig.Delivery delivery = config.delivery();
        Duration timeout = config.webhook().timeout();
        RetrySchedule retries = new RetrySchedule(delivery.firstRetry(), delivery.longestRetry(), delivery.attempts());
        return HandOff.of(
                queue, webhooks, common, randomness, new HandOff.Settings(delivery.concurrency(), timeout, retries));
    }
}
