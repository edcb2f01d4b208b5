package io.aftercall.bench.client;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Times and spans between Java and the contract. */
public final class ProtoTime {
    private ProtoTime() {}

    /** Returns the instant of a timestamp. */
    public static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** Returns the timestamp of an instant. */
    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** Returns the span of a message. */
    public static Duration duration(com.google.protobuf.Duration span) {
        return Duration.ofSeconds(span.getSeconds(), span.getNanos());
    }

    /** Returns the message of a span. */
    public static com.google.protobuf.Duration duration(Duration span) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(span.getSeconds())
                .setNanos(span.getNano())
                .build();
    }
}
