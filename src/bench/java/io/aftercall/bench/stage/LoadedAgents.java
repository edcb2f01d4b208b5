package io.aftercall.bench.stage;

import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import java.io.IOException;

/** Idle agents in a database whose server is not running, as if a call centre had registered them long ago. */
final class LoadedAgents {
    /** Others like the one who is there: the same document, ids of the same length as those of a call centre. */
    private static final String MORE =
            """
            INSERT INTO agent
            SELECT tenant_id, 'agent-' || lpad(i::text, 6, '0'), version, revision, due_time, state
            FROM agent, generate_series(1, %d) AS i WHERE agent_id = 'agent-000000';
            ANALYZE agent""";

    private LoadedAgents() {}

    /** Returns the id of one of them; agent 0 is registered through the server. */
    static String id(int number) {
        return "agent-%06d".formatted(number);
    }

    /** Registers agent 0 with a running server. */
    static void registerFirst(PackagedServer server) {
        try (Connections connections = server.connect(1)) {
            AgentStateServiceGrpc.newBlockingStub(connections.channel(0))
                    .setPresence(SetPresenceRequest.newBuilder()
                            .setAgentId(id(0))
                            .setPresence(Presence.PRESENCE_AVAILABLE)
                            .build());
        }
    }

    /** Adds agents 1 to this number. */
    static void copyFirst(BenchDatabase database, int agents) throws IOException {
        database.execute(MORE.formatted(agents));
    }
}
