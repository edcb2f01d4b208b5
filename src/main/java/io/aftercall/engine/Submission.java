package io.aftercall.engine;

import io.aftercall.agent.Command;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A command on its way.
 *
 * @param actor the caller's name
 * @param request set if the caller named the request
 * @param abandoned whether the caller has gone or his deadline has passed; then the command is not carried out
 */
public record Submission(Command command, String actor, Optional<RequestKey> request, BooleanSupplier abandoned) {}
