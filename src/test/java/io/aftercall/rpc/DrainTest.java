package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainTest {

    private static final Duration WINDOW = Duration.ofSeconds(2);

    private final EmbeddedChannel time = new EmbeddedChannel();

    @ParameterizedTest
    @CsvSource({"0, PT0S", "1, PT0.002S", "10, PT0.02S", "1000, PT2S", "10000, PT2S"})
    void fewAreGoneAtOnceAndManyWithinTheWindow(int streams, Duration length) {
        assertThat(Drain.of(streams, WINDOW).length()).isEqualTo(length);
    }

    @Test
    void tasksAreSpreadEvenlyAndTheLastCompletes() {
        time.freezeTime();
        List<Integer> run = new ArrayList<>();
        List<Runnable> tasks = IntStream.range(0, 2_000)
                .<Runnable>mapToObj(n -> () -> run.add(n))
                .toList();

        CompletableFuture<Void> done =
                new Drain(WINDOW).spread(tasks, time.eventLoop()).toCompletableFuture();

        for (int millisecond = 0; millisecond < WINDOW.toMillis(); millisecond++) {
            assertThat(done).isNotDone();
            time.runScheduledPendingTasks();
            assertThat(run).hasSize(millisecond + 1);
            time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        }
        assertThat(done).isCompleted();
    }

    @Test
    void nothingToDoIsDone() {
        assertThat(new Drain(Duration.ZERO).spread(List.of(), time.eventLoop())).isCompleted();
    }

    @ParameterizedTest
    @CsvSource({"0, PT1S", "0.5, PT2S", "1, PT3S"})
    void clientsComeBackSpreadOverAsLongATime(double draw, Duration after) {
        assertThat(new Drain(WINDOW).reconnectAfter(draw)).isEqualTo(after);
    }
}
