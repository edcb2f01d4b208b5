package io.aftercall.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.ErrorReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages say, beside the scripts that say it. */
class PageTextsTest {

    private static final Path UI = Path.of("src", "main", "resources", "META-INF", "resources", "ui");
    private static final Pattern TEXT = Pattern.compile("'([^']+)': '(.*?)'(?=,$|, ')", Pattern.MULTILINE);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");
    private static final Pattern SAID = Pattern.compile("\\b(?:t|parts|plural)\\('([^']+)'");
    private static final Pattern BEGINNING = Pattern.compile("`([\\w.-]+)\\$\\{");
    private static final Pattern END = Pattern.compile("}(\\.[\\w.-]+)`");

    /** Of calls that no page makes, or that nobody who looks at one can do anything about. */
    private static final Set<String> NOT_MET = Set.of(
            "UNSPECIFIED",
            "REQUEST_ID_REUSED",
            "AGENT_NOT_ROUTABLE",
            "INTERACTION_ENDED",
            "AGENT_WORKING",
            "AGENT_NOT_IN_ACW",
            "TENANT_EXISTS",
            "TENANT_NOT_FOUND",
            "TENANT_NOT_SUSPENDED",
            "TENANT_DELETING",
            "DISPOSITION_IN_USE",
            "WEBHOOK_NOT_FOUND",
            "DELIVERY_NOT_FOUND",
            "EMAIL_TEMPLATE_NOT_FOUND");

    @ParameterizedTest
    @ValueSource(
            strings = {"common", "day", "floor", "follow-ups", "not-found", "policies", "reports", "sign-in", "wrap-up"
            })
    void bothLanguagesSayTheSameThings(String page) {
        Map<String, String> english = texts(page, "en");
        Map<String, String> spanish = texts(page, "es");

        assertThat(spanish.keySet()).isEqualTo(english.keySet()).isNotEmpty();
        assertThat(spanish)
                .allSatisfy((key, text) ->
                        assertThat(placeholders(text)).as(key).isEqualTo(placeholders(english.get(key))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"common", "day", "floor", "follow-ups", "not-found", "policies", "reports", "sign-in", "wrap-up"
            })
    void everyTextIsSaidSomewhere(String page) {
        String scripts = page.equals("common") ? scripts(UI) : scripts(UI.resolve(page)) + scripts(UI.resolve("lib"));

        assertThat(texts(page, "en").keySet()).allMatch(saidIn(scripts, page));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"day", "floor", "follow-ups", "lib", "not-found", "policies", "reports", "sign-in", "wrap-up"})
    void thereIsATextForWhateverIsSaid(String page) {
        Set<String> there = new TreeSet<>(texts("common", "en").keySet());
        if (!page.equals("lib")) {
            there.addAll(texts(page, "en").keySet());
        }

        assertThat(there).containsAll(found(SAID, scripts(UI.resolve(page))));
    }

    @Test
    void everyRefusalThatAPageCanMeetHasWords() {
        Set<String> reasons = Arrays.stream(ErrorReason.values())
                .map(reason -> reason.name().replace("ERROR_REASON_", ""))
                .filter(reason -> !reason.equals("UNRECOGNIZED") && !NOT_MET.contains(reason))
                .collect(Collectors.toSet());

        assertThat(texts("common", "en").keySet().stream()
                        .filter(key -> key.startsWith("refusal."))
                        .map(key -> key.substring("refusal.".length())))
                .containsExactlyInAnyOrderElementsOf(reasons);
    }

    /** A text's key is there as it is, or is put together; the values of enums come from the server. */
    private static Predicate<String> saidIn(String scripts, String page) {
        Predicate<String> whole = key -> key.matches("[A-Z_0-9]+") || scripts.contains("'" + key + "'");
        Set<String> beginnings = found(BEGINNING, scripts);
        Set<String> ends = found(END, scripts);
        return whole.or(key -> beginnings.stream().anyMatch(key::startsWith))
                .or(key -> ends.stream()
                        .anyMatch(
                                end -> key.endsWith(end) && whole.test(key.substring(0, key.length() - end.length()))))
                .or(key -> parents(key).anyMatch(parent -> !parent.equals(page) && whole.test(parent)));
    }

    /** Of `a.b.c`: `a.b` and `a`. */
    private static Stream<String> parents(String key) {
        return IntStream.range(0, key.length())
                .filter(at -> key.charAt(at) == '.')
                .mapToObj(at -> key.substring(0, at));
    }

    private static Map<String, String> texts(String page, String language) {
        return TEXT.matcher(read(UI.resolve("texts").resolve(page + "." + language + ".js")))
                .results()
                .collect(Collectors.toMap(
                        text -> text.group(1), text -> text.group(2), (one, again) -> again, TreeMap::new));
    }

    private static List<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    /** All but the texts themselves. */
    private static String scripts(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .filter(file -> !file.startsWith(UI.resolve("texts")))
                    .map(PageTextsTest::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
