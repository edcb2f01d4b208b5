package io.aftercall.bench.stage;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The floor in a window of a browser that has never been there; it notes when it has shown what. */
final class FloorWindow implements AutoCloseable {
    /** Notes each frame, and each status of the first tile with the time of the frame behind it. */
    private static final String NOTES =
            """
            () => {
              globalThis.frames = [];
              globalThis.shown = [];
              let last = performance.now();
              const frame = (now) => { globalThis.frames.push(now - last); last = now; requestAnimationFrame(frame); };
              requestAnimationFrame(frame);
              const tile = document.querySelector('.tile');
              let before = tile.className;
              new MutationObserver(() => {
                if (tile.className === before) return;
                before = tile.className;
                requestAnimationFrame(() => setTimeout(() => globalThis.shown.push(Date.now())));
              }).observe(tile, { attributes: true, attributeFilter: ['class'] });
            }
            """;

    private final BrowserContext context;
    private final Page page;
    private final AtomicLong transferred = new AtomicLong();

    FloorWindow(Browser browser, URI floor) {
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1920, 1080).setLocale("en-GB"));
        page = context.newPage();
        CDPSession network = context.newCDPSession(page);
        network.send("Network.enable");
        network.on(
                "Network.loadingFinished",
                event -> transferred.addAndGet(event.get("encodedDataLength").getAsLong()));
        page.navigate(floor.toString());
    }

    /** Returns after how many milliseconds from the navigation something could be read, and after how many a tile. */
    double[] firstPaints() {
        page.waitForSelector(".tile");
        return new double[] {
            number("performance.getEntriesByName('first-contentful-paint')[0].startTime"), number("performance.now()")
        };
    }

    /** Returns how many bytes its files took, compressed as they came; those of the stream do not count. */
    long transferred() {
        return transferred.get();
    }

    /** Sorts by name, so that the first agent stays where he is, and begins to take notes. */
    void note() {
        page.getByLabel("Sort by").selectOption("name");
        page.waitForTimeout(3_000);
        page.evaluate(NOTES);
    }

    /** Goes on for so long. */
    void pass(long millis) {
        page.waitForTimeout(millis);
    }

    /** Returns how many frames there were a second since it takes notes. */
    double framesPerSecond() {
        return number("globalThis.frames.length / globalThis.frames.reduce((sum, span) => sum + span, 0) * 1000");
    }

    /** Returns the length in milliseconds that 99 of 100 frames did not exceed. */
    double longFrame() {
        return number("[...globalThis.frames].sort((a, b) => a - b)[Math.floor(globalThis.frames.length * 0.99)]");
    }

    /** Returns when each status of the first agent had been shown, in milliseconds since 1970. */
    List<Long> shown() {
        List<?> times = (List<?>) page.evaluate("globalThis.shown");
        return times.stream().map(time -> ((Number) time).longValue()).toList();
    }

    private double number(String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    @Override
    public void close() {
        context.close();
    }
}
