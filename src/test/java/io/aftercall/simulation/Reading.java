package io.aftercall.simulation;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AgentMemory;
import io.aftercall.engine.AgentStore.Committed;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a transaction reads once it is alone: agents from memory if that is at the tenant's revision. */
record Reading(World world, Needs needs) {

    private static final Duration AHEAD = Duration.ofMillis(400);

    Loaded of(Loaded stored, long head) {
        AgentMemory memory = needs.memory();
        boolean remembered = memory.revision() == head || world.has(Defect.TRUSTS_OLD_MEMORY) && memory.revision() >= 0;
        Instant now = world.has(Defect.DECIDES_AHEAD_OF_TIME) ? stored.now().plus(AHEAD) : stored.now();
        return new Loaded(
                now,
                stored.epoch(),
                stored.revision(),
                stored.policyRevision(),
                remembered ? remembered(memory) : stored.agents(),
                stored.settled(),
                stored.wrapUps(),
                world.has(Defect.FORGETS_REQUESTS) ? Map.of() : stored.replies(),
                stored.followUps(),
                stored.reminders());
    }

    private Map<AgentId, StoredAgent> remembered(AgentMemory memory) {
        Map<AgentId, StoredAgent> agents = new HashMap<>();
        needs.agents().forEach(id -> memory.agent(id).ifPresent(agent -> agents.put(id, agent)));
        return agents;
    }

    /** What will be committed, if it will. */
    static Committed foretold(Loaded loaded, Writes writes, long head) {
        List<CommittedChange> changes = new ArrayList<>();
        for (StateChange change : writes.changes()) {
            changes.add(new CommittedChange(head + changes.size() + 1, loaded.now(), Optional.of(change)));
        }
        return new Committed(loaded.now(), changes);
    }
}
