package io.aftercall.rpc;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.aftercall.handoff.RudeMailServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A mail server on this machine, which can be taken away, and another put in its place that is rude. */
public class MailServer implements QuarkusTestResourceLifecycleManager {

    static final String FROM = "Acme <service@acme.example>";

    /** Held, as a logger that nobody holds forgets its level. It tells whom it has mail for. */
    private static final Logger LOG = Logger.getLogger("com.icegreen");

    private static GreenMail server;
    private static int port;

    @Override
    public Map<String, String> start() {
        LOG.setLevel(Level.WARNING);
        port = FreePorts.free();
        up();
        return Map.of(
                "quarkus.mailer.host",
                "127.0.0.1",
                "quarkus.mailer.port",
                Integer.toString(port),
                "aftercall.email.from",
                FROM,
                "aftercall.email.time-zone",
                "Europe/Madrid");
    }

    @Override
    public void stop() {
        down();
    }

    static synchronized void up() {
        if (server == null) {
            server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            server.start();
        }
    }

    static synchronized void down() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    static GreenMail server() {
        return server;
    }

    /** In its place as long as it is open. */
    static final class Rude extends RudeMailServer {

        /**
         * @param answers to a verb; null as a polite server would
         */
        Rude(UnaryOperator<String> answers) throws IOException {
            super(free(), answers);
        }

        private static int free() {
            down();
            return port;
        }

        @Override
        public void close() throws IOException {
            super.close();
            up();
        }
    }
}
