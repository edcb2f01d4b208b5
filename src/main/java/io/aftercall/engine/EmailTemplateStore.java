package io.aftercall.engine;

import io.aftercall.delivery.EmailTemplate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where tenants' own templates are kept. Who changes them is in the audit trail. */
public interface EmailTemplateStore {

    /** By their languages. */
    CompletionStage<List<EmailTemplate>> all(TenantId tenant);

    /**
     * Replaces a template, or the server's own.
     *
     * @param wanted its revision and time are not asked for
     * @param etag of what is replaced; empty for whatever it is
     * @return empty if it has another etag
     */
    CompletionStage<Optional<EmailTemplate>> put(TenantId tenant, EmailTemplate wanted, String etag, Actor actor);

    /**
     * Goes back to the server's own.
     *
     * @return whether there was another
     */
    CompletionStage<Boolean> delete(TenantId tenant, String language, Actor actor);
}
