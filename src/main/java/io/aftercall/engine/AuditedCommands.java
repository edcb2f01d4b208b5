package io.aftercall.engine;

import io.aftercall.agent.AgentProfile;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.Command;
import io.aftercall.agent.CompleteAcw;
import io.aftercall.agent.DeleteAgent;
import io.aftercall.agent.EndAcws;
import io.aftercall.agent.ExtendAcw;
import io.aftercall.agent.UpdateAgent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which commands are to be answered for, and what the audit trail says of them. */
final class AuditedCommands {

    private AuditedCommands() {}

    /** What is to be kept of a command that has changed an agent; empty for everyday's work. */
    static Optional<AuditEvent> event(Submission submission, AgentState before, AgentState after) {
        return action(submission.command())
                .map(action -> AuditEvent.done(
                        submission.actor(),
                        action,
                        "agents/" + submission.command().agentId(),
                        submission.request().map(request -> request.requestId().toString()),
                        facts(submission.command(), before),
                        facts(submission.command(), after)));
    }

    private static Optional<String> action(Command command) {
        if (command instanceof CompleteAcw complete && complete.forceReason() != null || command instanceof EndAcws) {
            return Optional.of("ACW_FORCED");
        }
        if (command instanceof ExtendAcw extend && extend.granted()) {
            return Optional.of("ACW_EXTENDED_BEYOND_POLICY");
        }
        if (command instanceof UpdateAgent) {
            return Optional.of("AGENT_UPDATED");
        }
        return command instanceof DeleteAgent ? Optional.of("AGENT_DELETED") : Optional.empty();
    }

    private static Optional<String> reason(Command command) {
        if (command instanceof CompleteAcw complete) {
            return Optional.ofNullable(complete.forceReason());
        }
        return command instanceof EndAcws all ? Optional.of(all.forceReason()) : Optional.empty();
    }

    private static Map<String, String> facts(Command command, AgentState agent) {
        Map<String, String> facts = new TreeMap<>();
        if (command instanceof UpdateAgent || command instanceof DeleteAgent) {
            AgentProfile profile = agent.profile();
            profile.team().ifPresent(team -> facts.put("team_id", team));
            profile.labels().forEach((key, value) -> facts.put("labels." + key, value));
            profile.capacity().forEach((channel, most) -> facts.put("capacity." + channel, most.toString()));
        } else {
            facts.put("status", agent.status().name());
            facts.put("open_acws", Integer.toString(agent.acws().size()));
            command.interactionId().ifPresent(id -> facts.put("interaction_id", id.value()));
            reason(command).ifPresent(reason -> facts.put("force_reason", reason));
        }
        return facts;
    }
}
