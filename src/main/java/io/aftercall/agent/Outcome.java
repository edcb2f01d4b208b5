package io.aftercall.agent;

import io.aftercall.wrapup.WrapUpVersion;
import java.util.Optional;

/**
 * What the caller of an accepted command is told beside the agent's state.
 *
 * @param acw the ACW that the command was about, or what was settled instead
 * @param replay true if the command had been accepted before and this is what came of it then
 * @param pending true if a presence is kept until the work ends
 * @param touched how many ACWs a command ended or changed that is not about a certain one
 * @param wrapUp which of its states the wrap-up is in that the command was about
 */
public record Outcome(
        Optional<AcwOutcome> acw, boolean replay, boolean pending, int touched, Optional<WrapUpVersion> wrapUp) {

    public static final Outcome NONE = new Outcome(Optional.empty(), false, false);

    /** It was so before. */
    static final Outcome NOTHING_NEW = new Outcome(Optional.empty(), true, false);

    public Outcome(Optional<AcwOutcome> acw, boolean replay, boolean pending) {
        this(acw, replay, pending, 0, Optional.empty());
    }

    static Outcome touched(int acws) {
        return new Outcome(Optional.empty(), false, false, acws, Optional.empty());
    }

    static Outcome of(AcwOutcome acw) {
        return new Outcome(Optional.of(acw), false, false);
    }

    static Outcome replayed(AcwOutcome acw) {
        return new Outcome(Optional.of(acw), true, false);
    }

    static Outcome written(WrapUpVersion version, boolean replay) {
        return new Outcome(Optional.empty(), replay, false).with(Optional.of(version));
    }

    Outcome with(Optional<WrapUpVersion> version) {
        return new Outcome(acw, replay, pending, touched, version);
    }

    static Outcome presence(boolean pending) {
        return new Outcome(Optional.empty(), false, pending);
    }
}
