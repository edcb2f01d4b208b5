package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.aftercall.rpc.RevisedParts.Revised;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RevisedPartsTest {

    private static final int KIB = 1_024;

    /** How many revisions each entry has replaced, by the entries' names. */
    private final Map<String, Integer> entries = new TreeMap<>();

    private int revisionBytes = 1;

    @Test
    void everyEntryComesWithAllThatItReplacedTheLatestFirst() {
        // given
        IntStream.range(100, 145).forEach(i -> entries.put("e" + i, i % 3 * 20));

        // when
        List<Revised<StringValue, StringValue>> all =
                parts().stream().flatMap(List::stream).toList();

        // then
        assertThat(all).extracting(revised -> revised.entry().getValue()).containsExactlyElementsOf(entries.keySet());
        all.forEach(revised -> assertThat(numbers(revised))
                .isEqualTo(down(entries.get(revised.entry().getValue()))));
    }

    @Test
    void whatIsTooMuchForAMessageGoesOnInTheNext() {
        // given
        entries.putAll(Map.of("a", 3, "b", 2_000, "c", 1));
        revisionBytes = 20 * KIB;

        // when
        List<List<Revised<StringValue, StringValue>>> parts = parts();

        // then
        assertThat(parts)
                .allSatisfy(part -> assertThat(bytes(part)).isLessThan(Pages.ENOUGH_BYTES + 2 * revisionBytes));
        assertThat(parts).hasSizeLessThan(45);
        assertThat(parts.stream()
                        .flatMap(List::stream)
                        .filter(revised -> revised.entry().getValue().equals("b"))
                        .flatMap(revised -> numbers(revised).stream()))
                .isEqualTo(down(2_000));
    }

    @Test
    void ofNothingThereIsNoPart() {
        assertThat(parts()).isEmpty();
    }

    private List<List<Revised<StringValue, StringValue>>> parts() {
        RevisedParts<String, Integer, StringValue, StringValue> all = new RevisedParts<>(new Source());
        List<List<Revised<StringValue, StringValue>>> parts = new ArrayList<>();
        for (var part = next(all); !part.isEmpty(); part = next(all)) {
            parts.add(part);
        }
        return parts;
    }

    private static List<Revised<StringValue, StringValue>> next(
            RevisedParts<String, Integer, StringValue, StringValue> all) {
        return all.next().toCompletableFuture().join();
    }

    private static long bytes(List<Revised<StringValue, StringValue>> part) {
        return part.stream()
                .flatMap(revised -> Stream.concat(Stream.of(revised.entry()), revised.replaced().stream()))
                .mapToLong(StringValue::getSerializedSize)
                .sum();
    }

    private static List<Integer> numbers(Revised<StringValue, StringValue> revised) {
        return revised.replaced().stream()
                .map(revision -> Integer.valueOf(revision.getValue().strip()))
                .toList();
    }

    private static List<Integer> down(int from) {
        return IntStream.range(0, from).mapToObj(i -> from - i).toList();
    }

    private final class Source implements RevisedParts.Source<String, Integer, StringValue, StringValue> {

        @Override
        public CompletionStage<List<String>> page(Optional<String> after, int limit) {
            return CompletableFuture.completedFuture(entries.keySet().stream()
                    .filter(entry ->
                            after.filter(last -> last.compareTo(entry) >= 0).isEmpty())
                    .limit(limit)
                    .toList());
        }

        @Override
        public CompletionStage<List<Integer>> replaced(String entry, int before, int limit) {
            return CompletableFuture.completedFuture(down(entries.get(entry)).stream()
                    .filter(revision -> revision < before)
                    .limit(limit)
                    .toList());
        }

        @Override
        public int revision(Integer replaced) {
            return replaced;
        }

        @Override
        public StringValue write(String entry) {
            return StringValue.of(entry);
        }

        @Override
        public StringValue writeReplaced(Integer replaced) {
            return StringValue.of(replaced + " ".repeat(revisionBytes));
        }
    }
}
