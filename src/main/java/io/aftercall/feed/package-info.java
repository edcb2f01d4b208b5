/**
 * What readers and subscribers see: a projection of each tenant's agents in memory, kept up to date from the log of
 * changes, and cursors that follow the log. Start with {@link io.aftercall.feed.TenantFeed}.
 */
package io.aftercall.feed;
