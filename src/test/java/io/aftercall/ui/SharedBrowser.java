package io.aftercall.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.aftercall.bench.process.Chromium;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A browser that is started once for all tests of a run and closed at its end. */
final class SharedBrowser implements ExtensionContext.Store.CloseableResource {

    /** The machine may be busy with much else. */
    private static final double PATIENCE_MILLIS = 15_000;

    private final Chromium chromium = Chromium.start();

    private SharedBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    static Browser of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedBrowser.class))
                .getOrComputeIfAbsent(SharedBrowser.class, ignored -> new SharedBrowser(), SharedBrowser.class)
                .chromium
                .browser();
    }

    @Override
    public void close() {
        chromium.close();
    }
}
