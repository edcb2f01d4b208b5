package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tables and statements keep what Citus asks of tables that are distributed by tenant, as far as plain PostgreSQL can
 * tell: see docs/citus.sql.
 */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class CitusRulesTest {

    /** Looks over all tenants, which Citus asks each node for; each by a role that sees little. */
    private static final Set<String> OVER_ALL_TENANTS = Set.of(
            "ChangeLogRetention.FORGET_IN_DEFAULT",
            "ChangeLogRetention.IN_DEFAULT",
            "HistoryNames.ALL",
            "PostgresAgentStore.HEADS",
            "PostgresAgentStore.OVERDUE",
            "PostgresAuditTrail.TRAILS",
            "PostgresDeliveryLog.FORGET",
            "PostgresDeliveryQueue.DUE",
            "PostgresReportStore.WAITING",
            "ReplyRows.FORGET");

    /** Of which others are made. */
    private static final Set<String> FRAGMENTS =
            Set.of("FollowUpRows.INSERT", "PostgresDeliveryLog.AGAIN", "PostgresTenantStore.DELETE_SOME");

    /** Of no tenant, and joined with none of those that are; the rest are the catalogue's. */
    private static final Set<String> LOCAL = Set.of("replica", "flyway_schema_history");

    private static final String TABLES_WITHOUT_TENANT =
            """
            SELECT relname::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'tenant_id')
            """;

    private static final String TYPES_OF_TENANT =
            """
            SELECT DISTINCT format_type(atttypid, atttypmod) || ' ' || collname || ' ' || attnotnull
            FROM pg_attribute JOIN pg_collation ON pg_collation.oid = attcollation
            WHERE attname = 'tenant_id' AND attrelid IN (SELECT oid FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p'))
            """;

    private static final String UNIQUE_KEYS =
            """
            SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
            WHERE indisunique AND relnamespace = 'public'::regnamespace AND NOT relname = ANY ('{%s}')
            """
                    .formatted(String.join(",", LOCAL));

    private static final String UNIQUE_KEYS_WITHOUT_TENANT = UNIQUE_KEYS
            + """
            AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = indrelid AND attname = 'tenant_id'
                AND attnum = ANY (indkey[0:indnkeyatts - 1]))
            """;

    private static final String FOREIGN_KEYS =
            """
            SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE contype = 'f'
            """;

    @Inject
    OwnerPool owner;

    private List<String> tables;
    private String script;

    @BeforeEach
    void read() throws IOException {
        tables = new TenantTables(owner.pool()).all();
        script = Files.readString(Path.of("docs", "citus.sql"));
    }

    private List<String> column(String sql) {
        return PostgresAgentStore.all(
                await(owner.pool().query(sql).execute().toCompletionStage()), (Row row) -> row.getString(0));
    }

    private List<String> inScript(String pattern) {
        return Pattern.compile(pattern)
                .matcher(script)
                .results()
                .map(found -> found.group(1).replaceAll("\\s+", " "))
                .toList();
    }

    private ScannedTables plan(String statement) {
        JsonArray plan = await(owner.pool()
                        .query("EXPLAIN (GENERIC_PLAN, COSTS off, FORMAT JSON) " + statement)
                        .execute()
                        .toCompletionStage())
                .iterator()
                .next()
                .getJsonArray(0);
        return new ScannedTables(plan.getJsonObject(0).getJsonObject("Plan"), tables);
    }

    @Test
    void theScriptDistributesWhatHasATenantBesideItsTenantAndNothingElse() {
        assertThat(inScript("create_distributed_table\\('(\\w+)', 'tenant_id'(?:, colocate_with => 'tenant')?\\)"))
                .startsWith("tenant")
                .containsExactlyInAnyOrderElementsOf(tables);
        assertThat(inScript("(create_\\w+_table)")).hasSameSizeAs(tables);
        assertThat(inScript("(colocate_with => 'tenant')")).hasSize(tables.size() - 1);
        assertThat(column(TABLES_WITHOUT_TENANT)).containsExactlyInAnyOrderElementsOf(LOCAL);
    }

    @Test
    void theTenantHasOneTypeInAllTables() {
        assertThat(column(TYPES_OF_TENANT)).containsExactly("text C true");
    }

    @Test
    void everyUniqueKeyContainsTheTenant() {
        assertThat(column(UNIQUE_KEYS)).hasSizeGreaterThan(tables.size());
        assertThat(column(UNIQUE_KEYS_WITHOUT_TENANT)).isEmpty();
    }

    @Test
    void everyForeignKeyLeadsFromATenantToTheSameAndComesBack() {
        List<String> keys = column(FOREIGN_KEYS);

        assertThat(keys)
                .isNotEmpty()
                .allMatch(key -> key.matches(".* FOREIGN KEY \\(tenant_id\\b.*\\) REFERENCES \\w+\\(tenant_id\\b.*"));
        assertThat(inScript("(\\w+ ADD CONSTRAINT [^;]+);"))
                .map(added -> added.replace("ADD CONSTRAINT ", ""))
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(inScript("(\\w+ DROP CONSTRAINT \\w+);"))
                .map(dropped -> dropped.replace("DROP CONSTRAINT ", ""))
                .containsExactlyInAnyOrderElementsOf(keys.stream()
                        .map(key -> key.replaceAll(" FOREIGN.*", ""))
                        .toList());
    }

    @Test
    void everyStatementSaysOfEachTableWhoseRowsItReads() {
        Set<String> overAll = new TreeSet<>();
        StoreStatements.all().forEach((name, statement) -> {
            if (!FRAGMENTS.contains(name) && !plan(statement).withoutTenant().isEmpty()) {
                overAll.add(name);
            }
        });

        assertThat(overAll).containsExactlyInAnyOrderElementsOf(OVER_ALL_TENANTS);
        for (String table : PostgresTenantStore.TABLES) {
            String delete =
                    StoreStatements.all().get("PostgresTenantStore.DELETE_SOME").formatted(table);
            assertThat(plan(delete).withoutTenant()).as(delete).isEmpty();
        }
    }

    @Test
    void soDoesEveryStatementOfAFunction() {
        List<String> statements = new ArrayList<>();
        column("SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
                .forEach(source -> statements.addAll(List.of(source.split(";"))));
        Pattern touching = Pattern.compile("\\b(FROM|JOIN|UPDATE|INTO) (" + String.join("|", tables) + ")\\b");

        assertThat(statements)
                .filteredOn(statement -> touching.matcher(statement).find())
                .isNotEmpty()
                .allMatch(statement -> statement.contains("tenant_id = of_tenant")
                        || statement.matches("(?s)\\s*INSERT INTO \\w+ \\(tenant_id\\b.*VALUES \\(of_tenant\\b.*"));
    }
}
