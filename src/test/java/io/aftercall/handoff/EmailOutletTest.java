package io.aftercall.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.delivery.Receipt;
import io.aftercall.email.EmailTerms;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpRecord;
import io.aftercall.wrapup.EmailSummary;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUp;
import io.aftercall.wrapup.WrapUpStatus;
import io.aftercall.wrapup.WrapUpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EmailOutletTest {

    /** There is no mail server that it could send to. */
    private final EmailOutlet outlet =
            new EmailOutlet(null, null, new EmailTerms(Optional.of("Acme <service@acme.example>"), ZoneOffset.UTC));

    private Receipt deliver(int attempts, int answered) {
        return deliver(attempts, answered, Optional.empty());
    }

    private Receipt deliver(int attempts, int answered, Optional<WrapUpRecord> wrapUp) {
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
                        new Parcel(delivery, wrapUp, Optional.empty()),
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

    private static WrapUpRecord written(String subject, String notes) {
        WrapUp content = new WrapUp(
                "SALE", "", subject, notes, " ", "", List.of(), new EmailSummary("ann@customer.example", "en"));
        return new WrapUpRecord(
                AcwKey.of("a-1", "i-1"),
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                new StoredWrapUp(content, new WrapUpVersion(1, WrapUpStatus.FINAL, Instant.EPOCH, "a-1", null)));
    }

    @Test
    void whatHasNothingForTheCustomerIsNotSent() {
        assertThat(deliver(1, 0, Optional.of(written("", "He shouted"))))
                .isEqualTo(Receipt.unasked(
                        Receipt.Kind.ACCEPTED, "not sent: there is nothing in it that the customer is told"));
    }

    @Test
    void whereASenderIsIsInHisAddress() {
        assertThat(EmailOutlet.domain("Acme <service@acme.example>")).isEqualTo("acme.example");
        assertThat(EmailOutlet.domain("service@mail.acme.example")).isEqualTo("mail.acme.example");
        assertThat(EmailOutlet.domain("service@acme.example (Acme @ home)")).isEqualTo("acme.example");
    }

    @Test
    void whatNobodyAsksForAnyMoreIsNotSent() {
        assertThat(deliver(1, 0))
                .isEqualTo(Receipt.unasked(Receipt.Kind.ACCEPTED, "not sent: nobody asks for it any more"));
        assertThat(deliver(3, 2).kind()).isEqualTo(Receipt.Kind.ACCEPTED);
    }
}
