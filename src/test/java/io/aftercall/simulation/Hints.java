package io.aftercall.simulation;

import io.aftercall.engine.ChangeHints;
import io.aftercall.engine.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Hints between replicas: late, lost or told twice. */
final class Hints {

    private final World world;
    private final List<Ear> ears = new ArrayList<>();
    private int lossPercent;

    private record Ear(Machine machine, ChangeHints.Listener listener) {}

    Hints(World world) {
        this.world = world;
    }

    /** From now on so many do not arrive. */
    void lose(int percent) {
        lossPercent = percent;
    }

    /** As one replica has them. */
    ChangeHints over(Machine machine, Line line) {
        return new ChangeHints() {
            @Override
            public CompletionStage<Void> tell(TenantId tenant, long revision) {
                return line.ask(() -> {
                    ears.forEach(ear -> spread(ear, tenant, revision));
                    return null;
                });
            }

            @Override
            public void listen(Listener listener) {
                line.ask(() -> ears.add(new Ear(machine, listener))).whenComplete((listening, failure) -> {
                    if (failure == null) {
                        listener.perhapsMissed();
                    } else {
                        machine.after(line.notice(), () -> listen(listener));
                    }
                });
            }
        };
    }

    private void spread(Ear ear, TenantId tenant, long revision) {
        if (!world.percent(lossPercent)) {
            ear.machine().after(world.upTo(5), () -> ear.listener().changed(tenant, revision));
        }
        if (world.percent(5)) {
            ear.machine().after(world.upTo(200), () -> ear.listener().changed(tenant, revision));
        }
    }
}
