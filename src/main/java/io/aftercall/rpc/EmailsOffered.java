package io.aftercall.rpc;

import io.aftercall.api.v1.WrapUp;
import io.aftercall.email.EmailTerms;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Whether customers can be sent e-mails at all. */
@Singleton
final class EmailsOffered {

    private static final String FIELD = "wrap_up.email_summary";

    private final EmailTerms terms;

    EmailsOffered(EmailTerms terms) {
        this.terms = terms;
    }

    /** Nobody shall believe that an e-mail goes out when none does. */
    void check(FieldReader fields, WrapUp asked) {
        if (asked.hasEmailSummary() && terms.from().isEmpty()) {
            fields.violations().add(FIELD, "is not to be had: this installation sends no e-mail");
        }
    }

    /** The same of what is complete; in what is still being written there may be nothing yet. */
    void checkComplete(FieldReader fields, WrapUp asked, Optional<io.aftercall.wrapup.WrapUp> said) {
        check(fields, asked);
        if (asked.hasEmailSummary()
                && terms.from().isPresent()
                && said.filter(wrapUp -> !wrapUp.tellsCustomer()).isPresent()) {
            fields.violations().add(FIELD, "would be empty: it needs a subject, actions_taken or actions_recommended");
        }
    }
}
