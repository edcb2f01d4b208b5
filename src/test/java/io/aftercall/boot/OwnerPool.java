package io.aftercall.boot;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections past the server, as a superuser: for what tests do that the server may not. */
@Singleton
public class OwnerPool {

    private final Pool pool;
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();

    public OwnerPool(
            Vertx vertx,
            @ConfigProperty(name = DatabaseUrls.REACTIVE_KEY) String url,
            @ConfigProperty(name = DatabaseUrls.JDBC_KEY) String jdbcUrl,
            @ConfigProperty(name = "quarkus.flyway.username") String user,
            @ConfigProperty(name = "quarkus.flyway.password") String password) {
        PgConnectOptions options = PgConnectOptions.fromUri(url).setUser(user).setPassword(password);
        pool = Pool.pool(vertx, options, new PoolOptions().setMaxSize(2));
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(user);
        dataSource.setPassword(password);
    }

    public Pool pool() {
        return pool;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    @PreDestroy
    public void close() {
        pool.close();
    }
}
