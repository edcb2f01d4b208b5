package io.aftercall.bench.process;

import io.aftercall.boot.EmbeddedPostgres;
import io.aftercall.boot.EmbeddedPostgresSettings;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The server's own embedded PostgreSQL with its own settings, save that it takes more connections: every client of
 * pgbench is one.
 */
public final class BenchDatabase implements AutoCloseable {
    private static final String MAX_CONNECTIONS = "400";
    private static final String SERVERS_DATABASE = "postgres";

    private final EmbeddedPostgres postgres;

    private BenchDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it on fresh data in this directory. */
    public static BenchDatabase start(WorkDirectory directory) {
        Path data = directory.path().resolve("postgres");
        return new BenchDatabase(
                EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data).with("max_connections", MAX_CONNECTIONS)));
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return postgres.port();
    }

    /** Returns whom servers work as. */
    public String serversUser() {
        return EmbeddedPostgres.USER;
    }

    /** Returns a superuser. */
    public String user() {
        return EmbeddedPostgres.OWNER;
    }

    /** Returns the password of both users. */
    public String password() {
        return postgres.password();
    }

    /** Executes statements in the database that servers use. */
    public void execute(String sql) throws IOException {
        execute(SERVERS_DATABASE, sql);
    }

    /** Executes statements in this database, separated by semicolons. */
    public void execute(String database, String sql) throws IOException {
        work(database, statement -> statement.execute(sql));
    }

    /** Executes statements in the database that servers use, each in a transaction of its own. */
    public void executeEach(List<String> statements) throws IOException {
        work(SERVERS_DATABASE, statement -> {
            for (String sql : statements) {
                statement.execute(sql);
            }
        });
    }

    /** Executes statements in the database that servers use, and returns the first column of what the last finds. */
    public List<String> query(List<String> statements) throws IOException {
        List<String> found = new ArrayList<>();
        work(SERVERS_DATABASE, statement -> {
            for (String sql : statements) {
                found.clear();
                if (statement.execute(sql)) {
                    ResultSet rows = statement.getResultSet();
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
        });
        return found;
    }

    /** Copies lines into the database that servers use. */
    public void copy(String sql, String lines) throws IOException {
        work(SERVERS_DATABASE, statement -> {
            try {
                statement
                        .getConnection()
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(sql, new StringReader(lines));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private interface Work {
        void with(Statement statement) throws SQLException;
    }

    private void work(String database, Work work) throws IOException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName(database);
        source.setUser(user());
        source.setPassword(password());
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            work.with(statement);
        } catch (SQLException e) {
            throw new IOException("PostgreSQL refused: " + e.getMessage(), e);
        }
    }

    String reactiveUrl() {
        return "postgresql://127.0.0.1:" + port() + "/" + SERVERS_DATABASE;
    }

    @Override
    public void close() {
        postgres.close();
    }
}
