package io.aftercall.bench.stage;

import com.google.protobuf.Timestamp;
import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AcwServiceGrpc.AcwServiceStub;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.NewFollowUp;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.UpdateWebhookRequest;
import io.aftercall.api.v1.Webhook;
import io.aftercall.api.v1.WebhookServiceGrpc;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Wrap-ups that are finished at a steady pace and go to a receiver on this machine, in order for each customer. */
public final class WebhookStage implements Stage {
    /** How many waited when the last wrap-up had been written. */
    public static final String BACKLOG = "waited at the end";

    /** How many came more than once. */
    public static final String AGAIN = "came again";

    private static final int AGENTS = 400;
    private static final int CUSTOMERS = 1_000;
    private static final int PATIENCE_SECONDS = 60;
    private static final long TOMORROW = 86_400;

    private static final WrapUp WRAP_UP = WrapUp.newBuilder()
            .setDispositionCode("CHANGE_OF_ADDRESS")
            .setNotes("La clienta se muda el mes que viene y quiere que las facturas lleguen a la nueva dirección.")
            .addTags("moving")
            .build();

    private final Path parent;
    private final int perSecond;
    private final boolean promised;
    private final EndedCalls endedCalls = new EndedCalls();

    /**
     * Measures.
     *
     * @param parent where the database's directory is made
     * @param perSecond how many ACWs, 1 to 1,000
     * @param promised whether a follow-up comes of each: then there are two events
     */
    public WebhookStage(Path parent, int perSecond, boolean promised) {
        this.parent = parent;
        this.perSecond = perSecond;
        this.promised = promised;
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Latencies latencies = new Latencies();
        Failures failures = new Failures();
        try (WorkDirectory directory = WorkDirectory.below(parent);
                BenchDatabase database = BenchDatabase.start(directory);
                PackagedServer server = PackagedServer.start(
                        directory.log("server"),
                        database,
                        Map.of("AFTERCALL_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8"));
                WebhookReceiver receiver = new WebhookReceiver(latencies, failures);
                Connections routers = server.connect(4)) {
            WebhookServiceGrpc.newBlockingStub(routers.channel(0))
                    .updateWebhook(UpdateWebhookRequest.newBuilder()
                            .setWebhook(
                                    Webhook.newBuilder().setWebhookId("bench").setUrl(receiver.url()))
                            .build());
            Calls calls = new Calls(new Latencies(), failures);
            long start = System.nanoTime();
            new Pace(perSecond).keep(duration, call -> write(routers, calls, call));
            int written = Math.toIntExact(duration.toSeconds() * perSecond) * (promised ? 2 : 1);
            int backlog = written - receiver.count();
            Await.until(() -> receiver.count() >= written, PATIENCE_SECONDS);
            failures.count("never came", written - receiver.count());
            return List.of(Measurement.of(
                            "webhooks to one receiver, ACWs a second: " + perSecond
                                    + (promised ? ", each with a follow-up" : ""),
                            latencies.overall(),
                            receiver.lastNanos() - start,
                            failures)
                    .with(BACKLOG, backlog)
                    .with(AGAIN, receiver.again()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletionStage<?> write(Connections routers, Calls calls, int call) {
        AcwServiceStub acws = AcwServiceGrpc.newStub(routers.channel(call));
        StartAcwRequest.Builder ended = endedCalls.next("bench-hook-" + call % AGENTS).toBuilder();
        ended.getInteractionBuilder().setCustomerId("customer-" + call % CUSTOMERS);
        return calls.send(acws::startAcw, ended.build())
                .thenCompose(started -> calls.send(
                        acws::completeAcw,
                        complete(ended.getAgentId(), ended.getInteraction().getInteractionId())));
    }

    private CompleteAcwRequest complete(String agentId, String interactionId) {
        CompleteAcwRequest.Builder complete = CompleteAcwRequest.newBuilder()
                .setAgentId(agentId)
                .setInteractionId(interactionId)
                .setWrapUp(WRAP_UP);
        if (promised) {
            complete.addFollowUps(NewFollowUp.newBuilder()
                    .setFollowUpId(UUID.randomUUID().toString())
                    .setDetails(FollowUpDetails.newBuilder()
                            .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                            .setDueTime(Timestamp.newBuilder()
                                    .setSeconds(Instant.now().getEpochSecond() + TOMORROW))));
        }
        return complete.build();
    }
}
