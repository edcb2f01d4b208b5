package io.aftercall.faults;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the log from the database itself. */
final class LogReader {

    private static final String LOG =
            """
            SELECT revision, change_time, cause, coalesce(agent_id, '') AS agent_id, coalesce(version, 0) AS version,
                coalesce(interaction_id, '') AS interaction_id, coalesce(acw_id::text, '') AS acw_id,
                coalesce(end_reason, '') AS end_reason, coalesce(state ->> 'acws', '[]') AS acws
            FROM change_log WHERE revision > ? ORDER BY revision
            """;

    private LogReader() {}

    /** What follows a revision. */
    static List<LoggedChange> read(Connection database, long after) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(LOG)) {
            statement.setLong(1, after);
            List<LoggedChange> log = new ArrayList<>();
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                log.add(new LoggedChange(
                        rows.getLong("revision"),
                        rows.getObject("change_time", OffsetDateTime.class).toInstant(),
                        rows.getString("cause"),
                        rows.getString("agent_id"),
                        rows.getLong("version"),
                        rows.getString("interaction_id"),
                        rows.getString("acw_id"),
                        rows.getString("end_reason"),
                        deadlines(rows.getString("acws"))));
            }
            return log;
        }
    }

    /** The last revision. */
    static long head(Connection database) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("SELECT revision FROM tenant")) {
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    private static Map<String, Instant> deadlines(String acws) {
        Map<String, Instant> deadlines = new HashMap<>();
        for (Object acw : new JsonArray(acws)) {
            JsonObject open = (JsonObject) acw;
            deadlines.put(open.getString("acw_id"), Instant.parse(open.getString("deadline_time")));
        }
        return deadlines;
    }
}
