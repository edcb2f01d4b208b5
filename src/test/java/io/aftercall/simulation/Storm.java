package io.aftercall.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong, until it stops. */
final class Storm {

    private final World world;
    private final Cluster cluster;
    private final Hints hints;
    private final List<Replica> toRestart = new ArrayList<>();
    private boolean over;

    Storm(World world, Cluster cluster, Hints hints) {
        this.world = world;
        this.cluster = cluster;
        this.hints = hints;
        world.after(world.upTo(400), this::blow);
    }

    private void blow() {
        if (!over) {
            strike(cluster.any());
            world.after(between(20, 400), this::blow);
        }
    }

    private void strike(Replica replica) {
        switch (world.below(6)) {
            case 0 -> crash(replica);
            case 1 -> standStill(replica);
            case 2 -> trouble(replica, 100, 0);
            case 3 -> trouble(replica, 30, 30);
            case 4 -> trouble(replica, 0, 100);
            default -> hints.lose(world.below(101));
        }
    }

    private void crash(Replica replica) {
        if (!replica.machine.crashed()) {
            replica.machine.crash();
            toRestart.add(replica);
            world.after(between(10, 800), () -> restart(replica));
        }
    }

    private void restart(Replica crashed) {
        if (toRestart.remove(crashed)) {
            cluster.restart(crashed);
        }
    }

    private void standStill(Replica replica) {
        replica.machine.standStill();
        world.after(between(10, 1_500), replica.machine::goOn);
    }

    private void trouble(Replica replica, int lost, int slow) {
        replica.line.becomes(lost, slow);
        world.after(between(50, 1_000), () -> replica.line.becomes(0, 0));
    }

    /** Everything works from now on; of one replica or of all of them. */
    void end() {
        over = true;
        List.copyOf(toRestart).forEach(this::restart);
        hints.lose(0);
        cluster.all().forEach(replica -> {
            replica.line.becomes(0, 0);
            replica.machine.goOn();
        });
        if (world.percent(50)) {
            leaveOne();
        }
    }

    private void leaveOne() {
        Replica survivor = cluster.any();
        for (Replica replica : cluster.all()) {
            if (replica != survivor && world.percent(50)) {
                replica.machine.crash();
            } else if (replica != survivor) {
                replica.machine.standStill();
            }
        }
        cluster.only(survivor);
    }

    private Duration between(int least, int mostMillis) {
        return world.between(Duration.ofMillis(least), Duration.ofMillis(mostMillis));
    }
}
