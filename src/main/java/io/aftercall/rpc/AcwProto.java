package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.EndReason;
import io.aftercall.agent.EndedAcw;
import io.aftercall.agent.OpenAcw;
import io.aftercall.api.v1.AcwBlocks;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.policy.PolicyField;
import java.util.function.Function;

/** After-call work in messages. */
final class AcwProto {

    private static final Function<io.aftercall.policy.AcwMode, AcwMode> MODE =
            ProtoEnums.writer(io.aftercall.policy.AcwMode.class, AcwMode.class);
    private static final Function<io.aftercall.policy.AcwBlocks, AcwBlocks> BLOCKS =
            ProtoEnums.writer(io.aftercall.policy.AcwBlocks.class, AcwBlocks.class);
    private static final Function<EndReason, AcwEndReason> END_REASON =
            ProtoEnums.writer(EndReason.class, AcwEndReason.class);

    private AcwProto() {}

    static AfterCallWork write(AgentId agentId, OpenAcw acw) {
        return open(agentId, acw).build();
    }

    static AfterCallWork write(EndedAcw ended) {
        AfterCallWork.Builder proto = open(ended.agentId(), ended.work())
                .setPaused(false)
                .clearRemainingDuration()
                .setExtensionsLeft(0)
                .setEndTime(ProtoTimes.timestamp(ended.endTime()))
                .setEndReason(write(ended.reason()))
                .setEndedBy(ended.endedBy());
        if (ended.forceReason() != null) {
            proto.setForceReason(ended.forceReason());
        }
        return proto.build();
    }

    static AcwEndReason write(EndReason reason) {
        return END_REASON.apply(reason);
    }

    private static AfterCallWork.Builder open(AgentId agentId, OpenAcw acw) {
        AfterCallWork.Builder proto = AfterCallWork.newBuilder()
                .setAcwId(acw.acwId().toString())
                .setAgentId(agentId.value())
                .setInteraction(InteractionProto.write(acw.interaction()))
                .setMode(MODE.apply(acw.mode()))
                .setStartTime(ProtoTimes.timestamp(acw.startTime()))
                .setExtensionsUsed(acw.extensionsUsed())
                .setExtensionsLeft(acw.extensionsLeft())
                .setExtensionDuration(ProtoTimes.duration(acw.policy().get(PolicyField.EXTENSION_DURATION)))
                .setBlocks(BLOCKS.apply(acw.policy().get(PolicyField.BLOCKS)))
                .setPaused(acw.paused())
                .setVisible(acw.policy().get(PolicyField.VISIBLE))
                .setPolicyRevision(acw.policyRevision());
        if (acw.shortened() != null) {
            proto.setShortenedDuration(ProtoTimes.duration(acw.shortened()));
        }
        if (acw.deadline() != null) {
            proto.setDeadlineTime(ProtoTimes.timestamp(acw.deadline()));
        }
        if (acw.paused() && acw.pause().remaining() != null) {
            proto.setRemainingDuration(ProtoTimes.duration(acw.pause().remaining()));
        }
        return proto;
    }
}
