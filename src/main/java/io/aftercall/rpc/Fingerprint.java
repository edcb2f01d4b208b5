package io.aftercall.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
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
            return HexFormat.of().formatHex(digest.digest(bytes(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** With maps in order: some clients send theirs in another order each time. */
    private static byte[] bytes(Message content) {
        byte[] bytes = new byte[content.getSerializedSize()];
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.useDeterministicSerialization();
        try {
            content.writeTo(output);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        output.checkNoSpaceLeft();
        return bytes;
    }
}
