package io.aftercall.rpc.rest;

import com.google.protobuf.Message;
import java.util.concurrent.atomic.AtomicReference;

/** The latest message with its JSON: subscribers who want all agents are sent the very same one, one after the other. */
final class WrittenOnce {

    private record Written(Message message, String json) {}

    private final AtomicReference<Written> last = new AtomicReference<>();

    String text(Message message) {
        Written known = last.get();
        if (known == null || known.message() != message) {
            known = new Written(message, JsonCall.write(message));
            last.set(known);
        }
        return known.json();
    }
}
