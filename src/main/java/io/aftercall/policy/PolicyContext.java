package io.aftercall.policy;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;

/**
 * What the rules for an interaction of an agent can depend on. All but the agent may be null: not known, or none; then
 * no policy for a team, a queue, a channel or a direction matches.
 */
public record PolicyContext(String agentId, String teamId, String queueId, Channel channel, Direction direction) {}
