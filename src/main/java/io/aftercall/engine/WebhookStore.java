package io.aftercall.engine;

import io.aftercall.delivery.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where webhooks are kept. Whatever changes them is in the audit trail, without their secrets. */
public interface WebhookStore {

    /** By their ids. */
    CompletionStage<List<Webhook>> all(TenantId tenant);

    CompletionStage<Optional<Webhook>> find(TenantId tenant, String id);

    /**
     * Adds a webhook or changes one.
     *
     * @param secret of one that is new
     * @return fails with what the decision throws, or {@link QuotaExceeded}
     */
    CompletionStage<Webhook> put(TenantId tenant, String id, Decision decision, byte[] secret, Actor actor);

    /**
     * Removes a webhook with everything that was to be sent to it, that in portions and before the webhook.
     *
     * @param check asked for each portion; may throw, and then no more is removed
     */
    CompletionStage<Void> delete(TenantId tenant, String id, Check check, Actor actor);

    /**
     * Replaces the secret.
     *
     * @param overlap for how long the one before stays valid beside it
     * @param check may throw, and then nothing is replaced
     */
    CompletionStage<Webhook> rotate(
            TenantId tenant, String id, byte[] secret, Duration overlap, Check check, Actor actor);

    /** Says what becomes of a webhook. What it throws comes out. */
    @FunctionalInterface
    interface Decision {

        /** The webhook as it shall be; its revision, times and health, and since when it is disabled, are not asked for. */
        Webhook decide(Optional<Webhook> stored);
    }

    /** Looks at a webhook before it is touched. What it throws comes out. */
    @FunctionalInterface
    interface Check {
        void accept(Optional<Webhook> stored);
    }
}
