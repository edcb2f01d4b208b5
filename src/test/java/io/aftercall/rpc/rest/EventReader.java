package io.aftercall.rpc.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;

/** Reads a stream of server-sent events on a connection of its own, as a browser does, until it is closed. */
final class EventReader implements AutoCloseable {

    private final Socket socket;
    private final StringBuffer data = new StringBuffer();
    private volatile String lastId = "";

    private EventReader(Socket socket) {
        this.socket = socket;
        Thread reading = new Thread(this::read, "events");
        reading.setDaemon(true);
        reading.start();
    }

    static EventReader open(URI server, String request, String lastEventId) {
        try {
            Socket socket = new Socket(server.getHost(), server.getPort());
            OutputStream out = socket.getOutputStream();
            String header = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
            out.write(("GET " + RestRoutes.ROOT + "AgentStateService/StreamAgentStates?request="
                            + URLEncoder.encode(request, UTF_8) + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                    .getBytes(UTF_8));
            return new EventReader(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data.append(line, 6, line.length()).append('\n');
                }
            }
        } catch (IOException closed) {
            data.append("(closed)");
        }
    }

    /** All that has come so far. */
    String data() {
        return data.toString();
    }

    /** The id of the last event that had one; empty for none. */
    String lastId() {
        return lastId;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
