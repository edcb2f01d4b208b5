package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest {

    private static final String OF = "words";

    /** What a client gets who reads page after page. */
    private static List<Pages.Page<StringValue>> read(int entries, int length, int size) {
        List<Pages.Page<StringValue>> pages = new ArrayList<>();
        String token = "";
        do {
            int from = Pages.position(token, OF, Integer::valueOf)
                    .map(last -> last + 1)
                    .orElse(0);
            List<Integer> found = IntStream.range(from, Math.min(entries, from + size + 1))
                    .boxed()
                    .toList();
            pages.add(Pages.page(found, size, OF, String::valueOf, number -> entry(number, length)));
            token = pages.get(pages.size() - 1).next();
        } while (!token.isEmpty());
        return pages;
    }

    private static StringValue entry(int number, int length) {
        return StringValue.of(number + " " + "x".repeat(length));
    }

    private static List<StringValue> all(List<Pages.Page<StringValue>> pages) {
        return pages.stream().flatMap(page -> page.entries().stream()).toList();
    }

    private static List<StringValue> expected(int entries, int length) {
        return IntStream.range(0, entries)
                .mapToObj(number -> entry(number, length))
                .toList();
    }

    @Test
    void aPageHasWhatWasAskedFor() {
        assertThat(read(250, 10, 100)).extracting(page -> page.entries().size()).containsExactly(100, 100, 50);
        assertThat(read(200, 10, 100)).extracting(page -> page.entries().size()).containsExactly(100, 100);
        assertThat(read(0, 10, 100)).extracting(page -> page.entries().size()).containsExactly(0);
    }

    @Test
    void noPageIsMoreThanAClientTakesAndNothingIsLostOrShownTwice() {
        List<Pages.Page<StringValue>> pages = read(300, 50_000, 1_000);

        assertThat(all(pages)).isEqualTo(expected(300, 50_000));
        assertThat(pages).allSatisfy(page -> assertThat(page.entries().stream()
                        .mapToLong(StringValue::getSerializedSize)
                        .sum())
                .isLessThan(4 * 1024 * 1024 - 100_000));
    }

    @Test
    void whatIsFullWithTheLastIsTheLast() {
        int length = Pages.FULL_BYTES / 2;

        assertThat(read(2, length, 10)).hasSize(1);
        assertThat(read(3, length, 10))
                .extracting(page -> page.entries().size())
                .containsExactly(2, 1);
    }
}
