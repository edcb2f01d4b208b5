package io.aftercall.email;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How the installation sends e-mail.
 *
 * @param from the sender; empty if it sends none
 * @param zone in which days are told
 */
public record EmailTerms(Optional<String> from, ZoneId zone) {

    /** On which day something was. */
    public LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, zone);
    }
}
