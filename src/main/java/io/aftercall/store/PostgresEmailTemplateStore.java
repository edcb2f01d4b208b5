package io.aftercall.store;

import io.aftercall.delivery.EmailTemplate;
import io.aftercall.engine.Actor;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.EmailTemplateStore;
import io.aftercall.engine.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The table {@code email_template}. */
@Singleton
public class PostgresEmailTemplateStore implements EmailTemplateStore {

    private static final String ALL = "SELECT * FROM email_template WHERE tenant_id = $1 ORDER BY language";

    /** The etag of what is not there is 0, as that of the server's own. */
    private static final String PUT =
            """
            INSERT INTO email_template AS stored
            SELECT $1, $2::text, $3, $4, $5, $6, 1, clock_timestamp()
            WHERE $7::text IN ('', '0')
                OR EXISTS (SELECT FROM email_template WHERE tenant_id = $1 AND language = $2)
            ON CONFLICT (tenant_id, language) DO UPDATE SET
                subject = excluded.subject, text_body = excluded.text_body, html_body = excluded.html_body,
                reply_to = excluded.reply_to, template_revision = stored.template_revision + 1,
                update_time = excluded.update_time
            WHERE $7 IN ('', stored.template_revision::text)
            RETURNING *
            """;

    private static final String DELETE = "DELETE FROM email_template WHERE tenant_id = $1 AND language = $2";

    private final Pool pool;

    public PostgresEmailTemplateStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<List<EmailTemplate>> all(TenantId tenant) {
        return DatabaseFailures.stage(DatabaseRole.queryFor(tenant.value(), pool, ALL, Tuple.of(tenant.value()))
                .map(rows -> PostgresAgentStore.all(rows, PostgresEmailTemplateStore::read)));
    }

    @Override
    public CompletionStage<Optional<EmailTemplate>> put(
            TenantId tenant, EmailTemplate wanted, String etag, Actor actor) {
        Tuple parameters = Tuple.of(
                tenant.value(), wanted.language(), wanted.subject(), wanted.text(), wanted.html(), wanted.replyTo());
        return DatabaseFailures.stage(DatabaseRole.runFor(tenant.value(), pool, connection -> connection
                .preparedQuery(PUT)
                .execute(parameters.addString(etag))
                .map(rows -> PostgresAgentStore.all(rows, PostgresEmailTemplateStore::read).stream()
                        .findFirst())
                .compose(put -> put.isEmpty()
                        ? Future.succeededFuture(put)
                        : audited(connection, tenant, actor, "EMAIL_TEMPLATE_UPDATED", wanted.language())
                                .map(done -> put))));
    }

    @Override
    public CompletionStage<Boolean> delete(TenantId tenant, String language, Actor actor) {
        return DatabaseFailures.stage(DatabaseRole.runFor(tenant.value(), pool, connection -> connection
                .preparedQuery(DELETE)
                .execute(Tuple.of(tenant.value(), language))
                .compose(deleted -> deleted.rowCount() == 0
                        ? Future.succeededFuture(false)
                        : audited(connection, tenant, actor, "EMAIL_TEMPLATE_DELETED", language)
                                .map(done -> true))));
    }

    private static Future<?> audited(
            SqlConnection connection, TenantId tenant, Actor actor, String action, String language) {
        AuditEvent event =
                AuditEvent.done(actor, action, "email-templates/" + language, Optional.empty(), Map.of(), Map.of());
        return connection.preparedQuery(AuditRows.APPEND).execute(AuditRows.parameters(tenant.value(), List.of(event)));
    }

    private static EmailTemplate read(Row row) {
        return new EmailTemplate(
                row.getString("language"),
                row.getString("subject"),
                row.getString("text_body"),
                row.getString("html_body"),
                row.getString("reply_to"),
                row.getInteger("template_revision"),
                SettledAcwRows.time(row, "update_time"));
    }
}
