package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.aftercall.engine.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * In every table that has a tenant's rows, found in the database itself, another tenant's can be neither read nor
 * written by the roles of the server, with statements that do not even ask whose they are.
 */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class TenantSeparationTest {

    @Inject
    Pool pool;

    @Inject
    OwnerPool owner;

    private TenantTables tables;
    private TenantId one;
    private TenantId other;

    @BeforeEach
    void fillEveryTable() {
        tables = new TenantTables(owner.pool());
        one = PostgresRows.freshTenant(owner.pool());
        other = PostgresRows.freshTenant(owner.pool());
        for (TenantId tenant : List.of(one, other)) {
            for (String insert : inserts(tenant.value())) {
                await(owner.pool().query(insert).execute().toCompletionStage());
            }
        }
        assertThat(tables.withRowsOf(other.value())).isEqualTo(tables.all());
    }

    /** What they have cannot be read as an agent: nobody shall try to serve them. */
    @AfterEach
    void emptyEveryTable() {
        for (String table : PostgresTenantStore.TABLES) {
            await(owner.pool()
                    .query("DELETE FROM %s WHERE tenant_id IN ('%s', '%s')".formatted(table, one, other))
                    .execute()
                    .toCompletionStage());
        }
    }

    private static List<String> inserts(String tenant) {
        return List.of(
                        "INSERT INTO agent VALUES ('T', 'a', 1, 1, now(), '{}')",
                        "INSERT INTO acw (tenant_id, agent_id, interaction_id, outcome, end_time)"
                                + " VALUES ('T', 'a', 'i', 'ENDED', now())",
                        "INSERT INTO wrap_up (tenant_id, agent_id, interaction_id, wrap_up_revision, status, write_time,"
                                + " written_by, interaction_time, subject, notes, actions_taken, actions_recommended, tags)"
                                + " VALUES ('T', 'a', 'i', 2, 'FINAL', now(), 'a', now(), '', 'notes', '', '', '{}')",
                        "INSERT INTO wrap_up_revision (tenant_id, agent_id, interaction_id, wrap_up_revision, status,"
                                + " write_time, written_by, subject, notes, actions_taken, actions_recommended, tags)"
                                + " VALUES ('T', 'a', 'i', 1, 'DRAFT', now(), 'a', '', 'notes', '', '', '{}')",
                        "INSERT INTO wrap_up_tag VALUES ('T', 'vip', 1)",
                        followUp("follow_up"),
                        followUp("follow_up_revision"),
                        "INSERT INTO change_log (tenant_id, revision, change_time, cause, actor) VALUES ('T', 1, now(), 'c', 'a')",
                        "INSERT INTO command_request VALUES ('T', gen_random_uuid(), 'f', now(), 1, '{}')",
                        "INSERT INTO policy (tenant_id, scope, scope_id, revision, update_time, rules)"
                                + " VALUES ('T', 'TENANT', '', 1, now(), '{}')",
                        "INSERT INTO policy_history (tenant_id, revision, change_time, actor, scope, scope_id, channel, direction,"
                                + " rules_before, rules_after) VALUES ('T', 1, now(), 'a', 'TENANT', '', '', '', '{}', '{}')",
                        "INSERT INTO disposition (tenant_id, code, label, scope, scope_id, active, is_group, position,"
                                + " form_schema, revision, update_time)"
                                + " VALUES ('T', 'SALE', 'Sale', 'TENANT', '', true, false, 0, '', 1, now())",
                        "INSERT INTO webhook (tenant_id, webhook_id, url, description, event_types, enabled,"
                                + " webhook_revision, create_time, update_time, secret)"
                                + " VALUES ('T', 'crm', 'https://example.com', '', '{}', false, 1, now(), now(), 'secret')",
                        "INSERT INTO email_template VALUES ('T', 'es', 's', 't', '', '', 1, now())",
                        "INSERT INTO report_entry (tenant_id, entry) VALUES ('T', '{}')",
                        "INSERT INTO report_hour VALUES ('T', 'QUEUES', now(), 'sales', '')",
                        "INSERT INTO outlet_pause VALUES ('T', 'webhooks/crm', 1, now())",
                        "INSERT INTO delivery (tenant_id, outlet, event_id, event_type, event_time, order_key,"
                                + " next_attempt_time)"
                                + " VALUES ('T', 'webhooks/crm', gen_random_uuid(), 'WEBHOOK_TESTED', now(), '', now())",
                        "INSERT INTO queue_pressure (tenant_id, queue_id, waiting_count, longest_wait, report_time)"
                                + " VALUES ('T', 'q', 1, '1s', now())",
                        "INSERT INTO credential_revocation VALUES ('T', 's', now())",
                        "INSERT INTO audit_chain VALUES ('T')",
                        "INSERT INTO audit_event VALUES ('T', 1, now(), '{}', '')")
                .stream()
                .map(insert -> insert.replace("'T'", "'" + tenant + "'"))
                .toList();
    }

    private static String followUp(String table) {
        return "INSERT INTO " + table
                + " VALUES ('T', gen_random_uuid(), 1, 'EMAIL', now(), 'TEAM', 't', '', NULL, 'OPEN',"
                + " 'a', NULL, now(), 'a', now(), 'a', NULL)";
    }

    private List<String> tenantsSeen(String table) {
        return await(DatabaseRole.runFor(one.value(), pool, connection -> connection
                        .query("SELECT DISTINCT tenant_id FROM " + table)
                        .execute())
                .map(rows -> PostgresAgentStore.all(rows, (Row row) -> row.getString(0)))
                .toCompletionStage());
    }

    /** What became of a statement: how many rows, or -1 if it is not permitted at all. */
    private int touched(String statement) {
        return await(DatabaseRole.runFor(
                        one.value(),
                        pool,
                        connection -> connection.query(statement).execute().map(done -> done.rowCount()))
                .recover(refused -> Future.succeededFuture(-1))
                .toCompletionStage());
    }

    @Test
    void nobodyElsesRowsAreRead() {
        // What only operators' transactions use cannot be read at all.
        List<String> closed = List.of("credential_revocation");

        for (String table : tables.all()) {
            if (closed.contains(table)) {
                assertThatThrownBy(() -> tenantsSeen(table)).as(table).hasMessageContaining("permission denied");
            } else {
                assertThat(tenantsSeen(table)).as(table).containsExactly(one.value());
            }
        }
    }

    @Test
    void nobodyElsesRowsAreWritten() {
        List<String> before = contents();

        for (String table : tables.all()) {
            touched("UPDATE " + table + " SET tenant_id = tenant_id WHERE tenant_id <> '" + one + "'");
            touched("DELETE FROM " + table + " WHERE tenant_id <> '" + one + "'");
        }
        for (String insert : inserts(other.value())) {
            assertThat(touched(insert.replace("'a', 'i'", "'b', 'j'")))
                    .as(insert)
                    .isEqualTo(-1);
        }
        assertThat(touched("UPDATE agent SET tenant_id = '" + other + "', agent_id = 'stolen'"))
                .isEqualTo(-1);

        assertThat(contents()).isEqualTo(before);
    }

    private List<String> contents() {
        List<String> contents = new ArrayList<>();
        for (String table : tables.all()) {
            await(owner.pool()
                            .query("SELECT t::text FROM " + table + " t WHERE tenant_id = '" + other + "' ORDER BY 1")
                            .execute()
                            .toCompletionStage())
                    .forEach(row -> contents.add(table + " " + row.getString(0)));
        }
        return contents;
    }

    @Test
    void withoutATenantNothingIsThere() {
        for (String table : List.of("agent", "acw", "wrap_up", "change_log", "policy", "audit_event")) {
            int seen = await(pool.withTransaction(connection -> connection
                            .query("SET LOCAL ROLE aftercall_app")
                            .execute()
                            .compose(set ->
                                    connection.query("SELECT 1 FROM " + table).execute())
                            .map(rows -> rows.size()))
                    .toCompletionStage());
            assertThat(seen).as(table).isZero();
        }
    }

    @Test
    void theServersLoginMayDoNothingByItself() {
        for (String table : tables.all()) {
            assertThatThrownBy(() ->
                            await(pool.query("SELECT 1 FROM " + table).execute().toCompletionStage()))
                    .as(table)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void theRolesThatSeeEveryTenantSeeLittle() {
        for (String statement : List.of(
                "SELECT state FROM agent",
                "SELECT notes FROM wrap_up",
                "SELECT * FROM policy",
                "SELECT * FROM acw",
                "SELECT secret FROM webhook",
                "SELECT customer_id FROM delivery",
                "SELECT entry FROM report_entry",
                "SELECT figures FROM report_hour")) {
            for (DatabaseRole role : DatabaseRole.values()) {
                assertThatThrownBy(() -> await(role.run(pool, (SqlConnection connection) -> connection
                                        .query(statement)
                                        .execute())
                                .toCompletionStage()))
                        .as(role + " " + statement)
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void noRoleOfTheServersOwnsATableOfTenantsOrPassesOverTheirPolicies() {
        List<String> masters = await(owner.pool()
                .query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'aftercall%' AND (rolsuper OR rolbypassrls)")
                .execute()
                .map(rows -> PostgresAgentStore.all(rows, (Row row) -> row.getString(0)))
                .toCompletionStage());
        List<String> unforced = await(owner.pool()
                .query("SELECT relname FROM pg_class WHERE relname = ANY ('{" + String.join(",", tables.all())
                        + "}') AND NOT (relrowsecurity AND relforcerowsecurity)")
                .execute()
                .map(rows -> PostgresAgentStore.all(rows, (Row row) -> row.getString(0)))
                .toCompletionStage());

        assertThat(masters).isEmpty();
        assertThat(unforced).isEmpty();
    }
}
