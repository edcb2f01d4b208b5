package io.aftercall.engine;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.TIME;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.interaction;
import static io.aftercall.engine.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.EarlyCompletion;
import io.aftercall.agent.Outcome;
import io.aftercall.agent.WrittenWrapUp;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.PendingReply;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.EmailSummary;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUp;
import io.aftercall.wrapup.WrapUpStatus;
import io.aftercall.wrapup.WrapUpVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of agents does with wrap-ups. */
public abstract class WrittenWrapUpContract extends StoreContract {

    private static final InteractionId ID = new InteractionId("i-1");
    private static final AcwKey KEY = new AcwKey(ADA, ID);
    private static final WrapUp FULL = new WrapUp(
            "SALE",
            "{\"order\":{\"number\":\"A-1\"},\"sum\":12.5}",
            "Two \"large\" ones",
            "Sold \"two\"\nto Ümit 🙂",
            "Ordered",
            "Call on Monday",
            List.of("vip", "a,b{c}", "\\"),
            new EmailSummary("ann@example.com", "es"));
    private static final StoredWrapUp FIRST =
            new StoredWrapUp(FULL, new WrapUpVersion(1, WrapUpStatus.DRAFT, TIME.plusSeconds(1), "ada", null));
    private static final StoredWrapUp SECOND =
            new StoredWrapUp(WrapUp.EMPTY, new WrapUpVersion(2, WrapUpStatus.DRAFT, TIME.plusSeconds(2), "ada", null));
    private static final StoredWrapUp THIRD = new StoredWrapUp(
            FULL.classified("LOSS"),
            new WrapUpVersion(3, WrapUpStatus.INCOMPLETE, TIME.plusSeconds(3), "server", TIME.plusSeconds(60)));
    private static final RequestKey REQUEST =
            new RequestKey(UUID.fromString("0b0e4a54-6c0d-4f6e-8f0f-2f64b4a3f6a1"), "fingerprint");

    private TenantId tenant;

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = freshTenant();
    }

    @Test
    void everyFieldOfADraftSurvives() {
        write(FIRST);

        assertThat(loaded(asking(KnownAgents.NONE)).wrapUps()).isEqualTo(Map.of(KEY, FIRST));
    }

    @Test
    void aDraftIsFoundThroughWhatIsRemembered() {
        StoredAgent writing = new StoredAgent(Samples.drafting(ADA, 1), 1);
        await(store().transact(tenant, asking(KnownAgents.NONE), any -> changes(step(writing.state()))));
        write(FIRST);
        String epoch = await(store().head(tenant)).epoch();

        Loaded loaded = loaded(asking(new KnownAgents(epoch, 1, Map.of(ADA, writing))));

        assertThat(loaded.wrapUps()).isEqualTo(Map.of(KEY, FIRST));
    }

    @Test
    void whatIsNoDraftAnyMoreIsFoundWithWhatIsSettled() {
        write(THIRD);
        Map<AcwKey, StoredWrapUp> before = loaded(asking(KnownAgents.NONE)).wrapUps();
        settle();

        assertThat(before).isEmpty();
        assertThat(loaded(asking(KnownAgents.NONE)).wrapUps()).isEqualTo(Map.of(KEY, THIRD));
    }

    @Test
    void whatIsSettledMayBeWithoutOne() {
        settle();

        assertThat(loaded(asking(KnownAgents.NONE)).wrapUps()).isEmpty();
    }

    @Test
    void everyRevisionIsKept() {
        write(FIRST);
        write(SECOND);
        write(THIRD);

        assertThat(wrapUps(tenant, KEY)).isEqualTo(Map.of(1, FIRST, 2, SECOND, 3, THIRD));
    }

    @Test
    void everyRevisionIsKeptAlsoIfSeveralAreWrittenAtOnce() {
        write(FIRST, SECOND, THIRD);

        assertThat(wrapUps(tenant, KEY)).isEqualTo(Map.of(1, FIRST, 2, SECOND, 3, THIRD));
    }

    @Test
    void whatOnlyChangesItsStatusIsTheSameRevision() {
        StoredWrapUp done = new StoredWrapUp(FULL, FIRST.version().as(WrapUpStatus.FINAL, TIME.plusSeconds(60)));
        write(FIRST);
        write(done);

        assertThat(wrapUps(tenant, KEY)).isEqualTo(Map.of(1, done));
    }

    @Test
    void aReplySaysWhichVersionItWasAndNotWhatItSaid() {
        Outcome outcome = new Outcome(Optional.empty(), false, false, 0, Optional.of(THIRD.version()));
        Reply.Accepted reply = new Reply.Accepted(new StoredAgent(idle(ADA, 4), 17), outcome);
        List<WrittenWrapUp> written = written(THIRD);

        await(store().transact(
                        tenant,
                        asking(KnownAgents.NONE),
                        any -> new Writes(
                                List.of(),
                                List.of(),
                                written,
                                List.of(),
                                List.of(new PendingReply(REQUEST, reply, -1)),
                                List.of())));

        assertThat(loaded(asking(KnownAgents.NONE)).replies())
                .isEqualTo(Map.of(REQUEST.requestId(), new StoredReply(REQUEST, reply)));
    }

    /** One after the other in one transaction. */
    private void write(StoredWrapUp... versions) {
        List<WrittenWrapUp> written = written(versions);
        await(store().transact(
                        tenant,
                        asking(KnownAgents.NONE),
                        any -> new Writes(List.of(), List.of(), written, List.of(), List.of(), List.of())));
    }

    private List<WrittenWrapUp> written(StoredWrapUp... versions) {
        List<StoredWrapUp> all = Arrays.asList(versions);
        Map<Integer, StoredWrapUp> stored = wrapUps(tenant, KEY);
        List<WrittenWrapUp> written = new ArrayList<>();
        Optional<StoredWrapUp> before = stored.values().stream()
                .max((one, other) -> Integer.compare(
                        one.version().revision(), other.version().revision()));
        for (StoredWrapUp version : all) {
            written.add(new WrittenWrapUp(ADA, ID, Optional.of(interaction("i-1")), "north", version, before));
            before = Optional.of(version);
        }
        return written;
    }

    private void settle() {
        await(store().transact(
                        tenant,
                        asking(KnownAgents.NONE),
                        any -> new Writes(
                                List.of(),
                                List.of(new EarlyCompletion(ADA, ID, TIME, "crm")),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of())));
    }

    private Loaded loaded(Needs needs) {
        Loaded[] seen = new Loaded[1];
        await(store().transact(tenant, needs, loaded -> {
            seen[0] = loaded;
            return changes();
        }));
        return seen[0];
    }

    private static Needs asking(AgentMemory memory) {
        return new Needs(Set.of(ADA), memory, Set.of(KEY), Set.of(REQUEST.requestId()));
    }
}
