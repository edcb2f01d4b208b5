package io.aftercall.wrapup;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a summary of an interaction goes, and in which language. The address is personal, so the text form says nothing.
 *
 * @param language one of {@link #LANGUAGES}
 */
public record EmailSummary(String address, String language) {

    public static final Set<String> LANGUAGES = Set.of("es", "en");

    /** Of an address (RFC 5321, 4.5.3.1.3, without the angle brackets). */
    public static final int MAX_ADDRESS_LENGTH = 254;

    private static final String ATOM = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+";

    /**
     * What the HTML standard calls a valid e-mail address (https://html.spec.whatwg.org/#valid-e-mail-address), with dots
     * only where mail servers take them (RFC 5321, 4.1.2, {@code Dot-string}).
     */
    private static final Pattern ADDRESS = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*"
            + "@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");

    public EmailSummary {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(language, "language");
    }

    /** What is wrong with an address. */
    public static Optional<String> violation(String address) {
        boolean valid = address.length() <= MAX_ADDRESS_LENGTH
                && ADDRESS.matcher(address).matches();
        return valid ? Optional.empty() : Optional.of("is no e-mail address");
    }

    @Override
    public String toString() {
        return "EmailSummary[…]";
    }
}
