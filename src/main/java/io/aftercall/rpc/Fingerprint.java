package io.aftercall.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stands for the content of a request, and for the call: two calls may have messages of the same form. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(Message content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.getDescriptorForType().getFullName().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(content.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
