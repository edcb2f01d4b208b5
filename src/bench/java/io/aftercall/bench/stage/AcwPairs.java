package io.aftercall.bench.stage;

import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AcwServiceGrpc.AcwServiceStub;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** StartAcw and then CompleteAcw for a fresh interaction: two writes. Every caller has agents of his own. */
final class AcwPairs {
    private static final int AGENTS_PER_CALLER = 4;

    private final Connections connections;
    private final Calls calls;
    private final UnaryOperator<CompleteAcwRequest.Builder> more;
    private final EndedCalls endedCalls = new EndedCalls();

    AcwPairs(Connections connections, Calls calls) {
        this(connections, calls, UnaryOperator.identity());
    }

    /** Writes more at the end of each ACW. */
    AcwPairs(Connections connections, Calls calls, UnaryOperator<CompleteAcwRequest.Builder> more) {
        this.connections = connections;
        this.calls = calls;
        this.more = more;
    }

    /** Returns the ids of all agents whom so many callers write to. */
    static List<String> agentIds(int callers) {
        return IntStream.range(0, callers)
                .boxed()
                .flatMap(caller -> IntStream.range(0, AGENTS_PER_CALLER).mapToObj(turn -> agentId(caller, turn)))
                .toList();
    }

    /**
     * Writes both, one after the other.
     *
     * @param caller the caller's number, from 0
     * @param turn the number of this turn of his, from 0
     */
    CompletionStage<?> write(int caller, int turn) {
        AcwServiceStub acws = AcwServiceGrpc.newStub(connections.channel(caller));
        String agentId = agentId(caller, turn);
        StartAcwRequest ended = endedCalls.next(agentId);
        return calls.send(acws::startAcw, ended)
                .thenCompose(started -> calls.send(
                        acws::completeAcw,
                        more.apply(CompleteAcwRequest.newBuilder()
                                        .setAgentId(agentId)
                                        .setInteractionId(ended.getInteraction().getInteractionId()))
                                .build()));
    }

    private static String agentId(int caller, int turn) {
        return "bench-write-" + caller + "-" + turn % AGENTS_PER_CALLER;
    }
}
