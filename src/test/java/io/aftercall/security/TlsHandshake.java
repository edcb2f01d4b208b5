package io.aftercall.security;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client who only looks. */
public final class TlsHandshake {

    /** What a server says that does not speak the protocol (RFC 5246, 7.2). */
    public static final int PROTOCOL_VERSION = 70;

    private static final int ALERT = 21;
    private static final int HELLO = 22;

    private TlsHandshake() {}

    /**
     * The certificate that the server shows.
     *
     * @param protocol in which alone he speaks, as {@code TLSv1.3}
     */
    public static X509Certificate at(int port, String protocol) throws IOException {
        try (Socket plain = new Socket("127.0.0.1", port);
                SSLSocket socket =
                        (SSLSocket) trusting().getSocketFactory().createSocket(plain, "localhost", port, true)) {
            socket.setEnabledProtocols(new String[] {protocol});
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /**
     * The alert that answers one who speaks TLS 1.0 or 1.1 alone. He says hello byte by byte, as a client of today's
     * Java refuses these by itself.
     *
     * @param minor 0 or 1
     */
    public static int alert(int port, int minor) throws IOException {
        byte[] suites = {(byte) 0xc0, 0x09, (byte) 0xc0, 0x0a, (byte) 0xc0, 0x13, (byte) 0xc0, 0x14, 0, 0x2f, 0, 0x35};
        ByteBuffer hello = ByteBuffer.allocate(128);
        hello.put((byte) 3).put((byte) (1 + minor)).put(new byte[32]).put((byte) 0);
        hello.putShort((short) suites.length).put(suites).put((byte) 1).put((byte) 0);
        hello.flip();
        ByteBuffer said = ByteBuffer.allocate(160);
        said.put((byte) HELLO).put((byte) 3).put((byte) 1).putShort((short) (hello.remaining() + 4));
        said.put((byte) 1).put((byte) 0).putShort((short) hello.remaining()).put(hello);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(said.array(), 0, said.position());
            byte[] answer = socket.getInputStream().readNBytes(7);
            if (answer.length < 7 || answer[0] != ALERT) {
                throw new IOException("The server does not refuse, it says " + Arrays.toString(answer));
            }
            return answer[6];
        }
    }

    /** Takes whatever it is shown. */
    public static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
