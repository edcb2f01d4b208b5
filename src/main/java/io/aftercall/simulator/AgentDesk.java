package io.aftercall.simulator;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.simulator.CallPlan.Break;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What agents do beside talking: they wrap up, go on breaks and come back. */
final class AgentDesk {
    private static final Duration UNPLANNED_BREAK = Duration.ofMinutes(1);
    private static final com.google.protobuf.Duration PROMISED_WITHIN = Durations.fromMinutes(10);

    private final Commands commands;
    private final SimulatedTime time;
    private final Map<String, Break> wanted = new HashMap<>();
    private final Map<String, Break> declared = new HashMap<>();
    private final Set<String> away = new HashSet<>();
    private Set<String> dispositions = Set.of();

    AgentDesk(Commands commands, SimulatedTime time) {
        this.commands = commands;
        this.time = time;
    }

    /** Agents choose none but these. Before there is any call. */
    void mayChoose(Set<String> codes) {
        dispositions = codes;
    }

    /** The agent has hung up. */
    void afterCall(String agentId, CallPlan plan, StartAcwResponse response) {
        plan.rest().ifPresent(rest -> {
            if (rest.declaredDuringAcw()) {
                declare(agentId, rest);
            } else {
                wanted.put(agentId, rest);
            }
        });
        if (response.hasAcw()) {
            wrapUp(agentId, plan.wrapUp(), response.getAcw());
        }
    }

    /** There is news of an agent. */
    void changed(AgentState state) {
        String agentId = state.getAgentId();
        if (state.getStatus() != AgentStatus.AGENT_STATUS_NOT_READY) {
            away.remove(agentId);
        } else if (away.add(agentId)) {
            Break rest = declared.remove(agentId);
            time.after(
                    rest == null ? UNPLANNED_BREAK : rest.length(),
                    () -> commands.setPresence(agentId, Presence.PRESENCE_AVAILABLE, ""));
        }
        if (state.getStatus() == AgentStatus.AGENT_STATUS_AVAILABLE && wanted.containsKey(agentId)) {
            declare(agentId, wanted.remove(agentId));
        }
    }

    private void declare(String agentId, Break rest) {
        declared.put(agentId, rest);
        commands.setPresence(agentId, Presence.PRESENCE_NOT_READY, rest.reason());
    }

    private void wrapUp(String agentId, CallPlan.WrapUp wrapUp, AfterCallWork acw) {
        String interactionId = acw.getInteraction().getInteractionId();
        Runnable write = () -> time.after(
                wrapUp.writing(),
                () -> commands.complete(agentId, interactionId, wrapUpMessage(wrapUp), promise(wrapUp)));
        switch (wrapUp.ending()) {
            case COMPLETES -> write.run();
            case EXTENDS ->
                time.afterReal(shortlyBeforeDeadline(acw), () -> commands.extend(agentId, interactionId)
                        .thenRunAsync(write, time));
            case LETS_IT_TIME_OUT -> {}
        }
    }

    private static Duration shortlyBeforeDeadline(AfterCallWork acw) {
        return acw.hasDeadlineTime()
                ? Duration.ofNanos(Durations.toNanos(Timestamps.between(acw.getStartTime(), acw.getDeadlineTime())))
                        .multipliedBy(3)
                        .dividedBy(4)
                : Duration.ZERO;
    }

    /** What is promised is due soon, so that one can see how it goes on. */
    private Optional<FollowUpDetails> promise(CallPlan.WrapUp wrapUp) {
        return wrapUp.promised()
                ? Optional.of(FollowUpDetails.newBuilder()
                        .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                        .setDueTime(Timestamps.add(time.now(), PROMISED_WITHIN))
                        .setNote(wrapUp.notes())
                        .build())
                : Optional.empty();
    }

    private WrapUp wrapUpMessage(CallPlan.WrapUp wrapUp) {
        return WrapUp.newBuilder()
                .setDispositionCode(dispositions.contains(wrapUp.disposition()) ? wrapUp.disposition() : "")
                .setNotes(wrapUp.notes())
                .addAllTags(wrapUp.tags())
                .build();
    }
}
