package io.aftercall.simulation;

import io.aftercall.engine.Actor;
import io.aftercall.engine.Reply;
import io.aftercall.engine.Submission;
import java.time.Duration;
import java.util.Map;

/** Somebody who sends commands, and one that was not answered again, to any replica. */
final class Client {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final World world;
    private final Cluster cluster;
    private final History history;
    private final Commands commands;
    private final Duration end;

    /** One call; whether its caller no longer waits. */
    private static final class Call {
        private boolean over;
    }

    Client(World world, Cluster cluster, History history, Commands commands, Duration end) {
        this.world = world;
        this.cluster = cluster;
        this.history = history;
        this.commands = commands;
        this.end = end;
        world.after(world.upTo(100), this::next);
    }

    private void next() {
        if (world.elapsed().compareTo(end) < 0) {
            Request request = history.begin(commands.next());
            send(request);
            if (request.key.isPresent() && world.percent(10)) {
                world.after(world.upTo(300), () -> send(request));
            }
            world.after(world.upTo(150), this::next);
        }
    }

    private void send(Request request) {
        Replica replica = cluster.any();
        Call call = new Call();
        Submission submission =
                new Submission(request.command, Actor.named(request.actor), request.key, () -> call.over);
        replica.machine.call(() -> replica.lane.submit(submission)).whenComplete((reply, failure) -> {
            if (!call.over) {
                call.over = true;
                if (failure == null) {
                    answered(request, reply);
                } else {
                    unanswered(request);
                }
            }
        });
        world.after(PATIENCE, () -> {
            if (!call.over) {
                call.over = true;
                unanswered(request);
            }
        });
    }

    private void answered(Request request, Reply reply) {
        boolean lie = world.has(Defect.REFUSES_WHAT_IT_DID) && world.percent(5);
        if (lie && reply instanceof Reply.Accepted accepted) {
            history.answered(request, new Reply.Refused(null, accepted.agent(), Map.of()));
        } else {
            history.answered(request, reply);
        }
    }

    private void unanswered(Request request) {
        request.unanswered();
        if (request.key.isPresent()) {
            world.after(world.upTo(200), () -> send(request));
        }
    }
}
