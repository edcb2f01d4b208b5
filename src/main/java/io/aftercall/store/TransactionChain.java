package io.aftercall.store;

import io.aftercall.engine.AgentStore.Committed;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Work;
import io.aftercall.engine.CommonOutlets;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;

/**
 * A tenant's transactions, one after the other on one connection: each begins in the flight in which the one before it
 * ends, so that the database goes from one to the next without waiting for us. The connection is taken from the pool
 * for as long as there is work, and given up when anything on it fails.
 */
final class TransactionChain {

    private final Pool pool;
    private final String tenant;
    private final CommonOutlets outlets;

    /** Completes when the last transaction has sent its end. */
    private Future<Void> last = Future.succeededFuture();

    /** What the next transaction goes over; null if a new one is to be taken. */
    private Line line;

    /** A connection and how many transactions are on it. */
    private static final class Line {
        private final Future<SqlConnection> connection;
        private int users;

        Line(Future<SqlConnection> connection) {
            this.connection = connection;
        }
    }

    TransactionChain(Pool pool, String tenant, CommonOutlets outlets) {
        this.pool = pool;
        this.tenant = tenant;
        this.outlets = outlets;
    }

    Future<Committed> run(Needs needs, Work work) {
        Promise<Void> ending = Promise.promise();
        return behind(ending.future())
                .compose(turn -> {
                    Line taken = enter();
                    return taken.connection
                            .compose(
                                    connection -> new AgentTransaction(connection, tenant, outlets, ending::tryComplete)
                                            .run(needs, work))
                            .onComplete(result -> leave(taken, result.failed()));
                })
                .onComplete(result -> ending.tryComplete());
    }

    private synchronized Future<Void> behind(Future<Void> next) {
        Future<Void> before = last;
        last = next;
        return before;
    }

    private synchronized Line enter() {
        if (line == null) {
            line = new Line(pool.getConnection());
        }
        line.users++;
        return line;
    }

    private synchronized void leave(Line left, boolean failed) {
        left.users--;
        if (line == left && (failed || left.users == 0)) {
            line = null;
        }
        if (line != left && left.users == 0) {
            left.connection.onSuccess(SqlConnection::close);
        }
    }
}
