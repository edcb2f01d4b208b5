package io.aftercall.engine;

import io.aftercall.agent.Occasion;
import java.util.Optional;
import java.util.Set;

/**
 * Who does something, as the audit trail keeps it.
 *
 * @param name the subject of the credentials, or the server itself
 * @param roles what he was when he did it, by the names that credentials have
 * @param origin the address that he called from; empty for the server
 * @param requestId the name that he gave the call in its header {@code x-request-id}
 */
public record Actor(String name, Set<String> roles, String origin, Optional<String> requestId) {

    /** What happens by itself. */
    public static final Actor SERVER = named(Occasion.SERVER);

    public Actor {
        roles = Set.copyOf(roles);
    }

    /** Of whom nothing but the name is known. */
    public static Actor named(String name) {
        return new Actor(name, Set.of(), "", Optional.empty());
    }
}
