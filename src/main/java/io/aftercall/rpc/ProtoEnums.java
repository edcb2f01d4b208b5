package io.aftercall.rpc;

import com.google.protobuf.Internal;
import com.google.protobuf.ProtocolMessageEnum;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The contract's enums and ours: the same names, theirs with a prefix.
 */
final class ProtoEnums {

    private static final Map<Class<?>, String> PREFIXES = new ConcurrentHashMap<>();

    private ProtoEnums() {}

    static boolean unspecified(ProtocolMessageEnum value) {
        return ((Enum<?>) value).name().endsWith("_UNSPECIFIED");
    }

    /** Ours; empty if theirs is unspecified or not known to this version. */
    static <E extends Enum<E>> Optional<E> read(ProtocolMessageEnum value, Class<E> type) {
        String name = ((Enum<?>) value).name();
        return unspecified(value) || name.equals("UNRECOGNIZED")
                ? Optional.empty()
                : Optional.of(Enum.valueOf(
                        type, name.substring(prefix(value.getClass()).length())));
    }

    /** Theirs. */
    static <P extends Enum<P> & Internal.EnumLite> P write(Enum<?> value, Class<P> type) {
        return Enum.valueOf(type, prefix(type) + value.name());
    }

    /** Theirs for each of ours, to look up where it matters. */
    static <E extends Enum<E>, P extends Enum<P> & Internal.EnumLite> Function<E, P> writer(
            Class<E> ours, Class<P> theirs) {
        Map<E, P> table = new java.util.EnumMap<>(ours);
        for (E value : ours.getEnumConstants()) {
            table.put(value, write(value, theirs));
        }
        return table::get;
    }

    /** {@code AgentStatus} is written {@code AGENT_STATUS_}. */
    private static String prefix(Class<?> type) {
        return PREFIXES.computeIfAbsent(
                type,
                named -> named.getSimpleName()
                                .replaceAll("([a-z])([A-Z])", "$1_$2")
                                .toUpperCase(java.util.Locale.ROOT)
                        + "_");
    }
}
