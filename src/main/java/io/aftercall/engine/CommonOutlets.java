package io.aftercall.engine;

import java.util.Set;

/** Outlets of the installation's that are told every event of every tenant, as {@code kafka}. */
public record CommonOutlets(Set<String> names) {

    public static final CommonOutlets NONE = new CommonOutlets(Set.of());
}
