package io.aftercall.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalTest {

    private static final Map<String, Measurement> MEASURED =
            Map.of("ours", perSecond(250), "theirs", perSecond(100), "stopped", perSecond(0));

    @Test
    void a_bound_from_below_is_reached_from_it_on() {
        assertThat(goal(2.5, "theirs")).contains("| 2.50 | ≥ 2.5 | yes |");
        assertThat(goal(2.6, "theirs")).contains("| 2.50 | ≥ 2.6 | **no** |");
    }

    @Test
    void a_bound_from_above_is_reached_up_to_it() {
        assertThat(Goal.atMost(250, "ours", m -> m.of("ours").perSecond()).reached(250))
                .isTrue();
        assertThat(Goal.atMost(250, "ours", m -> m.of("ours").perSecond()).reached(250.1))
                .isFalse();
    }

    @Test
    void who_is_faster_than_a_peer_that_did_nothing_has_reached_nothing() {
        assertThat(goal(2.5, "stopped")).contains("**no**");
    }

    @Test
    void what_was_not_measured_is_an_error() {
        assertThatThrownBy(() -> goal(2.5, "somebody")).hasMessageContaining("somebody");
    }

    private static String goal(double bound, String peer) {
        return Goal.table(
                List.of(Goal.atLeast(
                        bound,
                        "ours / " + peer,
                        m -> m.of("ours").perSecond() / m.of(peer).perSecond())),
                MEASURED);
    }

    private static Measurement perSecond(double figure) {
        return new Measurement("", figure, 0, 0, 0, Map.of(), Map.of());
    }
}
