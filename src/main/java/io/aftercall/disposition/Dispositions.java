package io.aftercall.disposition;

import java.util.Map;
import java.util.Optional;

/** What may be chosen. */
@FunctionalInterface
public interface Dispositions {

    /** Every code, and all values. */
    Dispositions ANY = (code, formValues, place) -> Optional.empty();

    /**
     * What stands against a choice.
     *
     * @param code null if none is chosen
     * @param formValues a JSON object; empty for none
     */
    Optional<Objection> objection(String code, String formValues, Place place);

    /**
     * Where it is chosen.
     *
     * @param teamId of the agent, if he is in one
     * @param queueId of the interaction, if it was of one
     * @param interactionKnown false if the router has not yet reported the interaction
     */
    record Place(Optional<String> teamId, Optional<String> queueId, boolean interactionKnown) {}

    /** Why something cannot be chosen. */
    enum Reason {
        UNKNOWN,
        INACTIVE,
        OUT_OF_SCOPE,
        FORM
    }

    /**
     * What stands against a choice.
     *
     * @param violations of the form, by field
     */
    record Objection(Reason reason, Map<String, String> violations) {}
}
