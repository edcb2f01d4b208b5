package io.aftercall.rpc;

import io.aftercall.agent.ApplyPolicy;
import io.aftercall.engine.PolicyEditor;
import io.aftercall.engine.QuotaExceeded;
import io.aftercall.engine.RequestKey;
import io.aftercall.feed.ServedTenant;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyImpact;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRevision;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Carries out a change of policies, or says what it would do; made in its caller's call. */
final class PolicyUpdates {

    private static final int MAX_CHANGES = 1_000;

    private final CurrentCall call;
    private final int most;
    private final ServedTenant tenant;
    private final Commands commands;
    private final Vertx vertx;
    private final BooleanSupplier abandoned = Commands.abandoned();

    /**
     * What came of a change, or would.
     *
     * @param change with how many agents it affects
     * @param revision the tenant's revision of the change; if it was not made, of the policies
     * @param made empty if it was not made
     * @param changes if it was not made, what would change
     * @param openAcws how many open ACWs it was applied to
     */
    record Result(
            PolicyChange change,
            long revision,
            Optional<PolicyRevision> made,
            List<PolicyImpact.Change> changes,
            int openAcws) {}

    /**
     * @param most how many policies there may be
     */
    PolicyUpdates(CurrentCall call, ServedTenant tenant, int most, Commands commands, Vertx vertx) {
        this.most = most;
        this.call = call;
        this.tenant = tenant;
        this.commands = commands;
        this.vertx = vertx;
    }

    /**
     * Says what a change would do, and does nothing.
     *
     * @param toOpenAcws whether to count the open ACWs that the policy is for
     */
    CompletionStage<Result> preview(PolicyEditor.Decision decision, boolean toOpenAcws) {
        return tenant.editor().preview(decision).thenCompose(change -> {
            PolicyCascade policies = tenant.policies().edition().policies();
            return impact(policies, change, MAX_CHANGES)
                    .thenApply(impact -> new Result(
                            change.affecting(impact.agents()),
                            policies.revision(),
                            Optional.empty(),
                            impact.changes(),
                            toOpenAcws ? open(change.key()) : 0));
        });
    }

    /**
     * Makes a change.
     *
     * @param toOpenAcws whether it is to hold for open ACWs, too
     */
    CompletionStage<Result> make(PolicyEditor.Decision decision, Optional<RequestKey> request, boolean toOpenAcws) {
        PolicyEditor.Decision counted = policies -> decision.apply(policies)
                .thenCompose(change -> impact(policies, withRoom(policies, change), 0)
                        .thenApply(impact -> change.affecting(impact.agents())));
        return tenant.editor().change(counted, call.actor(), request).thenCompose(made -> apply(
                        made.change(), toOpenAcws)
                .thenApply(open -> new Result(made.change(), made.revision(), Optional.of(made), List.of(), open)));
    }

    private PolicyChange withRoom(PolicyCascade policies, PolicyChange change) {
        if (change.before().isEmpty() && !change.after().isEmpty() && policies.size() >= most) {
            throw new QuotaExceeded("policies", most);
        }
        return change;
    }

    private CompletionStage<PolicyImpact> impact(PolicyCascade policies, PolicyChange change, int limit) {
        KnownScopes known = new KnownScopes(tenant.feed());
        return aside(() -> PolicyImpact.of(policies, policies.after(change), known, limit));
    }

    /** Not on the event loop, where commands wait: there may be many policies and agents. */
    <T> CompletionStage<T> aside(Callable<T> calculation) {
        return vertx.executeBlocking(calculation, false).toCompletionStage();
    }

    private CompletionStage<Integer> apply(PolicyChange change, boolean toOpenAcws) {
        if (!toOpenAcws) {
            return CompletableFuture.completedFuture(0);
        }
        return tenant.barrier()
                .pass()
                .thenCompose(now -> commands.submitAll(call, abandoned, concerned(change.key()), Optional.empty()))
                .thenApply(replies -> replies.stream()
                        .mapToInt(reply -> reply.outcome().touched())
                        .sum());
    }

    private int open(PolicyKey key) {
        return tenant.feed().view().agents().stream()
                .mapToInt(agent -> new ApplyPolicy(agent.state().agentId(), key)
                        .of(agent.state())
                        .size())
                .sum();
    }

    /** For each agent with an open ACW that a policy is for. */
    private List<ApplyPolicy> concerned(PolicyKey key) {
        return tenant.feed().view().agents().stream()
                .filter(agent -> !new ApplyPolicy(agent.state().agentId(), key)
                        .of(agent.state())
                        .isEmpty())
                .map(agent -> new ApplyPolicy(agent.state().agentId(), key))
                .toList();
    }
}
