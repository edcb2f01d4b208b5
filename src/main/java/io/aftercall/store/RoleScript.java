package io.aftercall.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Creates the roles that the server works with in an embedded database, as a superuser does elsewhere. */
public final class RoleScript {

    private static final String SCRIPT = "/db/roles.sql";

    private RoleScript() {}

    /**
     * Creates them, unless the database is a standby.
     *
     * @param superuser whose password this is
     * @param server the one of them that is to connect, with the same password
     */
    public static void run(String jdbcUrl, String superuser, String password, String server) throws IOException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, superuser, password);
                Statement statement = connection.createStatement()) {
            if (!isStandby(statement)) {
                // A standby that it would wait for may not be there yet.
                statement.execute("SET synchronous_commit = local");
                statement.execute(script());
                statement.execute("ALTER ROLE %s LOGIN PASSWORD %s"
                        .formatted(statement.enquoteIdentifier(server, false), statement.enquoteLiteral(password)));
            }
        } catch (SQLException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static boolean isStandby(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static String script() throws IOException {
        try (InputStream script = RoleScript.class.getResourceAsStream(SCRIPT)) {
            return new String(script.readAllBytes(), UTF_8);
        }
    }
}
