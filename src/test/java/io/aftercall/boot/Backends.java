package io.aftercall.boot;

import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The processes of the database that serve the server under test, seen over a connection of their own. */
final class Backends implements AutoCloseable {

    private static final String OTHERS =
            " FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";

    private final List<Long> frozen = new ArrayList<>();

    void kill() {
        read("SELECT count(pg_terminate_backend(pid))" + OTHERS);
    }

    /** They take what is sent and answer nothing, as behind a network that swallows everything. */
    void freeze() {
        frozen.addAll(read("SELECT pid" + OTHERS));
        frozen.forEach(pid -> signal("STOP", pid));
    }

    long frozen() {
        return frozen.size();
    }

    void lockTenantOver(SqlConnection connection) throws ExecutionException, InterruptedException {
        connection
                .query("BEGIN")
                .execute()
                .compose(begun -> connection
                        .query("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('default', 0))")
                        .execute())
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    long count(String query) {
        return read(query).get(0);
    }

    @Override
    public void close() {
        frozen.forEach(pid -> signal("CONT", pid));
        frozen.clear();
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Long> read(String query) {
        Config config = ConfigProvider.getConfig();
        try (Connection connection = DriverManager.getConnection(
                        config.getValue(DatabaseUrls.JDBC_KEY, String.class),
                        config.getValue("quarkus.flyway.username", String.class),
                        config.getValue("quarkus.flyway.password", String.class));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<Long> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
