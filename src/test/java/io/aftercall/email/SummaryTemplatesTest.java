package io.aftercall.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.delivery.EmailTemplate;
import io.aftercall.wrapup.WrapUp;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTemplatesTest {

    private static SummaryFacts facts(WrapUp wrapUp) {
        return new SummaryFacts(wrapUp, "a-17", "call-1", null, LocalDate.of(2026, 3, 9));
    }

    private static WrapUp wrapUp(String subject, String taken, String recommended) {
        return new WrapUp("SALE", "", subject, "Internal: he shouted", taken, recommended, List.of("vip"), null);
    }

    private static String text(String template, WrapUp wrapUp) {
        return SummaryTemplates.write(new EmailTemplate("en", "S", template, "", "", 1, null), facts(wrapUp))
                .text();
    }

    @Test
    void theServersOwnSayWhatThereIs() {
        SummaryEmail full = SummaryTemplates.write(
                BuiltInTemplates.in("en"), facts(wrapUp("Order 4711", "Sent again", "Wait for it")));
        SummaryEmail little = SummaryTemplates.write(BuiltInTemplates.in("en"), facts(wrapUp("", "Sent again", "")));

        assertThat(full.subject()).isEqualTo("Summary of our conversation: Order 4711");
        assertThat(full.text())
                .isEqualTo(
                        """
                        Hello,

                        thank you for talking to us on March 9, 2026. This is what we have noted:

                        Your request:
                        Order 4711

                        What we have done:
                        Sent again

                        What comes next:
                        Wait for it

                        If something is missing or wrong, please tell us, and name this number: call-1
                        """);
        assertThat(little.subject()).isEqualTo("Summary of our conversation");
        assertThat(little.text()).doesNotContain("Your request", "What comes next", "shouted");
    }

    @Test
    void spanishIsSpanish() {
        SummaryEmail email = SummaryTemplates.write(
                BuiltInTemplates.in("es"), facts(wrapUp("Pedido 4711", "Enviado otra vez", "Esperar")));

        assertThat(email.subject()).isEqualTo("Resumen de nuestra conversación: Pedido 4711");
        assertThat(email.text()).contains("9 de marzo de 2026", "Lo que hemos hecho:\nEnviado otra vez\n");
    }

    @Test
    void whatAnAgentWroteIsNoTemplateAndNoHtml() {
        WrapUp odd = wrapUp("{customer_id} <b>", "", "");
        EmailTemplate template = new EmailTemplate("en", "{subject}", "{subject}", "<p>{subject}</p>", "", 1, null);

        SummaryEmail email = SummaryTemplates.write(template, facts(odd));

        assertThat(email.text()).isEqualTo("{customer_id} <b>");
        assertThat(email.html()).isEqualTo("<p>{customer_id} &lt;b&gt;</p>");
    }

    @Test
    void aSubjectIsOneLineWhateverIsInIt() {
        EmailTemplate template = new EmailTemplate("en", "{actions_taken}", "x", "", "", 1, null);

        SummaryEmail email =
                SummaryTemplates.write(template, facts(wrapUp("", "one\r\nBcc: everybody@example.com", "")));

        assertThat(email.subject()).isEqualTo("one Bcc: everybody@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{notes}",
                "{nothing}",
                "{subject.class}",
                "{subject.getClass().forName('java.lang.Runtime')}",
                "{subject.length}",
                "{#for i in 1000000000}x{/for}",
                "{#each subject}x{/each}",
                "{#let x=1}{x}{/let}",
                "{#include other /}",
                "{#eval subject /}",
                "{inject:mailer}",
                "{cdi:mailer}",
                "{config:['quarkus.datasource.password']}",
                "{#if subject}",
                "{#if subject}{/for}",
                "{subject"
            })
    void moreThanValuesAndConditionsCannotBeHad(String template) {
        assertThatThrownBy(() -> text(template, wrapUp("Order", "", ""))).isInstanceOf(SummaryTemplates.Unusable.class);
    }

    @Test
    void aTemplateThatRepeatsItselfIsCutShort() {
        WrapUp large = wrapUp("", "x".repeat(4_096), "");

        assertThat(text("{actions_taken}".repeat(60), large)).hasSize(60 * 4_096);
        assertThatThrownBy(() -> text("{actions_taken}".repeat(100), large))
                .isInstanceOf(SummaryTemplates.Unusable.class)
                .hasMessageContaining("says more than");
    }

    @Test
    void conditionsMayHaveAnotherSide() {
        assertThat(text("{#if subject}about {subject}{#else}about nothing{/if}", wrapUp("", "", "")))
                .isEqualTo("about nothing");
        assertThat(text("{#if subject && actions_taken}both{/if}", wrapUp("a", "b", "")))
                .isEqualTo("both");
    }

    // ---- what is tried before it is used

    private static SummaryEmail tried(String subject, String text, String html) {
        return SummaryTemplates.tried(new EmailTemplate("en", subject, text, html, "", 1, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{#if subject}{subject}{#else}{oops}{/if}",
                "{#if !subject}{subject.length}{/if}",
                "{#if subject}a{#else if actions_taken}{oops}{/if}",
                "{#if subject && !actions_taken}{#if customer_id}{notes}{/if}{/if}",
                "{#if subject == 'x'}{config:subject}{/if}",
                "{#if customer_id}a{#else if subject gt 3}b{/if}",
                "{subject || oops}"
            })
    void whatWouldFailForSomeWrapUpIsRefused(String template) {
        assertThatThrownBy(() -> tried("S", template, ""))
                .isInstanceOfSatisfying(SummaryTemplates.Unusable.class, unusable -> assertThat(unusable.part())
                        .isEqualTo("text"));
        assertThatThrownBy(() -> tried("S", "x", template))
                .isInstanceOfSatisfying(SummaryTemplates.Unusable.class, unusable -> assertThat(unusable.part())
                        .isEqualTo("html"));
    }

    @Test
    void whatWouldBecomeTooLongForSomeWrapUpIsRefused() {
        assertThat(tried("S", "{actions_taken}".repeat(60), "{actions_taken}".repeat(10)))
                .isNotNull();
        assertThatThrownBy(() -> tried("S", "{actions_taken}".repeat(70), ""))
                .isInstanceOf(SummaryTemplates.Unusable.class)
                .hasMessageContaining("says more than");
        // Escaped it is longer.
        assertThatThrownBy(() -> tried("S", "x", "{actions_taken}".repeat(11)))
                .isInstanceOf(SummaryTemplates.Unusable.class)
                .hasMessageContaining("says more than");
    }

    @Test
    void whatIsTriedMayCompareAndHasAnExample() {
        SummaryEmail example = tried(
                "{#if subject == 'x' || actions_taken}{subject}{/if}", "{#if !customer_id}nobody{/if}", "{agent_id}");

        assertThat(example.subject()).isEqualTo("Order 4711");
        assertThat(example.html()).isEqualTo("a-17");
        assertThat(tried(
                        BuiltInTemplates.in("es").subject(),
                        BuiltInTemplates.in("es").text(),
                        ""))
                .isNotNull();
    }
}
