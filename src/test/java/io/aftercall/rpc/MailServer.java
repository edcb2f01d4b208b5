package io.aftercall.rpc;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A mail server on this machine, which can be taken away, and another put in its place that is rude. */
public class MailServer implements QuarkusTestResourceLifecycleManager {

    static final String FROM = "Acme <service@acme.example>";

    private static GreenMail server;
    private static int port;

    @Override
    public Map<String, String> start() {
        port = freePort();
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

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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

    /** Answers each line as it likes, and goes away at an empty answer. */
    static final class Rude implements AutoCloseable {

        final AtomicInteger letters = new AtomicInteger();
        private final ServerSocket socket;

        /**
         * @param answers to a verb; null as a polite server would
         */
        Rude(UnaryOperator<String> answers) throws IOException {
            down();
            socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> serve(answers));
            thread.start();
        }

        private void serve(UnaryOperator<String> answers) {
            while (!socket.isClosed()) {
                try {
                    Socket caller = socket.accept();
                    new Thread(() -> serve(caller, answers)).start();
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void serve(Socket caller, UnaryOperator<String> answers) {
            try (caller) {
                talk(caller, answers);
            } catch (IOException gone) {
                // So is what he wanted.
            }
        }

        private void talk(Socket caller, UnaryOperator<String> answers) throws IOException {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
            say(caller, "220 rude.example ESMTP");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String verb = line.split("[ :]", 2)[0];
                if (verb.equals("DATA")) {
                    say(caller, "354 Go on");
                    while (!lines.readLine().equals(".")) {
                        // The letter.
                    }
                    letters.incrementAndGet();
                }
                String answer = answers.apply(verb);
                if (answer != null && answer.isEmpty()) {
                    return;
                }
                say(caller, answer == null ? "250 OK" : answer);
            }
        }

        private static void say(Socket caller, String line) throws IOException {
            OutputStream out = caller.getOutputStream();
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
            up();
        }
    }
}
