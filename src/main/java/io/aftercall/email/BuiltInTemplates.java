package io.aftercall.email;

import io.aftercall.delivery.EmailTemplate;
import java.util.List;
import java.util.Map;

/** How the server writes by itself. */
public final class BuiltInTemplates {

    private static final Map<String, EmailTemplate> ALL = Map.of(
            "en",
            template(
                    "en",
                    "Summary of our conversation{#if subject}: {subject}{/if}",
                    """
                    Hello,

                    thank you for talking to us on {interaction_date}. This is what we have noted:
                    {#if subject}

                    Your request:
                    {subject}
                    {/if}{#if actions_taken}

                    What we have done:
                    {actions_taken}
                    {/if}{#if actions_recommended}

                    What comes next:
                    {actions_recommended}
                    {/if}

                    If something is missing or wrong, please tell us, and name this number: {interaction_id}
                    """),
            "es",
            template(
                    "es",
                    "Resumen de nuestra conversación{#if subject}: {subject}{/if}",
                    """
                    Hola:

                    Gracias por hablar con nosotros el {interaction_date}. Esto es lo que hemos anotado:
                    {#if subject}

                    Su consulta:
                    {subject}
                    {/if}{#if actions_taken}

                    Lo que hemos hecho:
                    {actions_taken}
                    {/if}{#if actions_recommended}

                    Los próximos pasos:
                    {actions_recommended}
                    {/if}

                    Si falta algo o algo no es correcto, díganoslo, por favor, con este número: {interaction_id}
                    """));

    private BuiltInTemplates() {}

    private static EmailTemplate template(String language, String subject, String text) {
        return new EmailTemplate(language, subject, text, "", "", 0, null);
    }

    /** A tenant's own template, or the server's. */
    public static EmailTemplate or(List<EmailTemplate> own, String language) {
        return own.stream()
                .filter(template -> template.language().equals(language))
                .findFirst()
                .orElseGet(() -> in(language));
    }

    /**
     * @param language one of {@link io.aftercall.wrapup.EmailSummary#LANGUAGES}
     */
    public static EmailTemplate in(String language) {
        return ALL.get(language);
    }
}
