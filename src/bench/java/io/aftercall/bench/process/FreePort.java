package io.aftercall.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for servers that are started here. */
public final class FreePort {
    private FreePort() {}

    /** Returns a port of 127.0.0.1 that is free at the moment. */
    public static int any() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
