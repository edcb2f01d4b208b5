/**
 * The engine's ports on PostgreSQL: set-based SQL for agents, ACWs and the log, Panache for policies. Start with
 * {@link io.aftercall.store.PostgresAgentStore}.
 */
package io.aftercall.store;
