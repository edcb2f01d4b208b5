package io.aftercall.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.engine.SettableClock;
import io.aftercall.logs.LogRecords;
import java.time.Duration;
import java.util.List;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailedLoginsTest {

    @RegisterExtension
    final LogRecords log = new LogRecords();

    private final SettableClock clock = new SettableClock();
    private final FailedLogins failed = new FailedLogins(new BucketTime(clock));

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            failed.add(NotAuthenticated.invalid("The token has expired"), "192.0.2.7");
        }
    }

    private List<LogRecord> lines() {
        return log.all().stream()
                .filter(logged -> logged.getLoggerName().equals(FailedLogins.class.getName()))
                .toList();
    }

    @Test
    void whoTriesAThousandTimesGetsAFewLinesAndTheirNumber() {
        fail(1_000);
        assertThat(lines()).hasSize(5);

        clock.tick(Duration.ofSeconds(1));
        fail(1);

        assertThat(lines()).hasSize(6);
        assertThat(((ExtLogRecord) lines().get(5)).getFormattedMessage()).contains("192.0.2.7", "995 more");
    }
}
