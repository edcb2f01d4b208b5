/**
 * The agent as a state machine: what each command does, what is refused, what ends when. Pure: no clock, no randomness,
 * no I/O, no framework. Start with {@link io.aftercall.agent.AgentLifecycle}.
 */
package io.aftercall.agent;
