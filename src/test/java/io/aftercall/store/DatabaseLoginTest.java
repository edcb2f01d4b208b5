package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.DatabaseResource;
import io.aftercall.boot.OwnerPool;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Whom the database would show more than one tenant. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class DatabaseLoginTest {

    @Inject
    DatabaseLogin server;

    @Inject
    OwnerPool owner;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    private void execute(String sql) {
        await(DatabaseFailures.stage(owner.pool().query(sql).execute()));
    }

    private String fresh(String attributes) {
        String role = "login_" + UUID.randomUUID().toString().replace('-', '_');
        execute("CREATE ROLE " + role + " LOGIN PASSWORD 'of-a-test' " + attributes);
        return role;
    }

    private String violation(String role) {
        PgConnectOptions options = PgConnectOptions.fromUri(url).setUser(role).setPassword("of-a-test");
        Pool pool = Pool.pool(vertx, options, new PoolOptions().setMaxSize(1));
        try {
            return await(new DatabaseLogin(pool).violation()).orElse("none").replace(role, "it");
        } finally {
            pool.close();
        }
    }

    @Test
    void theServersOwnIsNoneOfThem() {
        assertThat(await(server.violation())).isEmpty();
    }

    @Test
    void aSuperuserIs() {
        assertThat(violation(fresh("SUPERUSER"))).isEqualTo("it is a superuser");
    }

    @Test
    void whoPassesOverRowLevelSecurityIs() {
        assertThat(violation(fresh("BYPASSRLS"))).isEqualTo("it passes over row-level security");
    }

    @Test
    void whoOwnsTheTablesIs() {
        String role = fresh("");
        String schema = "of_" + role;
        execute("CREATE SCHEMA " + schema + " AUTHORIZATION " + role);
        execute("CREATE TABLE " + schema + ".agent (); ALTER TABLE " + schema + ".agent OWNER TO " + role);
        try {
            assertThat(violation(role)).isEqualTo("it owns the tables");
        } finally {
            execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }
}
