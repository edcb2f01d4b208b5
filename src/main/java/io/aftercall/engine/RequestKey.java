package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The caller's name for one request, so that it is carried out once however often it is sent.
 *
 * @param fingerprint of the content; the same id with another fingerprint is refused
 */
public record RequestKey(UUID requestId, String fingerprint) {

    /** The name for an agent's part of a request about many. */
    public RequestKey of(AgentId agentId) {
        byte[] both = (requestId + " " + agentId).getBytes(StandardCharsets.UTF_8);
        return new RequestKey(UUID.nameUUIDFromBytes(both), fingerprint);
    }
}
