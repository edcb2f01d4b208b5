package io.aftercall.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import org.junit.jupiter.api.Test;

class CurrencyTest {

    private static final int AGENTS = 2;

    private final SentChanges sent = new SentChanges(AGENTS);
    private final Latencies behind = new Latencies();
    private final Failures failures = new Failures();
    private final Currency subscriber = new Currency(sent, behind, failures);

    @Test
    void who_has_not_heard_of_the_last_change_is_not_current() {
        String first = sent.next();
        String second = sent.next();

        subscriber.received(changes(first));

        assertThat(subscriber.isCurrent()).isFalse();
        subscriber.received(changes(second));
        assertThat(subscriber.isCurrent()).isTrue();
    }

    @Test
    void a_change_that_was_left_out_counts_when_a_later_one_of_its_agent_arrives() {
        sent.next();
        String ofTheOther = sent.next();
        String later = sent.next();

        subscriber.received(changes(ofTheOther, later));

        assertThat(subscriber.isCurrent()).isTrue();
        assertThat(behind.overall().count()).isEqualTo(3);
        assertThat(failures.counts()).isEmpty();
    }

    @Test
    void a_change_that_comes_twice_or_after_a_later_one_is_a_failure() {
        String first = sent.next();
        sent.next();
        String later = sent.next();

        subscriber.received(changes(first, later, first, later));

        assertThat(failures.counts()).containsEntry("change twice or out of order", 2L);
    }

    @Test
    void what_others_wrote_is_not_counted() {
        subscriber.received(changes("lunch"));

        assertThat(subscriber.hears()).isTrue();
        assertThat(behind.overall().count()).isZero();
    }

    private static StreamAgentStatesResponse changes(String... reasons) {
        StreamAgentStatesResponse.Builder response = StreamAgentStatesResponse.newBuilder();
        for (String reason : reasons) {
            response.addEvents(AgentStateEvent.newBuilder()
                    .setChange(AgentStateChange.newBuilder()
                            .setState(AgentState.newBuilder().setNotReadyReason(reason))));
        }
        return response.build();
    }
}
