package io.aftercall.feed;

import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.ControlledAgentStore;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.InMemoryAgentStore;
import io.aftercall.engine.KnownAgents;
import io.aftercall.engine.SettableClock;
import io.aftercall.engine.StoreContract;
import io.aftercall.engine.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A feed over a store in memory, and somebody who commits. */
public final class FeedFixture {

    final SettableClock clock = new SettableClock();
    final InMemoryAgentStore memory = new InMemoryAgentStore(clock);
    public final ControlledAgentStore store = new ControlledAgentStore(memory);
    final TenantId tenant = TenantId.DEFAULT;
    final DatabaseClock database = new DatabaseClock(clock);
    public final TenantFeed feed;
    final List<Long> applied = new ArrayList<>();

    public FeedFixture(int ringCapacity) {
        feed = new TenantFeed(tenant, store, ringCapacity);
        feed.listen(changes -> changes.forEach(change -> applied.add(change.revision())));
    }

    public FeedFixture loaded() {
        StoreContract.await(feed.catchUp());
        return this;
    }

    /** Another replica commits. */
    List<CommittedChange> elsewhere(StateChange... steps) {
        Set<AgentId> agents =
                Stream.of(steps).map(step -> step.state().agentId()).collect(Collectors.toSet());
        AgentStore.Needs needs = new AgentStore.Needs(agents, KnownAgents.NONE, Set.of(), Set.of());
        return StoreContract.await(memory.transact(
                        tenant,
                        needs,
                        loaded -> new AgentStore.Writes(
                                List.of(steps), List.of(), List.of(), List.of(), List.of(), List.of())))
                .changes();
    }

    /** This replica commits. */
    public List<CommittedChange> here(StateChange... steps) {
        List<CommittedChange> committed = elsewhere(steps);
        feed.committed(committed);
        return committed;
    }

    /** Another replica commits one change of each of so many agents. */
    void manyElsewhere(int count) {
        elsewhere(Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> step(idle(new AgentId("agent-" + i), 1)))
                .toArray(StateChange[]::new));
    }

    static StateChange from(AgentStatus previous, AgentState to) {
        return new StateChange(ChangeCause.PRESENCE_CHANGED, to, previous, "router", null, null, null, null);
    }
}
