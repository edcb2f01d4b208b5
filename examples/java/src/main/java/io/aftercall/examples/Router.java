package io.aftercall.examples;

import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AcwServiceGrpc.AcwServiceStub;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.AgentStateServiceGrpc.AgentStateServiceStub;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.Direction;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.InteractionOutcome;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StartAcwResponse;
import io.grpc.ManagedChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A small call router. Standard input is its telephony: {@code call ID} is a caller in the queue, {@code hangup ID} the
 * end of a call. It prints what it does and what happens to agents. Everything happens on one thread.
 */
public final class Router {
    private final AgentStateServiceStub states;
    private final AcwServiceStub acws;
    private final Commands commands;
    private final AgentWatch agents;
    private final Map<String, Call> calls = new HashMap<>();
    private final Deque<Call> waiting = new ArrayDeque<>();
    private final Set<CompletableFuture<?>> underWay = new HashSet<>();

    private static final class Call {
        private final Interaction interaction;
        private String agentId;
        private boolean answered;
        private boolean over;

        private Call(Interaction interaction) {
            this.interaction = interaction;
        }
    }

    private Router(ManagedChannel channel, ScheduledExecutorService thread) {
        states = AgentStateServiceGrpc.newStub(channel).withCallCredentials(new Connection.Token());
        acws = AcwServiceGrpc.newStub(channel).withCallCredentials(new Connection.Token());
        commands = new Commands(thread);
        agents = new AgentWatch(channel, states, thread, this::route);
    }

    /** Starts it; exits with 1 if the server refuses it. Arguments: where the service config is. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        ManagedChannel channel = Connection.open(Path.of(args[0]), thread);
        Router router = new Router(channel, thread);
        router.agents.refused().exceptionally(Router::fail);
        thread.execute(router.agents::connect);
        BufferedReader telephony = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = telephony.readLine(); line != null; line = telephony.readLine()) {
            String[] words = line.strip().split(" ");
            thread.execute(() -> router.take(words));
        }
        CompletableFuture.supplyAsync(
                        () -> CompletableFuture.allOf(router.underWay.toArray(CompletableFuture[]::new)), thread)
                .thenCompose(all -> all)
                .thenRunAsync(router.agents::close, thread)
                .join();
        channel.shutdown().awaitTermination(5, TimeUnit.SECONDS);
        thread.shutdown();
    }

    private void take(String[] words) {
        if (words[0].equals("call")) {
            arrive(words[1]);
        } else if (words[0].equals("hangup")) {
            hangUp(words[1]);
        }
    }

    private void arrive(String id) {
        Call call = new Call(Interaction.newBuilder()
                .setInteractionId(id)
                .setChannel(Channel.CHANNEL_VOICE)
                .setDirection(Direction.DIRECTION_INBOUND)
                .setQueueId("sales")
                .build());
        calls.put(id, call);
        waiting.addLast(call);
        route();
        if (waiting.contains(call)) {
            System.out.println(id + " waits");
        }
    }

    private void route() {
        while (!waiting.isEmpty()) {
            Optional<String> agentId = agents.takeLongestFree();
            if (agentId.isEmpty()) {
                return;
            }
            Call call = waiting.removeFirst();
            call.agentId = agentId.get();
            offer(call);
        }
    }

    /**
     * The stream says who is free; whether he still is, and takes no other call at the same moment, the server decides.
     * His telephone rings after that, not before.
     */
    private void offer(Call call) {
        BeginInteractionRequest request = BeginInteractionRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setAgentId(call.agentId)
                .setInteraction(call.interaction)
                .build();
        until(commands.send(states::beginInteraction, request).handle((response, error) -> {
            String id = call.interaction.getInteractionId();
            if (error == null) {
                System.out.println(id + " goes to " + call.agentId);
                call.answered = true;
                if (call.over) {
                    end(call);
                }
            } else if (Commands.reason(error).equals("AGENT_NOT_ROUTABLE") && !call.over) {
                waiting.addFirst(call);
                route();
            } else {
                System.out.println(id + " is lost: " + Commands.reason(error));
            }
            return response;
        }));
    }

    private void hangUp(String id) {
        Call call = calls.remove(id);
        if (call == null) {
            return;
        }
        if (call.answered) {
            end(call);
        } else {
            // Nobody has it, or it is just being offered: then that ends it.
            call.over = true;
            waiting.remove(call);
        }
    }

    private void end(Call call) {
        StartAcwRequest request = StartAcwRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setAgentId(call.agentId)
                .setInteraction(call.interaction.toBuilder()
                        .setOutcome(
                                call.over
                                        ? InteractionOutcome.INTERACTION_OUTCOME_MISSED
                                        : InteractionOutcome.INTERACTION_OUTCOME_ANSWERED))
                .build();
        until(commands.send(acws::startAcw, request)
                .thenAccept(response -> System.out.println(
                        call.interaction.getInteractionId() + " ended for " + call.agentId + ": " + then(response))));
    }

    private static String then(StartAcwResponse response) {
        return response.hasAcw()
                ? "ACW"
                : "no ACW, " + response.getNotRequired().name().replace("ACW_NOT_REQUIRED_REASON_", "");
    }

    private void until(CompletableFuture<?> answer) {
        underWay.add(answer);
        answer.whenComplete((done, error) -> underWay.remove(answer));
        answer.exceptionally(error -> fail(error));
    }

    private static <T> T fail(Throwable error) {
        System.err.println(error.getMessage());
        System.exit(1);
        return null;
    }
}
