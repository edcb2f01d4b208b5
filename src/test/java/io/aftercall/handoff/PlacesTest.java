package io.aftercall.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static CompletableFuture<Boolean> take(Places places) {
        return places.take().toCompletableFuture();
    }

    @Test
    void thoseWhoWaitGetWhatIsFreedOneAfterTheOther() {
        Places places = new Places(2, LONG);
        List<String> taken = new ArrayList<>();
        for (String who : List.of("a", "b", "c", "d")) {
            places.take().thenAccept(place -> taken.add(who));
        }

        assertThat(taken).containsExactly("a", "b");
        places.free();
        assertThat(taken).containsExactly("a", "b", "c");
        places.free();
        assertThat(taken).containsExactly("a", "b", "c", "d");
    }

    @Test
    void whoLosesPatienceLeavesAndCostsNoPlace() {
        Places places = new Places(1, Duration.ofMillis(20));
        take(places).join();

        assertThat(take(places).join()).isFalse();
        places.free();
        assertThat(take(places)).isCompletedWithValue(true);
        assertThat(take(places).join()).isFalse();
    }
}
