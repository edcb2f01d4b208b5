package io.aftercall.bench.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says which running server to drive: always one on this machine, over plaintext. */
public final class Target {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--target",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9000",
            description = "The server, on a loopback address (default: ${DEFAULT-VALUE}).")
    private String address;

    /**
     * Opens connections to the server; they connect when they are first used.
     *
     * @param count how many, at least 1
     */
    public Connections connect(int count) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !isLoopback(address.substring(0, colon))) {
            // Load is for the machine it is made on, never for somebody else's.
            throw new ParameterException(command.commandLine(), "--target is not a loopback HOST:PORT: " + address);
        }
        return new Connections(address, count);
    }

    /** Returns the server's port. */
    public int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
