package io.aftercall.rpc;

import io.aftercall.delivery.EmailTemplate;
import io.aftercall.engine.Actor;
import io.aftercall.engine.EmailTemplateStore;
import io.aftercall.engine.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** No templates of the tenant's own, whatever is put. */
final class TemplatesInMemory implements EmailTemplateStore {

    @Override
    public CompletionStage<List<EmailTemplate>> all(TenantId tenant) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Optional<EmailTemplate>> put(
            TenantId tenant, EmailTemplate wanted, String etag, Actor actor) {
        return CompletableFuture.completedFuture(Optional.of(wanted));
    }

    @Override
    public CompletionStage<Boolean> delete(TenantId tenant, String language, Actor actor) {
        return CompletableFuture.completedFuture(true);
    }
}
