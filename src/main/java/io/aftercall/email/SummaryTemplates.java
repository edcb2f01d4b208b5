package io.aftercall.email;

import io.aftercall.delivery.EmailTemplate;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Templates in Qute, of which tenants may use two things: values by their names, and {@code {#if}}. Nothing in them can
 * reach an object of the server's, repeat itself, or become larger than {@link #MAX_LENGTH} characters.
 */
public final class SummaryTemplates {

    private static final int MAX_LENGTH = 256 * 1024;
    private static final String HTML = "text/html";

    private static final Engine ENGINE = Engine.builder()
            .addSectionHelper(new IfSectionHelper.Factory())
            .addValueResolver(ValueResolvers.mapResolver())
            .addValueResolver(ValueResolvers.logicalAndResolver())
            .addValueResolver(ValueResolvers.logicalOrResolver())
            .addResultMapper(new HtmlEscaper(List.of(HTML)))
            .strictRendering(true)
            .removeStandaloneLines(true)
            .build();

    private SummaryTemplates() {}

    /**
     * Writes a summary.
     *
     * @throws Unusable if a template is wrong, or says too much
     */
    public static SummaryEmail write(EmailTemplate template, SummaryFacts facts) {
        Map<String, Object> values = facts.named(template.language());
        return new SummaryEmail(
                oneLine(render("subject", template.subject(), Variant.TEXT_PLAIN, values)),
                render("text", template.text(), Variant.TEXT_PLAIN, values),
                render("html", template.html(), HTML, values),
                template.replyTo());
    }

    /**
     * Tries a template as hard as can be: on an example, on the least that there may be to say, and on the most; and sees
     * that it names nothing else, wherever it does.
     *
     * @return what comes of it for the example
     * @throws Unusable if it may fail one day
     */
    public static SummaryEmail tried(EmailTemplate template) {
        Set<String> names = SummaryFacts.EXAMPLE.named(template.language()).keySet();
        refuseOthers("subject", template.subject(), names);
        refuseOthers("text", template.text(), names);
        refuseOthers("html", template.html(), names);
        write(template, SummaryFacts.LEAST);
        write(template, SummaryFacts.MOST);
        return write(template, SummaryFacts.EXAMPLE);
    }

    private static void refuseOthers(String part, String template, Set<String> names) {
        for (Expression expression : parse(part, template, Variant.TEXT_PLAIN).getExpressions()) {
            boolean value = !expression.hasNamespace()
                    && expression.getParts().size() == 1
                    && names.contains(expression.getParts().get(0).getName());
            if (!value && !expression.isLiteral()) {
                throw new Unusable(part, "{" + expression.toOriginalString() + "} is none of the values");
            }
        }
    }

    private static Template parse(String part, String template, String mediaType) {
        try {
            return ENGINE.parse(template, Variant.forContentType(mediaType));
        } catch (TemplateException wrong) {
            throw new Unusable(part, wrong.getMessage());
        }
    }

    private static String oneLine(String subject) {
        String line = subject.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= EmailTemplate.MAX_SUBJECT_LENGTH * 2
                ? line
                : line.substring(0, line.offsetByCodePoints(0, EmailTemplate.MAX_SUBJECT_LENGTH * 2));
    }

    private static String render(String part, String template, String mediaType, Map<String, Object> values) {
        StringBuilder written = new StringBuilder();
        try {
            parse(part, template, mediaType)
                    .instance()
                    .data(values)
                    .consume(words -> append(part, written, words))
                    .toCompletableFuture()
                    .join();
        } catch (Unusable unusable) {
            throw unusable;
        } catch (RuntimeException failure) {
            Throwable wrong = failure instanceof CompletionException ? failure.getCause() : failure;
            throw wrong instanceof Unusable unusable
                    ? unusable
                    // As a comparison of words with a number.
                    : new Unusable(
                            part,
                            Objects.requireNonNullElse(
                                    wrong.getMessage(), wrong.getClass().getSimpleName()));
        }
        return written.toString();
    }

    private static void append(String part, StringBuilder written, String words) {
        if (written.length() + words.length() > MAX_LENGTH) {
            throw new Unusable(part, "says more than " + MAX_LENGTH + " characters");
        }
        written.append(words);
    }

    /** A template is wrong. */
    public static final class Unusable extends RuntimeException {
        private final String part;

        Unusable(String part, String what) {
            super(what, null, false, false);
            this.part = part;
        }

        /** Which of the template's fields it is. */
        public String part() {
            return part;
        }
    }
}
