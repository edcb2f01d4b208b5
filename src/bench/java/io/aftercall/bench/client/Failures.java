package io.aftercall.bench.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts by name whatever went wrong, so that nothing is hidden. Threads may share it. */
public final class Failures {
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    /** Counts a failed call under its status and, where it has one, the server's reason. */
    public void count(Throwable error) {
        String reason = reason(error);
        String status = Status.fromThrowable(error).getCode().name();
        count(reason.isEmpty() ? status : status + " " + reason, 1);
    }

    /**
     * Counts something else that must not be.
     *
     * @param name what it is, in a few words
     * @param times how often; 0 counts nothing
     */
    public void count(String name, long times) {
        if (times > 0) {
            counts.merge(name, times, Long::sum);
        }
    }

    /** Returns the counts by name; empty if all went well. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** Returns the counts in one line, or {@code none}. */
    public static String inWords(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        counts.entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue())
                                .toList());
    }

    /** Returns the server's reason, for instance {@code AGENT_NOT_ROUTABLE}; empty if it gave none. */
    public static String reason(Throwable error) {
        com.google.rpc.Status status = StatusProto.fromThrowable(error);
        if (status == null) {
            return "";
        }
        for (Any detail : status.getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                try {
                    return detail.unpack(ErrorInfo.class).getReason();
                } catch (InvalidProtocolBufferException e) {
                    return "";
                }
            }
        }
        return "";
    }
}
