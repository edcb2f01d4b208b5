package io.aftercall.report;

import java.util.EnumSet;
import java.util.Set;

/**
 * Figures that are kept added up, by what is told apart in them: a row has those of one of its subjects for an hour.
 * The last one tells everything apart, and answers what the others cannot.
 */
public enum Cube {
    TEAMS(Dimension.TEAM, EnumSet.of(Dimension.CHANNEL)),
    QUEUES(Dimension.QUEUE, EnumSet.of(Dimension.CHANNEL)),
    DISPOSITIONS(Dimension.DISPOSITION, EnumSet.of(Dimension.CHANNEL)),
    AGENTS(Dimension.AGENT, EnumSet.of(Dimension.TEAM, Dimension.QUEUE, Dimension.CHANNEL, Dimension.DISPOSITION));

    private final Dimension subject;
    private final Set<Dimension> within;

    Cube(Dimension subject, Set<Dimension> within) {
        this.subject = subject;
        this.within = within;
    }

    /** The smallest one that tells these apart. */
    static Cube of(Set<Dimension> asked) {
        for (Cube cube : values()) {
            Set<Dimension> rest = EnumSet.noneOf(Dimension.class);
            rest.addAll(asked);
            rest.remove(cube.subject);
            if (cube.within.containsAll(rest)) {
                return cube;
            }
        }
        throw new IllegalStateException("The last one tells everything apart");
    }

    /** What its rows are about. */
    public Dimension subject() {
        return subject;
    }

    /** Whether it has a place for such figures: waiting is for no queue and in no disposition. */
    boolean takes(ReportKey key) {
        return key.channel() != null || this == TEAMS || this == AGENTS;
    }

    /** The place in a row. */
    ReportKey within(ReportKey key) {
        return this == AGENTS ? key.with(Dimension.AGENT, "") : new ReportKey("", "", "", key.channel(), "");
    }

    /** The place that a row and a place in it stand for. */
    ReportKey whole(String subjectId, ReportKey within) {
        return within.with(subject, subjectId);
    }
}
