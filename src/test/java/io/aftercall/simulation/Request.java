package io.aftercall.simulation;

import io.aftercall.agent.Command;
import io.aftercall.engine.Reply;
import io.aftercall.engine.RequestKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One request and what its caller knows of it. Its actor is its own, so that the log says what came of it. */
final class Request {

    final String actor;
    final Command command;
    final Optional<RequestKey> key;
    final List<Reply> replies = new ArrayList<>();
    private boolean uncertain;

    Request(String actor, Command command, Optional<RequestKey> key) {
        this.actor = actor;
        this.command = command;
        this.key = key;
    }

    /** An attempt was not answered: it may have been carried out, and may still be. */
    void unanswered() {
        uncertain = true;
    }

    boolean uncertain() {
        return uncertain;
    }

    @Override
    public String toString() {
        return actor + " " + command;
    }
}
