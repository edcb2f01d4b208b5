package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.engine.TenantId;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {

    private final StreamPlaces places = new StreamPlaces(new StreamLimits(
            2, 3, Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMillis(50)));

    @Test
    void aCallerWhoHasAllOfHisPlacesGetsNoMoreAndOthersDo() {
        take("one");
        take("one");

        GrpcError refused = GrpcError.of(() -> take("one"));
        take("other");

        assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(refused.reason()).isEqualTo("TOO_MANY_STREAMS");
        assertThat(refused.metadata()).isEqualTo(Map.of("of", "CALLER", "limit", "2"));
        assertThat(refused.retry()).isPresent();
    }

    @Test
    void aTenantThatHasAllOfItsPlacesGetsNoMoreAndOthersDo() {
        places.take("one", TenantId.DEFAULT, 1);

        GrpcError refused = GrpcError.of(() -> places.take("other", TenantId.DEFAULT, 1));
        places.take("other", new TenantId("acme"), 1);

        assertThat(refused.metadata()).isEqualTo(Map.of("of", "TENANT", "limit", "1"));
    }

    private Runnable take(String caller) {
        return places.take(caller, TenantId.DEFAULT, 10);
    }

    @Test
    void aReplicaThatIsFullRefusesEverybody() {
        take("one");
        take("other");
        take("third");

        GrpcError refused = GrpcError.of(() -> take("fourth"));

        assertThat(refused.metadata()).isEqualTo(Map.of("of", "REPLICA", "limit", "3"));
    }

    @Test
    void aRefusalTakesNoPlace() {
        take("one");
        Runnable second = take("one");
        GrpcError.of(() -> take("one"));

        second.run();
        take("one");

        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        take("one");
        Runnable second = take("one");

        second.run();
        second.run();

        assertThat(places.taken()).isEqualTo(1);
        take("one");
        assertThat(GrpcError.of(() -> take("one")).reason()).isEqualTo("TOO_MANY_STREAMS");
    }
}
