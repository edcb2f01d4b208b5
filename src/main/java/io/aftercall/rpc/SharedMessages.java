package io.aftercall.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.feed.Subscription;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The messages of one event loop's streams: what many subscribers get is put together and into words once. */
final class SharedMessages {

    private final AgentStateProto.Forecast forecast;
    private final UnaryOperator<AgentStateEvent> view;
    private final StreamListener listener;
    private final Map<Subscription.Stretch, Written> latest = new HashMap<>();

    private record Written(
            Subscription.Message message, int conflated, Optional<StreamAgentStatesResponse> words, boolean inBytes) {

        /** For one more subscriber; in bytes, as the transport would otherwise encode every event for each of them. */
        Written again() {
            return inBytes ? this : new Written(message, conflated, words.map(SharedMessages::inBytes), true);
        }
    }

    /**
     * @param view of an event, for those who get these messages
     */
    SharedMessages(AgentStateProto.Forecast forecast, UnaryOperator<AgentStateEvent> view, StreamListener listener) {
        this.forecast = forecast;
        this.view = view;
        this.listener = listener;
    }

    /**
     * What comes next for a subscriber; empty if that is nothing he wants.
     *
     * @throws io.aftercall.feed.BadToken if the database has lost what he knows
     */
    Optional<StreamAgentStatesResponse> next(Subscription subscription) {
        Written next = following(subscription);
        if (next.conflated() > 0) {
            listener.conflated(next.conflated());
        }
        return next.words();
    }

    private Written following(Subscription subscription) {
        Optional<Subscription.Stretch> stretch = subscription.stretch();
        if (stretch.isEmpty()) {
            return written(subscription);
        }
        Written known = latest.computeIfPresent(stretch.get(), (place, before) -> before.again());
        if (known != null) {
            subscription.skip(known.message());
            return known;
        }
        Written written = written(subscription);
        // Whoever comes after a further change asks for another stretch: what is older is of no use to anybody.
        latest.keySet().removeIf(older -> older.latest() != stretch.get().latest());
        latest.put(stretch.get(), written);
        return written;
    }

    private Written written(Subscription subscription) {
        Subscription.Message message = subscription.next();
        return new Written(
                message,
                message.conflated(),
                message.events().isEmpty()
                        ? Optional.empty()
                        : Optional.of(ChangeProto.message(
                                subscription,
                                message.events().stream()
                                        .map(event -> view.apply(ChangeProto.write(event, forecast)))
                                        .toArray(AgentStateEvent[]::new))),
                false);
    }

    /** The same on the wire: its fields as bytes, which Protobuf holds as fields that it does not know. */
    private static StreamAgentStatesResponse inBytes(StreamAgentStatesResponse message) {
        try {
            return StreamAgentStatesResponse.newBuilder()
                    .setUnknownFields(UnknownFieldSet.parseFrom(message.toByteString()))
                    .build();
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("What Protobuf has written it cannot read", impossible);
        }
    }
}
