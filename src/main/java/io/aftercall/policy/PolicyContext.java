package io.aftercall.policy;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;

/**
 * What the rules for an interaction of an agent can depend on. Each may be null: not known, or none; then no policy
 * for one matches.
 */
public record PolicyContext(String agentId, String teamId, String queueId, Channel channel, Direction direction) {}
