package io.aftercall.rpc;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentProfile;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.agent.StateChange;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Consistency;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentStatesResponse;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.ForecastKeeper;
import io.aftercall.engine.InMemoryAgentStore;
import io.aftercall.engine.KnownAgents;
import io.aftercall.engine.Samples;
import io.aftercall.engine.SettableClock;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ReadBarrier;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.TenantFeed;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A deadline passes between two pages, and nobody writes. */
class ListedMomentTest {

    private final SettableClock clock = new SettableClock();
    private final InMemoryAgentStore store = new InMemoryAgentStore(clock);
    private final TenantFeed feed = new TenantFeed(TenantId.DEFAULT, store, 8);
    private final DatabaseClock database = new DatabaseClock(clock);
    private final AgentStateReader reader = new AgentStateReader(new ServedTenant(
            null,
            feed,
            new ReadBarrier(feed, store, database),
            null,
            null,
            null,
            null,
            new ForecastKeeper(TenantId.DEFAULT, null, database),
            database));

    @Test
    void whatWasOpenOnTheFirstPageIsOpenOnTheLast() {
        write(inAcw("ada"), inAcw("bob"));
        ListAgentStatesResponse first = page("");
        clock.tick(Duration.ofSeconds(20));

        ListAgentStatesResponse last = page(first.getNextPageToken());

        assertThat(last.getAgentStatesList()).singleElement().satisfies(bob -> assertThat(bob.getAcwsList())
                .hasSize(1));
        assertThat(nowFromMemory().getAgentStatesList()).isEmpty();
    }

    private AgentState inAcw(String agent) {
        return new AgentState(
                new AgentId(agent),
                1,
                AgentProfile.NONE,
                PresenceSetting.AVAILABLE,
                null,
                Samples.TIME,
                null,
                List.of(),
                List.of(new OpenAcw(
                        UUID.randomUUID(),
                        Samples.bare("call"),
                        PolicyRules.DEFAULTS,
                        1,
                        clock.instant(),
                        clock.instant().plusSeconds(10),
                        0,
                        true,
                        null,
                        null,
                        List.of())),
                null,
                null);
    }

    private void write(AgentState... agents) {
        List<StateChange> steps = List.of(agents).stream().map(Samples::step).toList();
        await(store.transact(
                TenantId.DEFAULT,
                new Needs(Set.of(), KnownAgents.NONE, Set.of(), Set.of()),
                loaded -> new Writes(steps, List.of(), List.of(), List.of(), List.of(), List.of())));
    }

    private ListAgentStatesResponse page(String token) {
        return await(reader.list(inAcw().setPageToken(token).build()));
    }

    private ListAgentStatesResponse nowFromMemory() {
        return await(reader.list(
                inAcw().setConsistency(Consistency.newBuilder().setAny(true)).build()));
    }

    private static ListAgentStatesRequest.Builder inAcw() {
        return ListAgentStatesRequest.newBuilder()
                .setFilter(AgentStateFilter.newBuilder().addStatuses(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK))
                .setPageSize(1);
    }
}
