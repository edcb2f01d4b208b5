package io.aftercall.agent;

import java.time.Instant;

/**
 * When a command is decided and for whom.
 *
 * @param now by the clock that decides, the database's
 * @param actor the caller's name, or {@link #SERVER}
 */
public record Occasion(Instant now, String actor) {

    /** The actor of everything that happens by itself. */
    public static final String SERVER = "aftercall";
}
