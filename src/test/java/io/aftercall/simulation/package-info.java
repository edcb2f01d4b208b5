/**
 * The server as a deterministic simulation: the classes that decide, follow, expire and stream are the real ones, and
 * everything between them (database, network, clocks, machines, callers) is a step of a schedule that a seed decides.
 * So a thousand ways to fail are tried in seconds, and each that does harm can be replayed. Start with
 * {@link io.aftercall.simulation.Schedule}.
 */
package io.aftercall.simulation;
