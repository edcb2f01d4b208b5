package io.aftercall.shift;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.EmailSummary;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.NewFollowUp;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.rpc.Client;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Agents who take one call after the other and write each up. Whoever is not answered asks again, by the id of his
 * request, as routers do.
 */
final class Shift {

    static final int AGENTS = 25;
    static final int CALLS_OF_EACH = 20;

    /** Between two calls of an agent. */
    private static final long PAUSE_MILLIS = 1_000;

    /** The queue whose ACWs are over before they are completed. */
    static final String RUSH = "rush";

    static final long RUSH_MILLIS = 1_000;

    private static final int CUSTOMERS = 60;
    private static final long DUE_MILLIS = 30_000;

    private static final List<Status.Code> AGAIN = List.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.CANCELLED);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ExecutorService agents = Executors.newFixedThreadPool(AGENTS);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Client client;

    /**
     * What was done in a call, and acknowledged.
     *
     * @param email the customer's address; empty if no summary was asked for
     * @param followUp the promise; empty if there was none
     * @param talked as it was reported
     * @param acw as it was answered
     */
    record Call(
            String agent,
            String interaction,
            String customer,
            String notes,
            String email,
            String followUp,
            Interaction talked,
            AfterCallWork acw) {}

    Shift(Client client) {
        this.client = client;
    }

    /** How many calls have been acknowledged so far. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Every call of the shift, when all of them have been acknowledged. */
    List<Call> work() {
        try {
            List<CompletableFuture<List<Call>>> shifts =
                    IntStream.range(0, AGENTS).mapToObj(this::shift).toList();
            return shifts.stream().flatMap(shift -> shift.join().stream()).toList();
        } finally {
            agents.shutdownNow();
        }
    }

    private CompletableFuture<List<Call>> shift(int agent) {
        CompletableFuture<List<Call>> calls = CompletableFuture.completedFuture(List.of());
        for (int i = 0; i < CALLS_OF_EACH; i++) {
            int number = agent * CALLS_OF_EACH + i;
            calls = calls.thenCompose(before -> call("agent-" + agent, number)
                            .thenApply(last -> Stream.concat(before.stream(), Stream.of(last))
                                    .toList()))
                    .thenApplyAsync(done -> done, after(PAUSE_MILLIS));
        }
        return calls;
    }

    private CompletableFuture<Call> call(String agent, int number) {
        boolean late = number % 7 == 3;
        Call call = new Call(
                agent,
                "call-" + number,
                "customer-" + number % CUSTOMERS,
                "What was said in call " + number,
                number % 2 == 0 ? "customer." + number + "@shift.example" : "",
                number % 3 == 0 ? UUID.randomUUID().toString() : "",
                talked(number, late ? RUSH : number % 2 == 0 ? "sales" : "support"),
                null);
        StartAcwRequest start = StartAcwRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setAgentId(agent)
                .setInteraction(call.talked())
                .build();
        CompleteAcwRequest complete = complete(call);
        return CompletableFuture.supplyAsync(
                        () -> untilAnswered(() -> client.acw().startAcw(start)), agents)
                .thenApplyAsync(
                        started -> untilAnswered(() -> client.acw().completeAcw(complete)),
                        after(late ? RUSH_MILLIS + 300 : number % 5 * 100))
                .thenApply(completed -> {
                    acknowledged.incrementAndGet();
                    return new Call(
                            agent,
                            call.interaction(),
                            call.customer(),
                            call.notes(),
                            call.email(),
                            call.followUp(),
                            call.talked(),
                            completed.getAcw());
                });
    }

    private Executor after(long millis) {
        return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, agents);
    }

    private static Interaction talked(int number, String queue) {
        long now = System.currentTimeMillis();
        return Client.call("call-" + number)
                .setCustomerId("customer-" + number % CUSTOMERS)
                .setQueueId(queue)
                .setAnswerTime(Timestamps.fromMillis(now - number % 50 * 1_000))
                .setEndTime(Timestamps.fromMillis(now))
                .setHoldDuration(Client.seconds(number % 50 / 5))
                .build();
    }

    private static CompleteAcwRequest complete(Call call) {
        WrapUp.Builder wrapUp = WrapUp.newBuilder()
                .setDispositionCode("SALE")
                .setNotes(call.notes())
                .addTags("shift");
        if (!call.email().isEmpty()) {
            wrapUp.setActionsTaken("Sent again")
                    .setEmailSummary(
                            EmailSummary.newBuilder().setAddress(call.email()).setLanguage("es"));
        }
        CompleteAcwRequest.Builder complete = CompleteAcwRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setAgentId(call.agent())
                .setInteractionId(call.interaction())
                .setWrapUp(wrapUp);
        if (!call.followUp().isEmpty()) {
            complete.addFollowUps(NewFollowUp.newBuilder()
                    .setFollowUpId(call.followUp())
                    .setDetails(FollowUpDetails.newBuilder()
                            .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                            .setDueTime(Timestamps.fromMillis(System.currentTimeMillis() + DUE_MILLIS))));
        }
        return complete.build();
    }

    private static <T> T untilAnswered(Callable<T> call) {
        return await().atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsMatching(failure -> failure instanceof StatusRuntimeException refused
                        && AGAIN.contains(refused.getStatus().getCode()))
                .until(call, any -> true);
    }
}
