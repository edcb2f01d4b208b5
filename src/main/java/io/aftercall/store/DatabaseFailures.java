package io.aftercall.store;

import io.aftercall.engine.StoreUnavailable;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** Tells a database that is away from one that refuses. */
final class DatabaseFailures {

    /**
     * Classes of SQLSTATE that say nothing about the statement: connection, resources, operator intervention, system.
     */
    private static final Set<String> AWAY = Set.of("08", "53", "57", "58");

    /** A read-only transaction: this server is a standby. */
    private static final String READ_ONLY = "25006";

    private DatabaseFailures() {}

    static Throwable translated(Throwable failure) {
        if (failure instanceof PgException refused) {
            String state = String.valueOf(refused.getSqlState());
            boolean away = AWAY.contains(state.substring(0, 2)) || READ_ONLY.equals(state);
            return away ? new StoreUnavailable(failure) : failure;
        }
        boolean ours = failure instanceof RuntimeException
                && failure.getClass().getName().startsWith("io.aftercall");
        return ours ? failure : new StoreUnavailable(failure);
    }
}
