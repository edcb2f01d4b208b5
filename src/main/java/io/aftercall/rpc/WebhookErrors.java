package io.aftercall.rpc;

import com.google.rpc.Code;
import io.aftercall.api.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import java.util.Map;

/** What callers are told of webhooks. */
final class WebhookErrors {

    private WebhookErrors() {}

    static StatusRuntimeException notFound(String id) {
        return ErrorStatus.of(
                Code.NOT_FOUND,
                "There is no such webhook",
                ErrorReason.ERROR_REASON_WEBHOOK_NOT_FOUND,
                Map.of("webhook_id", id));
    }

    static StatusRuntimeException stale(String id) {
        return ErrorStatus.of(
                Code.ABORTED,
                "The webhook has changed, read it again",
                ErrorReason.ERROR_REASON_STALE_ETAG,
                Map.of("webhook_id", id));
    }

    static StatusRuntimeException deliveryNotFound(String id) {
        return ErrorStatus.of(
                Code.NOT_FOUND,
                "There is no such delivery",
                ErrorReason.ERROR_REASON_DELIVERY_NOT_FOUND,
                Map.of("delivery_id", id));
    }
}
