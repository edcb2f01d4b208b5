package io.aftercall.simulator;

import io.aftercall.rpc.rest.LocalChannel;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** The call centre that a page starts and stops: one at a time, and not for ever. Any thread. */
@Singleton
class Simulation {

    static final int AGENTS = 30;

    /** ACWs keep to the tenant's policies; conversations are so much faster. */
    static final double SPEED = 5;

    /** Who forgets it does not fill his disk. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final Logger LOG = Logger.getLogger(Simulation.class);

    /** How far it is. */
    enum State {
        STOPPED,
        STARTING,
        RUNNING,
        STOPPING
    }

    private final LocalChannel local;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Vertx vertx;
    private State state = State.STOPPED;
    private CallCentre centre;
    private long end;

    Simulation(LocalChannel local, InstantSource clock, RandomGenerator random, Vertx vertx) {
        this.local = local;
        this.clock = clock;
        this.random = random;
        this.vertx = vertx;
    }

    synchronized State state() {
        return state;
    }

    /** The one that runs. */
    synchronized Optional<CallCentre> centre() {
        return state == State.RUNNING ? Optional.of(centre) : Optional.empty();
    }

    /** Begins, unless one is there already. */
    synchronized void start() {
        if (state != State.STOPPED) {
            return;
        }
        state = State.STARTING;
        centre = new CallCentre(local.channel(), UnaryCalls.PLAIN, AGENTS, SPEED, CallCentre.AcwLength.REAL, clock);
        SplittableRandom calls = new SplittableRandom(random.nextLong());
        vertx.executeBlocking(
                        () -> {
                            centre.open(local.channel(), calls);
                            return null;
                        },
                        false)
                .onSuccess(opened -> opened())
                .onFailure(this::failed);
    }

    private synchronized void opened() {
        state = State.RUNNING;
        end = vertx.setTimer(LONGEST.toMillis(), timer -> stop());
        LOG.infof("A simulated call centre of %d agents is open for %s at the most", AGENTS, LONGEST);
    }

    private synchronized void failed(Throwable failure) {
        LOG.warn("The simulated call centre could not be opened", failure);
        state = State.RUNNING;
        stop();
    }

    /** Ends the one that runs: everybody hangs up and logs out. */
    synchronized void stop() {
        if (state != State.RUNNING) {
            return;
        }
        state = State.STOPPING;
        vertx.cancelTimer(end);
        vertx.executeBlocking(
                        () -> {
                            centre.close();
                            return null;
                        },
                        false)
                .onComplete(closed -> closed());
    }

    private synchronized void closed() {
        state = State.STOPPED;
        LOG.info("The simulated call centre is closed");
    }

    /** Who is still in a call when the server stops hangs up when the centre opens again. */
    @PreDestroy
    synchronized void abandon() {
        if (centre != null && state != State.STOPPED) {
            centre.abandon();
        }
    }
}
