package io.aftercall.rpc;

import io.aftercall.api.v1.WrapUpRecord;
import io.aftercall.api.v1.WrapUpRevision;
import io.aftercall.api.v1.WrapUpStatus;
import io.aftercall.api.v1.WrapUpVersion;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.wrapup.StoredWrapUp;
import java.util.function.Function;

/** Wrap-ups as they are kept, in messages. */
final class WrapUpRecordProto {

    private static final Function<io.aftercall.wrapup.WrapUpStatus, WrapUpStatus> STATUS =
            ProtoEnums.writer(io.aftercall.wrapup.WrapUpStatus.class, WrapUpStatus.class);

    private WrapUpRecordProto() {}

    static WrapUpRecord write(io.aftercall.engine.WrapUpRecord record) {
        WrapUpRecord.Builder proto = WrapUpRecord.newBuilder()
                .setAgentId(record.key().agentId().value())
                .setInteractionId(record.key().interactionId().value())
                .setInteractionTime(ProtoTimes.timestamp(record.interactionTime()))
                .setWrapUp(WrapUpProto.write(record.wrapUp().content()))
                .setVersion(write(record.wrapUp().version()));
        Channel channel = record.channel();
        if (channel != null) {
            proto.setChannel(InteractionProto.write(channel));
        }
        Direction direction = record.direction();
        if (direction != null) {
            proto.setDirection(InteractionProto.write(direction));
        }
        if (record.queueId() != null) {
            proto.setQueueId(record.queueId());
        }
        if (record.customerId() != null) {
            proto.setCustomerId(record.customerId());
        }
        if (record.teamId() != null) {
            proto.setTeamId(record.teamId());
        }
        return proto.build();
    }

    static WrapUpRevision revision(StoredWrapUp revision) {
        return WrapUpRevision.newBuilder()
                .setWrapUp(WrapUpProto.write(revision.content()))
                .setVersion(write(revision.version()))
                .build();
    }

    static WrapUpVersion write(io.aftercall.wrapup.WrapUpVersion version) {
        WrapUpVersion.Builder proto = WrapUpVersion.newBuilder()
                .setEtag(version.etag())
                .setWrapUpRevision(version.revision())
                .setStatus(write(version.status()))
                .setWriteTime(ProtoTimes.timestamp(version.writeTime()))
                .setWrittenBy(version.writtenBy());
        if (version.editableUntil() != null) {
            proto.setEditableUntilTime(ProtoTimes.timestamp(version.editableUntil()));
        }
        return proto.build();
    }

    static WrapUpStatus write(io.aftercall.wrapup.WrapUpStatus status) {
        return STATUS.apply(status);
    }
}
