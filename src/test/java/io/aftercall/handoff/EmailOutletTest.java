package io.aftercall.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.delivery.Receipt;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EmailOutletTest {

    /** There is no mail server that it could send to. */
    private final EmailOutlet outlet = new EmailOutlet(null, null, null);

    private Receipt deliver(int attempts, int answered) {
        Delivery delivery = new Delivery(
                1,
                EmailOutlet.NAME,
                new UUID(0, 1),
                Instant.EPOCH,
                new Event(EventType.WRAP_UP_FINISHED, "a-1", "i-1", null, null),
                DeliveryState.PENDING,
                attempts,
                answered,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
        return outlet.deliver(
                        new OutletKey(TenantId.DEFAULT, EmailOutlet.NAME),
                        new Parcel(delivery, Optional.empty(), Optional.empty()),
                        Optional.empty())
                .toCompletableFuture()
                .join();
    }

    @Test
    void anAttemptOfAReplicaThatIsNoMoreIsNotRepeated() {
        assertThat(deliver(2, 0))
                .isEqualTo(Receipt.unasked(Receipt.Kind.IN_DOUBT, "it is not known whether it was sent"));
        assertThat(deliver(3, 1).kind()).isEqualTo(Receipt.Kind.IN_DOUBT);
    }

    @Test
    void whatNobodyAsksForAnyMoreIsNotSent() {
        assertThat(deliver(1, 0))
                .isEqualTo(Receipt.unasked(Receipt.Kind.ACCEPTED, "not sent: nobody asks for it any more"));
        assertThat(deliver(3, 2).kind()).isEqualTo(Receipt.Kind.ACCEPTED);
    }
}
