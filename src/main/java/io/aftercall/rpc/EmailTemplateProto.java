package io.aftercall.rpc;

import io.aftercall.api.v1.RenderedEmail;
import io.aftercall.delivery.EmailTemplate;
import io.aftercall.email.SummaryEmail;
import io.aftercall.wrapup.EmailSummary;
import java.util.Optional;

/** Templates of e-mails, and e-mails, in messages. */
final class EmailTemplateProto {

    private EmailTemplateProto() {}

    static EmailTemplate read(FieldReader fields, io.aftercall.api.v1.EmailTemplate proto) {
        language(fields, "template.language", proto.getLanguage());
        String subject = proto.getSubject();
        if (subject.isBlank()
                || subject.codePointCount(0, subject.length()) > EmailTemplate.MAX_SUBJECT_LENGTH
                || subject.chars().anyMatch(Character::isISOControl)) {
            fields.violations().add("template.subject", "must be one line of 1 to 256 printable characters");
        }
        if (proto.getText().isBlank()) {
            fields.violations().add("template.text", "is required");
        }
        WrapUpProto.text(fields, "template.text", proto.getText(), EmailTemplate.MAX_BODY_BYTES);
        WrapUpProto.text(fields, "template.html", proto.getHtml(), EmailTemplate.MAX_BODY_BYTES);
        if (!proto.getReplyTo().isEmpty()) {
            fields.violations().add("template.reply_to", EmailSummary.violation(proto.getReplyTo()));
        }
        return new EmailTemplate(
                proto.getLanguage(), subject, proto.getText(), proto.getHtml(), proto.getReplyTo(), 0, null);
    }

    static void language(FieldReader fields, String field, String language) {
        if (!EmailSummary.LANGUAGES.contains(language)) {
            fields.violations().add(field, "must be es or en");
        }
    }

    static io.aftercall.api.v1.EmailTemplate write(EmailTemplate template) {
        io.aftercall.api.v1.EmailTemplate.Builder proto = io.aftercall.api.v1.EmailTemplate.newBuilder()
                .setLanguage(template.language())
                .setSubject(template.subject())
                .setText(template.text())
                .setHtml(template.html())
                .setReplyTo(template.replyTo())
                .setEtag(template.etag());
        Optional.ofNullable(template.updateTime()).map(ProtoTimes::timestamp).ifPresent(proto::setUpdateTime);
        return proto.build();
    }

    static RenderedEmail write(SummaryEmail email) {
        return RenderedEmail.newBuilder()
                .setSubject(email.subject())
                .setText(email.text())
                .setHtml(email.html())
                .build();
    }
}
