package io.aftercall.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/** Gives the histories that revisions count new names, where no server's memory knows that some of them was lost. */
public final class HistoryNames {

    private static final String ALL = "SELECT tenant_id FROM tenant ORDER BY tenant_id";

    private static final String RENEW = "UPDATE tenant SET epoch = gen_random_uuid() WHERE tenant_id = $1";

    private HistoryNames() {}

    /**
     * Renews every tenant's, one transaction for each. Servers may run meanwhile: they read their agents anew.
     *
     * @param user whom the server works as
     * @return how many
     * @throws IOException if the database is away or refuses, in its words
     */
    public static int renew(String jdbcUrl, String user, String password) throws IOException {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        // Not by the DriverManager, which finds drivers by reflection.
        try (Connection connection = new Driver().connect(jdbcUrl, login)) {
            connection.setAutoCommit(false);
            List<String> tenants = all(connection);
            for (String tenant : tenants) {
                on(connection, DatabaseRole.FOR_TENANT, tenant);
                on(connection, TenantLock.TAKE, tenant);
                on(connection, RENEW, tenant);
                connection.commit();
            }
            return tenants.size();
        } catch (SQLException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static List<String> all(Connection connection) throws SQLException {
        List<String> tenants = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL ROLE aftercall_feed");
            try (ResultSet rows = statement.executeQuery(ALL)) {
                while (rows.next()) {
                    tenants.add(rows.getString(1));
                }
            }
        }
        connection.commit();
        return tenants;
    }

    private static void on(Connection connection, String sql, String tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.replace("$1", "?"))) {
            statement.setString(1, tenant);
            statement.execute();
        }
    }
}
