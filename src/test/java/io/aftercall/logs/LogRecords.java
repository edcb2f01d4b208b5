package io.aftercall.logs;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the server that runs in this JVM writes into its log during a test. */
public final class LogRecords extends Handler implements BeforeEachCallback, AfterEachCallback {

    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    public List<LogRecord> all() {
        return List.copyOf(records);
    }

    public void forget() {
        records.clear();
    }

    @Override
    public void publish(LogRecord logged) {
        records.add(logged);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        Logger.getLogger("").addHandler(this);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Logger.getLogger("").removeHandler(this);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
