package io.aftercall.store;

import io.aftercall.engine.ChangeHints;
import io.aftercall.engine.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/** LISTEN and NOTIFY. A connection of the pool is kept for listening, so that it is made as all others are. */
@Singleton
public class PostgresChangeHints implements ChangeHints {

    private static final String NOTIFY = "SELECT pg_notify('aftercall_change', $1)";
    private static final String LISTEN = "LISTEN aftercall_change";
    private static final long AGAIN_MILLIS = 1_000;

    /** How often it is said again: a connection that hears no answer for long is given up. */
    private static final long REPEAT_MILLIS = 1_000;

    private final Pool pool;
    private final Vertx vertx;
    private volatile boolean stopped;

    public PostgresChangeHints(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    @Override
    public CompletionStage<Void> tell(TenantId tenant, long revision) {
        Future<Void> told = pool.preparedQuery(NOTIFY)
                .execute(Tuple.of(revision + " " + tenant.value()))
                .mapEmpty();
        return DatabaseFailures.stage(told);
    }

    @Override
    public void listen(Listener listener) {
        pool.getConnection()
                .map(PgConnection.class::cast)
                .compose(connection -> listen(connection, listener))
                .onFailure(failure -> listenAgain(listener));
    }

    @PreDestroy
    void stop() {
        stopped = true;
    }

    private Future<Void> listen(PgConnection connection, Listener listener) {
        connection.notificationHandler(hint -> heard(hint.getPayload(), listener));
        return connection
                .query(LISTEN)
                .execute()
                .onSuccess(listening -> {
                    long repeating = vertx.setPeriodic(
                            REPEAT_MILLIS, now -> connection.query(LISTEN).execute());
                    connection.closeHandler(closed -> {
                        vertx.cancelTimer(repeating);
                        listenAgain(listener);
                    });
                    listener.perhapsMissed();
                })
                .onFailure(refused -> connection.close())
                .mapEmpty();
    }

    /** A database that is away is reported by the poll, which goes on all the time. */
    private void listenAgain(Listener listener) {
        if (!stopped) {
            vertx.setTimer(AGAIN_MILLIS, now -> listen(listener));
        }
    }

    private static void heard(String hint, Listener listener) {
        int space = hint.indexOf(' ');
        listener.changed(new TenantId(hint.substring(space + 1)), Long.parseLong(hint.substring(0, space)));
    }
}
