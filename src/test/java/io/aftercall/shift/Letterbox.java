package io.aftercall.shift;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.aftercall.rpc.FreePorts;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A mail server that can be taken away and put back; what it has received stays. */
final class Letterbox implements AutoCloseable {

    private static final Logger QUIET = Logger.getLogger("com.icegreen");

    private final int port = FreePorts.free();
    private final List<String> received = new ArrayList<>();
    private GreenMail server;

    Letterbox() {
        // It tells whom it has mail for.
        QUIET.setLevel(Level.WARNING);
        up();
    }

    int port() {
        return port;
    }

    void up() {
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    void down() {
        received.addAll(now());
        server.stop();
        server = null;
    }

    /** To whom it has had mail, as often as it had. */
    List<String> recipients() {
        List<String> all = new ArrayList<>(received);
        all.addAll(now());
        return all;
    }

    private List<String> now() {
        List<String> recipients = new ArrayList<>();
        try {
            for (MimeMessage message : server.getReceivedMessages()) {
                recipients.add(message.getAllRecipients()[0].toString());
            }
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return recipients;
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
    }
}
