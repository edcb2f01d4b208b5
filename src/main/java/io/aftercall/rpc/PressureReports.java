package io.aftercall.rpc;

import io.aftercall.agent.ApplyPressure;
import io.aftercall.api.v1.ReportQueuePressureRequest;
import io.aftercall.api.v1.ReportQueuePressureResponse;
import io.aftercall.feed.ServedTenant;
import io.aftercall.policy.QueueLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Takes in what a router says about a queue; made in its call. */
final class PressureReports {

    private static final int MAX_WAITING = 1_000_000;
    private static final Duration MAX_WAIT = Duration.ofDays(7);

    private final CurrentCall call;
    private final ServedTenant tenant;
    private final Commands commands;
    private final BooleanSupplier abandoned = Commands.abandoned();

    PressureReports(CurrentCall call, ServedTenant tenant, Commands commands) {
        this.call = call;
        this.tenant = tenant;
        this.commands = commands;
    }

    CompletionStage<ReportQueuePressureResponse> report(ReportQueuePressureRequest request) {
        FieldReader fields = new FieldReader();
        String queueId = fields.id("queue_id", request.getQueueId());
        if (request.getWaitingCount() < 0 || request.getWaitingCount() > MAX_WAITING) {
            fields.violations().add("waiting_count", "must be 0 to 1,000,000");
        }
        Duration longest = Optional.ofNullable(fields.duration(
                        "longest_wait_duration", request.hasLongestWaitDuration(), request.getLongestWaitDuration()))
                .orElse(Duration.ZERO);
        if (longest.isNegative() || longest.compareTo(MAX_WAIT) > 0) {
            fields.violations().add("longest_wait_duration", "must be 0 s to 7 days");
        }
        fields.violations().throwIfAny();
        return tenant.pressure()
                .report(
                        queueId,
                        new QueueLoad(request.getWaitingCount(), longest),
                        call.actor().name())
                .thenCompose(pressed -> shrink(queueId, pressed)
                        .thenApply(shortened -> ReportQueuePressureResponse.newBuilder()
                                .setUnderPressure(pressed)
                                .setShortenedAcwsCount(shortened)
                                .setRevision(
                                        tenant.policies().edition().policies().revision())
                                .build()));
    }

    private CompletionStage<Integer> shrink(String queueId, boolean pressed) {
        if (!pressed) {
            return CompletableFuture.completedFuture(0);
        }
        return tenant.barrier()
                .pass()
                .thenCompose(now -> commands.submitAll(call, abandoned, shrinkable(queueId, now), Optional.empty()))
                .thenApply(replies -> replies.stream()
                        .mapToInt(reply -> reply.outcome().touched())
                        .sum());
    }

    /** Also where a report before this one has done so, for it may have died on the way. */
    private List<ApplyPressure> shrinkable(String queueId, Instant now) {
        return tenant.feed().view().agents().stream()
                .map(agent -> agent.state())
                .filter(agent -> !new ApplyPressure(agent.agentId(), queueId)
                        .shrinking(agent, now)
                        .isEmpty())
                .map(agent -> new ApplyPressure(agent.agentId(), queueId))
                .toList();
    }
}
