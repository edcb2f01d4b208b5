package io.aftercall.rpc;

import io.aftercall.agent.AgentProfile;
import io.aftercall.agent.UpdateAgent;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.ChannelCapacity;
import io.aftercall.engine.StoredAgent;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Identifier;
import io.aftercall.interaction.ShortText;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Agents as administrators describe them, in messages. */
final class AgentProto {

    private AgentProto() {}

    static Agent write(StoredAgent agent) {
        AgentProfile profile = agent.state().profile();
        Agent.Builder proto = Agent.newBuilder()
                .setAgentId(agent.state().agentId().value())
                .putAllLabels(profile.labels())
                .setVersion(agent.state().version())
                .setRevision(agent.revision());
        profile.team().ifPresent(proto::setTeamId);
        for (Channel channel : Channel.values()) {
            if (profile.capacity().containsKey(channel)) {
                proto.addCapacities(ChannelCapacity.newBuilder()
                        .setChannel(InteractionProto.write(channel))
                        .setSlots(profile.capacity(channel)));
            }
        }
        return proto.build();
    }

    /**
     * @param prefix what the agent is called in the request, with a dot behind it
     */
    static AgentProfile read(FieldReader fields, String prefix, Agent proto) {
        String teamId = fields.optionalId(prefix + "team_id", proto.getTeamId());
        readLabels(fields, prefix + "labels", proto.getLabelsMap());
        return new AgentProfile(
                teamId, proto.getLabelsMap(), readCapacities(fields, prefix + "capacities", proto.getCapacitiesList()));
    }

    static void readLabels(FieldReader fields, String field, Map<String, String> labels) {
        if (labels.size() > AgentProfile.MAX_LABELS) {
            fields.violations().add(field, "may have " + AgentProfile.MAX_LABELS + " entries at most");
        }
        labels.forEach((key, value) -> {
            boolean keyIsBad =
                    fields.violations().add(field, Identifier.violation(key).map(what -> "a key " + what));
            if (!keyIsBad && key.length() > AgentProfile.MAX_LABEL_KEY) {
                fields.violations().add(field, "a key may have " + AgentProfile.MAX_LABEL_KEY + " characters at most");
            }
            fields.violations().add(field, ShortText.violation(value).map(what -> "a value " + what));
        });
    }

    private static Map<Channel, Integer> readCapacities(
            FieldReader fields, String field, List<ChannelCapacity> capacities) {
        Map<Channel, Integer> read = new EnumMap<>(Channel.class);
        for (ChannelCapacity capacity : capacities) {
            Channel channel = fields.choice(field + ".channel", capacity.getChannel(), Channel.class);
            if (capacity.getSlots() < 0 || capacity.getSlots() > AgentProfile.MAX_CAPACITY) {
                fields.violations().add(field + ".slots", "must be 0 to " + AgentProfile.MAX_CAPACITY);
            }
            if (channel != null && read.put(channel, capacity.getSlots()) != null) {
                fields.violations().add(field, "may have each channel once");
            }
        }
        return read;
    }

    /** The fields that are set. */
    static Set<UpdateAgent.Field> set(AgentProfile profile) {
        Set<UpdateAgent.Field> set = EnumSet.noneOf(UpdateAgent.Field.class);
        if (profile.teamId() != null) {
            set.add(UpdateAgent.Field.TEAM_ID);
        }
        if (!profile.labels().isEmpty()) {
            set.add(UpdateAgent.Field.LABELS);
        }
        if (!profile.capacity().isEmpty()) {
            set.add(UpdateAgent.Field.CAPACITIES);
        }
        return set;
    }

    /** The field of a path in a mask; empty if there is none. */
    static Optional<UpdateAgent.Field> field(String path) {
        for (UpdateAgent.Field field : UpdateAgent.Field.values()) {
            if (field.name().toLowerCase(Locale.ROOT).equals(path)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
