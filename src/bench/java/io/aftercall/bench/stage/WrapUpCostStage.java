package io.aftercall.bench.stage;

import com.google.protobuf.Timestamp;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.NewFollowUp;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What notes, three tags and a follow-up cost at the end of an ACW: the same load without and with them, in turns. */
public final class WrapUpCostStage implements Stage {
    /** Throughput with them over throughput without, of StartAcw and CompleteAcw together. */
    public static final String RATIO = "of that without";

    /** As if StartAcw cost as much as CompleteAcw does without them. */
    public static final String COST = "times the cost of a CompleteAcw without";

    private static final long DAYS = Duration.ofDays(30).toSeconds();

    private static final WrapUp WRAP_UP = WrapUp.newBuilder()
            .setDispositionCode("CHANGE_OF_ADDRESS")
            .setNotes("La clienta se muda el mes que viene y quiere que las facturas lleguen a la nueva dirección. "
                    + "Confirmed the new address by e-mail; the meter is read on the day she moves out.")
            .addTags("address")
            .addTags("moving")
            .addTags("e-mail")
            .build();

    private final Path parent;
    private final int callers;
    private final Random random = new Random(7);

    /**
     * Measures.
     *
     * @param parent where the database's directory is made
     * @param callers at once: one waits for each answer, many fill the server
     */
    public WrapUpCostStage(Path parent, int callers) {
        this.parent = parent;
        this.callers = callers;
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        try (WorkDirectory directory = WorkDirectory.below(parent);
                BenchDatabase database = BenchDatabase.start(directory);
                PackagedServer server = PackagedServer.start(directory.log("server"), database);
                Connections connections = server.connect(4)) {
            Alternation found = Alternation.of(
                    new WriteStage(connections, callers),
                    new WriteStage(connections, callers, this::writtenUp),
                    duration);
            return List.of(
                    found.one().where("nothing written"),
                    found.other()
                            .where("notes, tags and a follow-up")
                            .with(RATIO, found.ratio())
                            .with(COST, 2 / found.ratio() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompleteAcwRequest.Builder writtenUp(CompleteAcwRequest.Builder completion) {
        long due = Instant.now().getEpochSecond() + 3_600 + (long) (random.nextDouble() * DAYS);
        return completion
                .setWrapUp(WRAP_UP)
                .addFollowUps(NewFollowUp.newBuilder()
                        .setFollowUpId(UUID.randomUUID().toString())
                        .setDetails(FollowUpDetails.newBuilder()
                                .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                                .setDueTime(Timestamp.newBuilder().setSeconds(due))
                                .setNote("Ask whether the first invoice has arrived")
                                .setCustomerId("customer-4711")));
    }
}
