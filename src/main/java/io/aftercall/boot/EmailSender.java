package io.aftercall.boot;

import io.aftercall.handoff.EmailOutlet;
import org.eclipse.microprofile.config.Config;

/** Who writes to customers, seen to before he does. */
final class EmailSender {

    private static final String KEY = "aftercall.email.from";

    private EmailSender() {}

    /**
     * @throws StartRefused if the sender has no address
     */
    static void requireIn(Config config) {
        config.getOptionalValue(KEY, String.class).ifPresent(EmailSender::require);
    }

    private static void require(String sender) {
        try {
            EmailOutlet.domain(sender);
        } catch (IllegalArgumentException noAddress) {
            throw new StartRefused(
                    KEY
                            + " has no address that e-mails could come from: set it to one, as Acme <service@acme.example>.",
                    noAddress);
        }
    }
}
