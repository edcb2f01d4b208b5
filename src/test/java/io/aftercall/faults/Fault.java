package io.aftercall.faults;

import io.aftercall.faults.Cluster.Replica;
import io.aftercall.faults.TcpProxy.Weather;
import java.util.function.Consumer;

/** What can befall a replica, and how it passes. */
enum Fault {
    KILLED(Replica::kill, Replica::restart),
    PAUSED(Replica::pause, Replica::resume),
    CALLERS_CUT(callers(Weather.CUT), callers(Weather.FAIR)),
    CALLERS_SLOW(callers(Weather.SLOW), callers(Weather.FAIR)),
    CALLERS_STALLED(callers(Weather.STALLED), callers(Weather.FAIR)),
    CALLERS_HALF_OPEN(callers(Weather.HALF_OPEN), callers(Weather.FAIR)),
    DATABASE_CUT(database(Weather.CUT), database(Weather.FAIR)),
    DATABASE_SLOW(database(Weather.SLOW), database(Weather.FAIR)),
    DATABASE_STALLED(database(Weather.STALLED), database(Weather.FAIR)),
    DATABASE_HALF_OPEN(database(Weather.HALF_OPEN), database(Weather.FAIR));

    private final Consumer<Replica> strike;
    private final Consumer<Replica> pass;

    Fault(Consumer<Replica> strike, Consumer<Replica> pass) {
        this.strike = strike;
        this.pass = pass;
    }

    void strike(Replica replica) {
        strike.accept(replica);
    }

    void pass(Replica replica) {
        pass.accept(replica);
    }

    private static Consumer<Replica> callers(Weather weather) {
        return replica -> replica.ofCallers(weather);
    }

    private static Consumer<Replica> database(Weather weather) {
        return replica -> replica.ofDatabase(weather);
    }
}
