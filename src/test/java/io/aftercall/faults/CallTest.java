package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class CallTest {

    @Test
    void whatTheTransportMetIsOfTheNetworkWhateverItsStatus() {
        Status met = Status.UNKNOWN.withDescription("channel closed").withCause(new ClosedChannelException());

        assertThat(Call.ofTheNetwork(met.asRuntimeException())).isTrue();
    }

    @Test
    void theSameStatusFromTheServerIsAFault() {
        assertThat(Call.ofTheNetwork(Status.UNKNOWN.asRuntimeException())).isFalse();
        assertThat(Call.ofTheNetwork(Status.INTERNAL.asRuntimeException())).isFalse();
    }
}
