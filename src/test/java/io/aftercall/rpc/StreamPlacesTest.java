package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {

    private final StreamPlaces places = new StreamPlaces(new StreamLimits(
            2, 3, Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMillis(50)));

    @Test
    void aCallerWhoHasAllOfHisPlacesGetsNoMoreAndOthersDo() {
        places.take("one");
        places.take("one");

        GrpcError refused = GrpcError.of(() -> places.take("one"));
        places.take("other");

        assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(refused.reason()).isEqualTo("TOO_MANY_STREAMS");
        assertThat(refused.metadata()).isEqualTo(Map.of("of", "CALLER", "limit", "2"));
        assertThat(refused.retry()).isPresent();
    }

    @Test
    void aReplicaThatIsFullRefusesEverybody() {
        places.take("one");
        places.take("other");
        places.take("third");

        GrpcError refused = GrpcError.of(() -> places.take("fourth"));

        assertThat(refused.metadata()).isEqualTo(Map.of("of", "REPLICA", "limit", "3"));
    }

    @Test
    void aRefusalTakesNoPlace() {
        places.take("one");
        Runnable second = places.take("one");
        GrpcError.of(() -> places.take("one"));

        second.run();
        places.take("one");

        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        places.take("one");
        Runnable second = places.take("one");

        second.run();
        second.run();

        assertThat(places.taken()).isEqualTo(1);
        places.take("one");
        assertThat(GrpcError.of(() -> places.take("one")).reason()).isEqualTo("TOO_MANY_STREAMS");
    }
}
