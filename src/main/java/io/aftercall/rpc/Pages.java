package io.aftercall.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.MessageLite;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Page sizes and page tokens. A token is the last position of the page before and what it is a page of. */
final class Pages {

    /** What a list of policies is a page of. */
    static final String POLICIES = "policies ";

    /** What a list of changes of policies is a page of. */
    static final String POLICY_REVISIONS = "policy revisions ";

    /** A message that has as many is sent as it is: clients take 4 MiB by default, and one entry more still fits. */
    static final int ENOUGH_BYTES = 1024 * 1024;

    /** A page that has as many ends, however many entries were asked for: the same, where there is one message each. */
    static final int FULL_BYTES = 3 * 1024 * 1024;

    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1_000;

    private Pages() {}

    static int size(FieldReader fields, int asked) {
        if (asked < 0 || asked > MAX_SIZE) {
            fields.violations().add("page_size", "must be 0 to " + MAX_SIZE);
        }
        return asked == 0 ? DEFAULT_SIZE : asked;
    }

    /**
     * What a list shows at a time.
     *
     * @param next the token of the next page; empty on the last
     */
    record Page<T>(List<T> entries, String next) {}

    /**
     * As many as were asked for, or as a client has room for.
     *
     * @param found one more than was asked for, if there is one more
     * @param position of an entry in the list
     */
    static <T, R extends MessageLite> Page<R> page(
            List<T> found, int size, String of, Function<T, String> position, Function<T, R> write) {
        List<R> entries = new ArrayList<>(Math.min(size, found.size()));
        long bytes = 0;
        for (T entry : found) {
            int shown = entries.size();
            if (shown == size || bytes >= FULL_BYTES) {
                return new Page<>(entries, token(position.apply(found.get(shown - 1)), of));
            }
            R written = write.apply(entry);
            entries.add(written);
            bytes += written.getSerializedSize();
        }
        return new Page<>(entries, "");
    }

    /** A time in the text of a position. */
    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException notOne) {
            throw new IllegalArgumentException(notOne);
        }
    }

    static String token(String position, String of) {
        String plain = of + "\n" + position;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }

    /**
     * The position that a token names; empty for an empty token.
     *
     * @param read may throw an {@link IllegalArgumentException} for a position that there is not
     * @throws io.grpc.StatusRuntimeException if the token is not one of ours, or of another list
     */
    static <T> Optional<T> position(String token, String of, Function<String, T> read) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), UTF_8).split("\n", 2);
            if (parts.length == 2 && parts[0].equals(of)) {
                return Optional.of(read.apply(parts[1]));
            }
        } catch (IllegalArgumentException notOurs) {
            // Said below.
        }
        throw GrpcErrors.foreignToken("page_token");
    }
}
