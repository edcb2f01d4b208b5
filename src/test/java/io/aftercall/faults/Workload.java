package io.aftercall.faults;

import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.Presence;
import io.aftercall.faults.Operation.Command;
import io.aftercall.faults.Operation.Kind;
import io.aftercall.rpc.Client;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** What callers ask for: all of them about the same few agents, so that they meet, and after a while about others. */
final class Workload {

    static final int MAX_EXTENSIONS = 2;

    /** Short, so that much times out while the servers are away. */
    static final Policy POLICY = Policy.newBuilder()
            .setScope(PolicyScope.POLICY_SCOPE_TENANT)
            .setDuration(Client.seconds(2))
            .setExtensionDuration(Client.seconds(1))
            .setMaxExtensions(MAX_EXTENSIONS)
            .setWarningBeforeEnd(Client.seconds(1))
            .build();

    private static final int AGENTS = 3;
    private static final int INTERACTIONS = 4;
    /** Longer histories are much harder to check and show no more. */
    private static final int COMMANDS_WITH_THESE_AGENTS = 90;

    private static final List<Kind> KINDS = List.of(
            Kind.START, Kind.START, Kind.COMPLETE, Kind.COMPLETE, Kind.EXTEND, Kind.PRESENCE, Kind.READ, Kind.READ);
    private static final List<Presence> PRESENCES =
            List.of(Presence.PRESENCE_AVAILABLE, Presence.PRESENCE_NOT_READY, Presence.PRESENCE_OFFLINE);

    private final String name;
    private final AtomicInteger drawn = new AtomicInteger();
    private final Set<String> agents = new ConcurrentSkipListSet<>();

    /**
     * @param name that no other workload on the same database has
     */
    Workload(String name) {
        this.name = name;
    }

    int drawn() {
        return drawn.get();
    }

    /** Those that anything was asked about. */
    Set<String> agents() {
        return new TreeSet<>(agents);
    }

    /** The first agents, by their names. */
    Set<String> firstAgents() {
        Set<String> first = new TreeSet<>();
        for (int agent = 0; agent < AGENTS; agent++) {
            first.add(agent(0, agent));
        }
        return first;
    }

    Command draw(Random random) {
        int generation = drawn.getAndIncrement() / COMMANDS_WITH_THESE_AGENTS;
        String agentId = agent(generation, random.nextInt(AGENTS));
        agents.add(agentId);
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        boolean aboutOne = kind != Kind.PRESENCE && kind != Kind.READ;
        // An extension without an id may be carried out twice, and then nobody knows how often it should have been.
        boolean named = kind == Kind.EXTEND || kind != Kind.READ && random.nextInt(4) > 0;
        return new Command(
                kind,
                agentId,
                aboutOne ? "call-" + random.nextInt(INTERACTIONS) : "",
                kind == Kind.PRESENCE ? PRESENCES.get(random.nextInt(PRESENCES.size())) : null,
                named ? new UUID(random.nextLong(), random.nextLong()).toString() : "");
    }

    private String agent(int generation, int agent) {
        return name + "-" + generation + "-" + agent;
    }
}
