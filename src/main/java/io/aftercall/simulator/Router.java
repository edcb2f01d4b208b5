package io.aftercall.simulator;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.ErrorInfo;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.Direction;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.InteractionOutcome;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Queues and telephones. Calls go, oldest first, to the agent who has been free for longest by what the stream
 * has told; the server has the last word.
 */
final class Router {
    private final Commands commands;
    private final SimulatedTime time;
    private final AgentBoard board;
    private final AgentDesk desk;
    private final Tally tally;

    private final Deque<Call> waiting = new ArrayDeque<>();
    // Interaction ids are for ever, so those of an earlier run must not come again.
    private final String run;
    private int calls;
    private boolean closed;
    private int underWay;
    private int acws;

    Router(Commands commands, SimulatedTime time, AgentBoard board, AgentDesk desk, Tally tally) {
        this.commands = commands;
        this.time = time;
        this.board = board;
        this.desk = desk;
        this.tally = tally;
        this.run = Long.toString(Timestamps.toMillis(time.now()), 36);
    }

    /** Lets the calls of a queue come in, one after the other. */
    void receive(CallModel model) {
        CallPlan plan = model.next();
        time.after(plan.untilNext(), () -> {
            if (!closed) {
                arrive(plan);
                receive(model);
            }
        });
    }

    /** No call is let in any more, and whoever waits is sent away. */
    void close() {
        closed = true;
        tally.abandoned += waiting.size();
        waiting.clear();
    }

    /** Offers waiting calls as long as somebody is free. */
    void route() {
        while (!waiting.isEmpty()) {
            Optional<String> agentId = board.takeLongestIdle();
            if (agentId.isEmpty()) {
                return;
            }
            offer(waiting.removeFirst(), agentId.get());
        }
    }

    /** Returns how many calls are being offered or talked about, up to the server's answer that they have ended. */
    int underWay() {
        return underWay;
    }

    /** Returns how many calls have brought an ACW. */
    int acws() {
        return acws;
    }

    /** Returns how many calls wait. */
    int waiting() {
        return waiting.size();
    }

    private void arrive(CallPlan plan) {
        Interaction interaction = Interaction.newBuilder()
                .setInteractionId("sim-" + run + "-" + ++calls)
                .setChannel(Channel.CHANNEL_VOICE)
                .setDirection(Direction.DIRECTION_INBOUND)
                .setQueueId(plan.queueId())
                .setCustomerId(plan.customerId())
                .setStartTime(time.now())
                .build();
        Call call = new Call(plan, interaction, time.elapsed().plus(plan.patience()));
        waiting.addLast(call);
        time.after(plan.patience(), () -> {
            if (waiting.remove(call)) {
                tally.abandoned++;
            }
        });
        route();
    }

    private void offer(Call call, String agentId) {
        Interaction answered =
                call.interaction().toBuilder().setAnswerTime(time.now()).build();
        underWay++;
        // Any other error counts as a failed call, and the customer is lost.
        commands.begin(agentId, answered)
                .whenCompleteAsync(
                        (response, error) -> {
                            if (error == null) {
                                tally.served++;
                                time.after(call.plan().talk(), () -> hangUp(call.plan(), answered, agentId));
                                return;
                            }
                            underWay--;
                            if (notRoutable(error)) {
                                tally.refused++;
                                putBack(call);
                            }
                        },
                        time);
    }

    private static boolean notRoutable(Throwable error) {
        com.google.rpc.Status status = StatusProto.fromThrowable(error);
        return status != null && status.getDetailsList().stream().anyMatch(Router::saysNotRoutable);
    }

    private static boolean saysNotRoutable(Any detail) {
        try {
            return detail.isSameTypeAs(ErrorInfo.getDefaultInstance())
                    && detail.unpackSameTypeAs(ErrorInfo.getDefaultInstance())
                            .getReason()
                            .equals("AGENT_NOT_ROUTABLE");
        } catch (InvalidProtocolBufferException unreadable) {
            // Then it says something else.
            return false;
        }
    }

    private void putBack(Call call) {
        if (closed || time.elapsed().compareTo(call.patienceEnd()) > 0) {
            tally.abandoned++;
        } else {
            waiting.addFirst(call);
            route();
        }
    }

    private void hangUp(CallPlan plan, Interaction answered, String agentId) {
        Interaction ended = answered.toBuilder()
                .setOutcome(InteractionOutcome.INTERACTION_OUTCOME_ANSWERED)
                .setEndTime(time.now())
                .build();
        commands.startAcw(agentId, ended)
                .whenCompleteAsync(
                        (response, error) -> {
                            underWay--;
                            if (error == null) {
                                acws += response.hasAcw() ? 1 : 0;
                                desk.afterCall(agentId, plan, response);
                            }
                        },
                        time);
    }

    private record Call(CallPlan plan, Interaction interaction, Duration patienceEnd) {}
}
