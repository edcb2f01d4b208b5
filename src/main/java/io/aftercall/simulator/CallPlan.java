package io.aftercall.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that chance decides about one call, known when it arrives; spans are in simulated time.
 *
 * @param queueId the queue that it arrives in
 * @param customerId who calls
 * @param untilNext how long until the next call of the same queue
 * @param patience how long the customer waits before hanging up
 * @param talk how long the conversation lasts
 * @param wrapUp what the agent does after it
 * @param rest the break that the agent takes after it, if any
 */
record CallPlan(
        String queueId,
        String customerId,
        Duration untilNext,
        Duration patience,
        Duration talk,
        WrapUp wrapUp,
        Optional<Break> rest) {

    /** How an agent ends after-call work. */
    enum Ending {
        /** Completes it when the notes are written. */
        COMPLETES,
        /** Asks for more time shortly before the deadline, writes the notes and completes it. */
        EXTENDS,
        /** Leaves it to the deadline. */
        LETS_IT_TIME_OUT
    }

    /**
     * The work after a call.
     *
     * @param ending how it ends
     * @param writing how long the agent writes
     * @param disposition the code chosen
     * @param notes the text written
     * @param tags the tags set
     * @param promised whether the customer is to be called back
     */
    record WrapUp(
            Ending ending, Duration writing, String disposition, String notes, List<String> tags, boolean promised) {}

    /**
     * A break.
     *
     * @param reason the reason code for not being ready
     * @param length how long it lasts
     * @param declaredDuringAcw whether the agent says so during the work after the call, or only when free
     */
    record Break(String reason, Duration length, boolean declaredDuringAcw) {}
}
