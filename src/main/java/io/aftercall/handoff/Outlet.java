package io.aftercall.handoff;

import io.aftercall.delivery.Receipt;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.DeliveryQueue.Target;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A way out of the server. */
public interface Outlet {

    /**
     * Attempts a delivery.
     *
     * @param target of a webhook
     * @return never fails: what went wrong is in the receipt
     */
    CompletionStage<Receipt> deliver(OutletKey outlet, Parcel parcel, Optional<Target> target);
}
