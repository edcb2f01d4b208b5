package io.aftercall.store;

import com.fasterxml.jackson.core.JacksonException;
import io.aftercall.engine.StoreUnavailable;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Tells a database that is away from one that refuses, and both from a fault of ours. */
final class DatabaseFailures {

    /**
     * Classes of SQLSTATE that say nothing about the statement: connection, rolled back for the sake of another (a
     * migration, whose locks cross), resources, operator intervention, system.
     */
    private static final Set<String> AWAY = Set.of("08", "40", "53", "57", "58");

    /** A read-only transaction: this server is a standby. */
    private static final String READ_ONLY = "25006";

    /** The database ended the connection, as a transaction had said nothing for too long. */
    private static final String IDLE_IN_TRANSACTION = "25P03";

    private static final String POOL_CLOSED = "Pool closed";

    private DatabaseFailures() {}

    /** The future as the engine knows it: with its failure {@linkplain #translated translated}. */
    static <T> CompletionStage<T> stage(Future<T> future) {
        return future.recover(failure -> Future.failedFuture(translated(failure)))
                .toCompletionStage();
    }

    /** The failure as the engine knows it: {@link StoreUnavailable} if the database is away, else as it is. */
    static Throwable translated(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (away(cause)) {
                return new StoreUnavailable(failure);
            }
        }
        return failure;
    }

    private static boolean away(Throwable cause) {
        if (cause instanceof PgException refused) {
            String state = String.valueOf(refused.getSqlState());
            return AWAY.contains(state.substring(0, 2)) || READ_ONLY.equals(state) || IDLE_IN_TRANSACTION.equals(state);
        }
        return cause instanceof IOException && !(cause instanceof JacksonException)
                || cause instanceof TimeoutException
                || cause instanceof ClosedConnectionException
                || cause instanceof ConnectionPoolTooBusyException
                // So the client speaks of itself: no connection in time, one that was lost before it was asked, or one
                // whose other end showed no certificate that is believed.
                || cause instanceof NoStackTraceThrowable
                || cause.getClass() == VertxException.class
                || POOL_CLOSED.equals(cause.getMessage());
    }
}
