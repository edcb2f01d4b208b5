package io.aftercall.feed;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;

/** One thing a subscriber learns from a feed. */
public sealed interface FeedEvent {

    /** An agent as it was when the stream began. */
    record SnapshotEntry(StoredAgent agent) implements FeedEvent {}

    /** The snapshot is complete. */
    record SnapshotEnd(long revision, long agentCount) implements FeedEvent {}

    /**
     * An agent changed.
     *
     * @param coalescedCount how many changes of the agent this one stands for
     */
    record Change(CommittedChange change, int coalescedCount) implements FeedEvent {}

    /** An agent no longer matches the filter. */
    record LeftFilter(AgentId agentId) implements FeedEvent {}
}
