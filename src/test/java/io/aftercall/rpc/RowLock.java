package io.aftercall.rpc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Keeps an agent's row from being rewritten until it is closed. */
final class RowLock implements AutoCloseable {

    private final DataSource database;
    private final Connection connection;

    private RowLock(DataSource database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    static RowLock on(DataSource database, String agentId) throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT 1 FROM agent WHERE agent_id = ? FOR UPDATE")) {
            lock.setString(1, agentId);
            lock.executeQuery();
        }
        return new RowLock(database, connection);
    }

    /** Whether a transaction waits for a row. */
    boolean somebodyWaits() throws SQLException {
        try (Connection looking = database.getConnection();
                PreparedStatement waiting = looking.prepareStatement(
                        "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')");
                ResultSet rows = waiting.executeQuery()) {
            return rows.next();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
