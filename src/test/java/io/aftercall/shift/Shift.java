package io.aftercall.shift;

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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

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

    /** Every call of the shift, when all of them have been acknowledged. */
    List<Call> work() throws InterruptedException, ExecutionException {
        ExecutorService agents = Executors.newFixedThreadPool(AGENTS);
        try {
            List<Future<List<Call>>> shifts = IntStream.range(0, AGENTS)
                    .mapToObj(agent -> agents.submit(() -> shift(agent)))
                    .toList();
            List<Call> all = new ArrayList<>();
            for (Future<List<Call>> shift : shifts) {
                all.addAll(shift.get());
            }
            return all;
        } finally {
            agents.shutdownNow();
        }
    }

    private List<Call> shift(int agent) throws Exception {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS_OF_EACH; i++) {
            int number = agent * CALLS_OF_EACH + i;
            calls.add(call("agent-" + agent, number));
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return calls;
    }

    private Call call(String agent, int number) throws Exception {
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
        untilAnswered(() -> client.acw().startAcw(start));
        TimeUnit.MILLISECONDS.sleep(late ? RUSH_MILLIS + 300 : number % 5 * 100);
        AfterCallWork acw =
                untilAnswered(() -> client.acw().completeAcw(complete)).getAcw();
        return new Call(
                agent,
                call.interaction(),
                call.customer(),
                call.notes(),
                call.email(),
                call.followUp(),
                call.talked(),
                acw);
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

    private static <T> T untilAnswered(Callable<T> call) throws Exception {
        while (true) {
            try {
                return call.call();
            } catch (StatusRuntimeException failure) {
                if (!AGAIN.contains(failure.getStatus().getCode())) {
                    throw failure;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }
}
