package io.aftercall.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.engine.StoreUnavailable;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import org.junit.jupiter.api.Test;

class DatabaseFailuresTest {

    @Test
    void aConnectionThatWasLostBeforeItWasUsedMeansThatTheDatabaseIsAway() {
        Throwable lost = new NoStackTraceThrowable("Connection is not active now, current status: CLOSED");

        assertThat(DatabaseFailures.translated(lost)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aTransactionThatWasIdleForTooLongDoesToo() {
        Throwable ended = new PgException("terminating connection", "FATAL", "25P03", null);

        assertThat(DatabaseFailures.translated(ended)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aTransactionThatWasGivenUpForAnotherMayBeRepeatedToo() {
        Throwable victim = new PgException("deadlock detected", "ERROR", "40P01", null);

        assertThat(DatabaseFailures.translated(victim)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void whatTheDatabaseRefusesIsAFaultOfOurs() {
        Throwable refused = new PgException("duplicate key", "ERROR", "23505", null);

        assertThat(DatabaseFailures.translated(refused)).isSameAs(refused);
    }
}
