package io.aftercall.bench.peer;

/**
 * How many connections each server is given, the same for all.
 *
 * @param callers for those who write and read, at least 1
 * @param watchers for those who watch, at least 1
 */
public record ConnectionCounts(int callers, int watchers) {}
