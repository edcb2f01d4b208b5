package io.aftercall.bench;

import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Program;
import io.aftercall.bench.client.StopSignal;
import io.aftercall.bench.client.Target;
import io.aftercall.simulator.StateSubscription;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the stream of agent states, a line per event, until Ctrl-C; survives broken connections. */
@Command(name = "subscribe", mixinStandardHelpOptions = true, description = "Prints the stream of agent states.")
public final class Subscriber implements Callable<Integer>, StateSubscription.Listener {
    @Mixin
    private Target target;

    @Option(names = "--agents", split = ",", paramLabel = "ID", description = "Only these agents.")
    private List<String> agents = List.of();

    @Option(names = "--queues", split = ",", paramLabel = "ID", description = "Only agents at work for these queues.")
    private List<String> queues = List.of();

    @Option(
            names = "--statuses",
            split = ",",
            paramLabel = "STATUS",
            converter = StatusName.class,
            description = "Only agents in these statuses, for instance AFTER_CALL_WORK.")
    private List<AgentStatus> statuses = List.of();

    @Option(names = "--every-change", description = "Every single change, not the latest state where we lag.")
    private boolean everyChange;

    @Option(names = "--resume", paramLabel = "TOKEN", description = "Go on behind this token of the same filter.")
    private String resumeToken = "";

    /** Starts the program; exits with 1 if the server refuses the subscription. */
    public static void main(String[] args) {
        Program.run(new Subscriber(), args);
    }

    @Override
    public Integer call() throws ExecutionException {
        try (StopSignal stop = new StopSignal();
                Connections connections = target.connect(1);
                StateSubscription subscription = new StateSubscription(connections.channel(0), request(), this)) {
            try {
                subscription.ended().get();
            } catch (InterruptedException e) {
                System.out.println("go on with --resume " + subscription.token());
            }
        }
        return 0;
    }

    @Override
    public void received(StreamAgentStatesResponse response) {
        response.getEventsList().forEach(event -> System.out.println(EventLine.of(event)));
    }

    @Override
    public void broken(Status status, Duration pause) {
        System.err.printf("stream ended (%s), going on in %d ms%n", status, pause.toMillis());
    }

    private StreamAgentStatesRequest request() {
        return StreamAgentStatesRequest.newBuilder()
                .setFilter(AgentStateFilter.newBuilder()
                        .addAllAgentIds(agents)
                        .addAllQueueIds(queues)
                        .addAllStatuses(statuses))
                .setDelivery(
                        everyChange
                                ? StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE
                                : StreamDelivery.STREAM_DELIVERY_CONFLATED)
                .setResumeToken(resumeToken)
                .build();
    }

    private static final class StatusName implements ITypeConverter<AgentStatus> {
        @Override
        public AgentStatus convert(String name) {
            return AgentStatus.valueOf("AGENT_STATUS_" + name.toUpperCase(Locale.ROOT));
        }
    }
}
