package io.aftercall.rpc;

import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.StateChange;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.Bookmark;
import io.aftercall.api.v1.GoingAway;
import io.aftercall.api.v1.LeftFilter;
import io.aftercall.api.v1.SnapshotEnd;
import io.aftercall.api.v1.SnapshotEntry;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.feed.FeedEvent;
import io.aftercall.feed.ResumeToken;
import io.aftercall.feed.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Events of a stream in messages. */
final class ChangeProto {

    private static final Function<ChangeCause, AgentStateChangeCause> CAUSE =
            ProtoEnums.writer(ChangeCause.class, AgentStateChangeCause.class);

    private ChangeProto() {}

    /** One message with a token that covers all that its subscriber has been given. */
    static StreamAgentStatesResponse message(Subscription subscription, AgentStateEvent... events) {
        return StreamAgentStatesResponse.newBuilder()
                .addAllEvents(List.of(events))
                .setResumeToken(subscription.token().map(ResumeToken::encode).orElse(""))
                .build();
    }

    static AgentStateEvent write(FeedEvent event, AgentStateProto.Forecast forecast) {
        AgentStateEvent.Builder proto = AgentStateEvent.newBuilder();
        if (event instanceof FeedEvent.Change change) {
            proto.setChange(write(change, forecast));
        } else if (event instanceof FeedEvent.SnapshotEntry entry) {
            proto.setSnapshotEntry(SnapshotEntry.newBuilder().setState(AgentStateProto.write(entry.agent(), forecast)));
        } else if (event instanceof FeedEvent.LeftFilter left) {
            proto.setLeftFilter(
                    LeftFilter.newBuilder().setAgentId(left.agentId().value()));
        } else if (event instanceof FeedEvent.SnapshotEnd end) {
            proto.setSnapshotEnd(
                    SnapshotEnd.newBuilder().setRevision(end.revision()).setAgentCount(end.agentCount()));
        }
        return proto.build();
    }

    static AgentStateEvent bookmark(Instant now) {
        return AgentStateEvent.newBuilder()
                .setBookmark(Bookmark.newBuilder().setServerTime(ProtoTimes.timestamp(now)))
                .build();
    }

    static AgentStateEvent goingAway(Duration reconnectAfter) {
        return AgentStateEvent.newBuilder()
                .setGoingAway(GoingAway.newBuilder().setReconnectAfterDuration(ProtoTimes.duration(reconnectAfter)))
                .build();
    }

    private static AgentStateChange write(FeedEvent.Change event, AgentStateProto.Forecast forecast) {
        StateChange step = event.change().change().orElseThrow();
        AgentStateChange.Builder proto = AgentStateChange.newBuilder()
                .setState(AgentStateProto.write(step.state(), event.change().revision(), forecast))
                .setPreviousStatus(AgentStateProto.write(step.previousStatus()))
                .setCause(CAUSE.apply(step.cause()))
                .setActor(step.actor())
                .setRevision(event.change().revision())
                .setCoalescedCount(event.coalescedCount())
                .setChangeTime(ProtoTimes.timestamp(event.change().time()));
        if (step.interactionId() != null) {
            proto.setInteractionId(step.interactionId().value());
        }
        if (step.acwId() != null) {
            proto.setAcwId(step.acwId().toString());
        }
        if (step.followUpId() != null) {
            proto.setFollowUpId(step.followUpId().toString());
        }
        if (step.endReason() != null) {
            proto.setEndReason(AcwProto.write(step.endReason()));
        }
        return proto.build();
    }
}
