package io.aftercall.rpc;

import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.agent.Routability;
import io.aftercall.api.v1.Presence;
import io.aftercall.engine.StoredAgent;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Agents in messages. */
final class AgentStateProto {

    private static final Function<AgentStatus, io.aftercall.api.v1.AgentStatus> STATUS =
            ProtoEnums.writer(AgentStatus.class, io.aftercall.api.v1.AgentStatus.class);
    private static final Function<io.aftercall.agent.Presence, Presence> PRESENCE =
            ProtoEnums.writer(io.aftercall.agent.Presence.class, Presence.class);

    /** When an agent is probably routable again; empty if nothing can be said. */
    @FunctionalInterface
    interface Forecast extends Function<AgentState, Optional<Instant>> {}

    private AgentStateProto() {}

    static io.aftercall.api.v1.AgentState write(StoredAgent agent, Forecast forecast) {
        return write(agent.state(), agent.revision(), forecast);
    }

    static io.aftercall.api.v1.AgentState write(AgentState agent, long revision, Forecast forecast) {
        io.aftercall.api.v1.AgentState.Builder proto = io.aftercall.api.v1.AgentState.newBuilder()
                .setAgentId(agent.agentId().value())
                .setStatus(write(agent.status()))
                .setPresence(PRESENCE.apply(agent.presence().presence()))
                .setVersion(agent.version())
                .setRevision(revision)
                .putAllLabels(agent.profile().labels());
        agent.profile().team().ifPresent(proto::setTeamId);
        if (agent.statusSince() != null) {
            proto.setStatusSinceTime(ProtoTimes.timestamp(agent.statusSince()));
        }
        if (agent.presence().notReadyReason() != null) {
            proto.setNotReadyReason(agent.presence().notReadyReason());
        }
        if (agent.nextPresence() != null) {
            proto.setNextPresence(write(agent.nextPresence()));
        }
        agent.interactions().forEach(live -> proto.addInteractions(InteractionProto.write(live)));
        agent.acws().forEach(acw -> proto.addAcws(AcwProto.write(agent.agentId(), acw)));
        Routability.routableChannels(agent)
                .forEach(channel -> proto.addRoutableChannels(InteractionProto.write(channel)));
        Routability.availableBy(agent).ifPresent(time -> proto.setAvailableByTime(ProtoTimes.timestamp(time)));
        if (agent.followUpDue() != null) {
            proto.setFollowUpDueTime(ProtoTimes.timestamp(agent.followUpDue()));
        }
        if (agent.preview() != null) {
            proto.setNextInteraction(PreviewProto.write(agent.preview()));
        }
        forecast.apply(agent).ifPresent(time -> proto.setPredictedAvailableTime(ProtoTimes.timestamp(time)));
        return proto.build();
    }

    static io.aftercall.api.v1.AgentStatus write(AgentStatus status) {
        return STATUS.apply(status);
    }

    private static io.aftercall.api.v1.PresenceSetting write(PresenceSetting setting) {
        io.aftercall.api.v1.PresenceSetting.Builder proto =
                io.aftercall.api.v1.PresenceSetting.newBuilder().setPresence(PRESENCE.apply(setting.presence()));
        if (setting.notReadyReason() != null) {
            proto.setNotReadyReason(setting.notReadyReason());
        }
        return proto.build();
    }
}
