package io.aftercall.telemetry;

import java.util.logging.Logger;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Has the log written as one JSON object a line, on standard output. */
public final class JsonLog {

    private JsonLog() {}

    /** In place of the text on the console, from the first line on: to be called before Quarkus starts. */
    public static void install() {
        System.setProperty("quarkus.log.console.enabled", "false");
        System.setProperty("quarkus.banner.enabled", "false");
        Logger root = Logger.getLogger("");
        ConsoleHandler console = new ConsoleHandler(ConsoleHandler.Target.SYSTEM_OUT, new JsonLines());
        // Until Quarkus has set the levels, everything that anybody says comes by.
        console.setFilter(
                entry -> root.getLevel() != Level.ALL || entry.getLevel().intValue() >= Level.INFO.intValue());
        root.addHandler(console);
    }
}
