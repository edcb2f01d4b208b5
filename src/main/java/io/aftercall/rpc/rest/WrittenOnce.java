package io.aftercall.rpc.rest;

import com.google.protobuf.Message;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The latest message as it was written: subscribers who want all agents are sent the very same one, one after the other. */
final class WrittenOnce {

    private record Written(Message message, Buffer event) {}

    private final AtomicReference<Written> last = new AtomicReference<>();

    Buffer event(Message message, Function<Message, Buffer> write) {
        Written known = last.get();
        if (known == null || known.message() != message) {
            known = new Written(message, write.apply(message));
            last.set(known);
        }
        return known.event();
    }
}
