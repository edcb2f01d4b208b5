package io.aftercall.handoff;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A mail server on this machine that answers each line as it likes. */
public class RudeMailServer implements AutoCloseable {

    /** In place of a verb, before the first. */
    public static final String GREETING = "";

    /** In place of an answer: it goes away. */
    public static final String GONE = "";

    /** In place of an answer: it says nothing. */
    public static final String SILENCE = "silence";

    public final AtomicInteger letters = new AtomicInteger();
    public final List<String> verbs = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;
    private final Thread accepting;

    /**
     * @param port 0 for any
     * @param answers to a verb; null as a polite server would
     */
    public RudeMailServer(int port, UnaryOperator<String> answers) throws IOException {
        socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        accepting = new Thread(() -> serve(answers));
        accepting.start();
    }

    int port() {
        return socket.getLocalPort();
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
        boolean there = say(caller, answers.apply(GREETING), "220 rude.example ESMTP");
        while (there) {
            String line = lines.readLine();
            if (line == null) {
                return;
            }
            String verb = line.split("[ :]", 2)[0];
            verbs.add(verb);
            if (verb.equals("DATA")) {
                say(caller, null, "354 Go on");
                while (!lines.readLine().equals(".")) {
                    // The letter.
                }
                letters.incrementAndGet();
            }
            there = say(caller, answers.apply(verb), "250 OK");
        }
    }

    /** Whether it stays. */
    private static boolean say(Socket caller, String answer, String polite) throws IOException {
        if (GONE.equals(answer)) {
            return false;
        }
        if (!SILENCE.equals(answer)) {
            OutputStream out = caller.getOutputStream();
            out.write(((answer == null ? polite : answer) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        return true;
    }

    /** The port is free afterwards. */
    @Override
    public void close() throws IOException {
        socket.close();
        try {
            accepting.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
