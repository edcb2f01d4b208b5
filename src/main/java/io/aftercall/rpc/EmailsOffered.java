package io.aftercall.rpc;

import io.aftercall.api.v1.WrapUp;
import io.aftercall.email.EmailTerms;
import jakarta.inject.Singleton;

/** Whether customers can be sent e-mails at all. */
@Singleton
final class EmailsOffered {

    private final EmailTerms terms;

    EmailsOffered(EmailTerms terms) {
        this.terms = terms;
    }

    /** Nobody shall believe that an e-mail goes out when none does. */
    void check(FieldReader fields, WrapUp asked) {
        if (asked.hasEmailSummary() && terms.from().isEmpty()) {
            fields.violations().add("wrap_up.email_summary", "is not to be had: this installation sends no e-mail");
        }
    }
}
