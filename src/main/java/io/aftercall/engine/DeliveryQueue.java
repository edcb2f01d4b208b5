package io.aftercall.engine;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.SigningSecrets;
import io.aftercall.followup.FollowUp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What is to be delivered. Replicas share it: what one has taken no other gets before its time is over, and nothing is
 * taken while something of the same customer's that happened before is still to be delivered.
 */
public interface DeliveryQueue {

    /**
     * Outlets for which something is due, as far as they are not paused.
     *
     * @param common outlets that every tenant has
     */
    CompletionStage<List<OutletKey>> due(Set<String> common);

    /**
     * Keeps what came of earlier attempts, and takes what is due, in one transaction.
     *
     * @param health how the outlet is, if that has changed
     * @param most how many to take
     * @param lease for how long they are taken; whoever has not said by then what came of it has them tried again
     */
    CompletionStage<Taken> turn(
            OutletKey outlet, List<Result> results, Optional<Health> health, int most, Duration lease);

    /** Gives back what was taken and has not been attempted, as if it had not been taken. */
    CompletionStage<Void> giveBack(OutletKey outlet, List<Delivery> untouched);

    /** One of a tenant's outlets. */
    record OutletKey(TenantId tenant, String outlet) {}

    /**
     * What came of an attempt.
     *
     * @param delivery as it was taken: which attempt it was is told by its number and its time, as numbers begin anew when
     *     it is replayed
     * @param delay when to try again, of what is pending
     */
    record Result(Delivery delivery, DeliveryState state, Duration delay, String words) {}

    /**
     * How an outlet is.
     *
     * @param failures how often in turn it has failed
     * @param pause for how long nothing shall be sent; zero for not at all
     * @param gone the revision of the webhook that wants nothing any more; one that has been changed since may want it
     */
    record Health(int failures, Duration pause, Optional<Integer> gone) {

        public Health(int failures, Duration pause) {
            this(failures, pause, Optional.empty());
        }
    }

    /**
     * What was taken.
     *
     * @param target of a webhook, if there is one still and it is enabled
     * @param failures how often in turn the outlet has failed
     * @param more whether there may be some behind so many that have to wait that this turn did not get beyond them
     */
    record Taken(Optional<Target> target, int failures, List<Parcel> parcels, boolean more) {}

    /**
     * Where a webhook's messages go.
     *
     * @param revision of the webhook that says so
     */
    record Target(String url, SigningSecrets secrets, int revision) {}

    /**
     * A delivery with what it is about, as that stands now; both empty if that is there no more.
     */
    record Parcel(Delivery delivery, Optional<WrapUpRecord> wrapUp, Optional<FollowUp> followUp) {}
}
