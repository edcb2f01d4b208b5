package io.aftercall.expiry;

import static io.aftercall.engine.Samples.resting;
import static io.aftercall.engine.Samples.step;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommandLane;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.ControlledAgentStore;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.InMemoryAgentStore;
import io.aftercall.engine.InMemoryPolicyStore;
import io.aftercall.engine.InMemoryReplicaStore;
import io.aftercall.engine.KnownAgents;
import io.aftercall.engine.PolicyBook;
import io.aftercall.engine.Replicas;
import io.aftercall.engine.SettableClock;
import io.aftercall.engine.StoreContract;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.TenantFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A replica's expiry over a store in memory, with a clock of its own and the database's. */
final class ExpiryFixture {

    final SettableClock database = new SettableClock();
    final SettableClock local = new SettableClock();
    final InMemoryAgentStore memory = new InMemoryAgentStore(database);
    final ControlledAgentStore store = new ControlledAgentStore(memory);
    final TenantId tenant = TenantId.DEFAULT;
    final TenantFeed feed = new TenantFeed(tenant, store, 64);
    final DatabaseClock clock = new DatabaseClock(local);
    final FakeAlarm alarm = new FakeAlarm(local);
    final InMemoryReplicaStore others = new InMemoryReplicaStore();
    final Replicas replicas = new Replicas(new UUID(1, 1), others);
    final CommandLane lane;

    ExpiryFixture() {
        PolicyBook policies = new PolicyBook(tenant, new InMemoryPolicyStore(memory, database));
        policies.refresh();
        lane = new CommandLane(tenant, store, policies, feed, feed, Runnable::run, new CommandLane.Limits(10_000, 512));
    }

    /** Starts the timers, as a replica does. */
    void start() {
        feed.listen(new DeadlineTimers(feed, lane, clock, replicas, alarm));
        StoreContract.await(feed.catchUp());
    }

    /** Both clocks go on alike. */
    void tick(Duration by) {
        database.tick(by);
        alarm.tick(by);
    }

    /** Agents who rest until a time, and the feed knows. */
    void rest(Instant until, int version, List<AgentId> agents) {
        StateChange[] steps = agents.stream()
                .map(agent -> step(resting(agent, version, until)))
                .toArray(StateChange[]::new);
        Set<AgentId> all = Set.copyOf(agents);
        AgentStore.Needs needs = new AgentStore.Needs(all, KnownAgents.NONE, Set.of(), Set.of());
        memory.transact(
                        tenant,
                        needs,
                        loaded -> new AgentStore.Writes(
                                List.of(steps), List.of(), List.of(), List.of(), List.of(), List.of()))
                .thenAccept(committed -> {
                    if (feed.loaded()) {
                        feed.committed(committed.changes());
                    }
                });
    }

    void rest(Instant until, int version, AgentId agent) {
        rest(until, version, List.of(agent));
    }

    /** Whose rest has ended, once for each end. */
    List<AgentId> ended() {
        return StoreContract.await(memory.changesAfter(tenant, 0, Instant.EPOCH, 100_000)).stream()
                .map(CommittedChange::change)
                .map(change -> change.orElseThrow())
                .filter(change -> change.cause() == ChangeCause.REST_ENDED)
                .map(StateChange::state)
                .map(AgentState::agentId)
                .toList();
    }

    static List<AgentId> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new AgentId("agent-" + i))
                .collect(Collectors.toList());
    }

    static <T> Set<T> once(Collection<T> all) {
        return Set.copyOf(all);
    }
}
