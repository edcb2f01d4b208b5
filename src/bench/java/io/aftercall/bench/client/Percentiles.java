package io.aftercall.bench.client;

/**
 * What a number of recorded spans amount to.
 *
 * @param count how many spans
 * @param p50 the median, in milliseconds
 * @param p99 what 99 of 100 do not exceed, in milliseconds
 * @param max the longest, in milliseconds
 */
public record Percentiles(long count, double p50, double p99, double max) {}
