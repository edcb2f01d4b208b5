package io.aftercall.rpc;

import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.feed.Subscription;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The messages of one event loop's streams: what many subscribers get is put together and into words once. */
final class SharedMessages {

    private final Map<Subscription.Stretch, Written> latest = new HashMap<>();

    private record Written(Subscription.Message message, Optional<StreamAgentStatesResponse> words) {}

    /**
     * What comes next for a subscriber; empty if that is nothing he wants.
     *
     * @throws io.aftercall.feed.BadToken if the database has lost what he knows
     */
    Optional<StreamAgentStatesResponse> next(Subscription subscription) {
        Optional<Subscription.Stretch> stretch = subscription.stretch();
        if (stretch.isEmpty()) {
            return written(subscription).words();
        }
        Written known = latest.get(stretch.get());
        if (known != null) {
            subscription.skip(known.message());
            return known.words();
        }
        Written written = written(subscription);
        // Whoever comes after a further change asks for another stretch: what is older is of no use to anybody.
        latest.keySet().removeIf(older -> older.latest() != stretch.get().latest());
        latest.put(stretch.get(), written);
        return written.words();
    }

    private static Written written(Subscription subscription) {
        Subscription.Message message = subscription.next();
        return new Written(
                message,
                message.events().isEmpty()
                        ? Optional.empty()
                        : Optional.of(ChangeProto.message(
                                subscription,
                                message.events().stream()
                                        .map(ChangeProto::write)
                                        .toArray(AgentStateEvent[]::new))));
    }
}
