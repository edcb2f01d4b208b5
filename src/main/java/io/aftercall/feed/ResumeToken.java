package io.aftercall.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aftercall.engine.TenantId;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a subscriber has got to; opaque to him.
 *
 * @param epoch the history that the revision counts
 * @param revision the last that the subscriber has seen
 * @param filter the fingerprint of the subscription's filter
 */
public record ResumeToken(String epoch, TenantId tenant, long revision, long filter) {

    private static final Pattern FORM = Pattern.compile("1 (\\S{1,64}) (\\S{1,128}) (\\d{1,18}) ([0-9a-f]{1,16})");

    public String encode() {
        String plain = "1 " + epoch + ' ' + tenant + ' ' + revision + ' ' + Long.toHexString(filter);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }

    /** Reads what {@link #encode} wrote; empty if it did not write this. */
    public static Optional<ResumeToken> decode(String text) {
        try {
            Matcher form = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), UTF_8));
            return form.matches()
                    ? Optional.of(new ResumeToken(
                            form.group(1),
                            new TenantId(form.group(2)),
                            Long.parseLong(form.group(3)),
                            Long.parseUnsignedLong(form.group(4), 16)))
                    : Optional.empty();
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
