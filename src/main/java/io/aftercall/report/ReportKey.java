package io.aftercall.report;

import static java.util.Objects.requireNonNull;

import io.aftercall.interaction.Channel;

/**
 * Whose figures, and of what. An empty text, and a channel that is null, is none, or all where it is not told apart.
 *
 * @param teamId the agent's team at the time
 * @param dispositionCode as the wrap-up stands
 */
public record ReportKey(String agentId, String teamId, String queueId, Channel channel, String dispositionCode)
        implements Comparable<ReportKey> {

    public ReportKey {
        requireNonNull(agentId);
        requireNonNull(teamId);
        requireNonNull(queueId);
        requireNonNull(dispositionCode);
    }

    /** Nothing told apart. */
    public static final ReportKey ALL = new ReportKey("", "", "", null, "");

    /** What it says of one dimension. */
    public String get(Dimension dimension) {
        return switch (dimension) {
            case AGENT -> agentId;
            case TEAM -> teamId;
            case QUEUE -> queueId;
            case DISPOSITION -> dispositionCode;
            case CHANNEL -> channel == null ? "" : channel.name();
        };
    }

    /** By team, agent, queue, channel and disposition. */
    @Override
    public int compareTo(ReportKey other) {
        int order = teamId.compareTo(other.teamId);
        order = order != 0 ? order : agentId.compareTo(other.agentId);
        order = order != 0 ? order : queueId.compareTo(other.queueId);
        order = order != 0 ? order : place(channel) - place(other.channel);
        return order != 0 ? order : dispositionCode.compareTo(other.dispositionCode);
    }

    private static int place(Channel channel) {
        return channel == null ? -1 : channel.ordinal();
    }

    /** The same with another agent, team, queue or disposition. */
    ReportKey with(Dimension dimension, String id) {
        return switch (dimension) {
            case AGENT -> new ReportKey(id, teamId, queueId, channel, dispositionCode);
            case TEAM -> new ReportKey(agentId, id, queueId, channel, dispositionCode);
            case QUEUE -> new ReportKey(agentId, teamId, id, channel, dispositionCode);
            case DISPOSITION -> new ReportKey(agentId, teamId, queueId, channel, id);
            case CHANNEL -> throw new IllegalArgumentException("A channel is no id");
        };
    }
}
