package io.aftercall.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A part of {@code change_log}.
 *
 * @param start a beginning of a day in UTC; what is older is elsewhere
 * @param end a beginning of a day in UTC; what is of that time or later is elsewhere
 */
record ChangeLogPartition(String name, Instant start, Instant end) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

    /** One that is called after its first day. */
    static ChangeLogPartition of(Instant start, Instant end) {
        return new ChangeLogPartition("change_log_" + DAY.format(start), start, end);
    }

    String create() {
        return create(name);
    }

    String attach() {
        return "ALTER TABLE change_log ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
                .formatted(name, start, end);
    }

    String drop() {
        return "DROP TABLE " + name;
    }

    /** A table beside the log, to be attached: made as a part of it, writers would have to wait. */
    static String create(String name) {
        return """
                CREATE TABLE %s (LIKE change_log, PRIMARY KEY (tenant_id, revision))
                    WITH (autovacuum_vacuum_insert_threshold = -1)
                """
                .formatted(name);
    }
}
