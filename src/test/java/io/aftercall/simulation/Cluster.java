package io.aftercall.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The replicas that there are: places, each with the present life of a replica. */
final class Cluster {

    private final World world;
    private final Supplier<Replica> start;
    private final List<Replica> replicas = new ArrayList<>();

    Cluster(World world, int size, Supplier<Replica> start) {
        this.world = world;
        this.start = start;
        for (int i = 0; i < size; i++) {
            replicas.add(start.get());
        }
    }

    /** One that a caller might choose, who does not know of crashes yet. */
    Replica any() {
        return replicas.get(world.below(replicas.size()));
    }

    List<Replica> all() {
        return List.copyOf(replicas);
    }

    /** A new life in the place of one that has crashed. */
    void restart(Replica crashed) {
        replicas.set(replicas.indexOf(crashed), start.get());
    }

    /** From now on callers know that there is only one. */
    void only(Replica survivor) {
        replicas.retainAll(List.of(survivor));
    }
}
