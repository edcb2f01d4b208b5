package io.aftercall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.PolicyRules;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two replicas on one store, each with a book and an editor. */
class PolicyEditorTest {

    private final SettableClock clock = new SettableClock();
    private final TenantId tenant = TenantId.DEFAULT;
    private final InMemoryPolicyStore store = new InMemoryPolicyStore(new InMemoryAgentStore(clock), clock);
    private final PolicyEditor one = editor();
    private final PolicyEditor other = editor();

    @Test
    void changesThatMeetEachSeeTheOneBefore() {
        List<CompletableFuture<PolicyRevision>> all = IntStream.range(0, 40)
                .mapToObj(n -> (n % 2 == 0 ? one : other)
                        .change(oneMoreExtension(), Actor.named("admin"), Optional.empty())
                        .toCompletableFuture())
                .toList();

        all.forEach(CompletableFuture::join);

        assertThat(extensions()).isEqualTo(40);
    }

    @Test
    void whatIsDecidedOnOldPoliciesIsDecidedAgain() {
        int[] decided = {0};

        one.change(
                        policies -> {
                            if (decided[0]++ == 0) {
                                store.set(tenant, PolicyKey.TENANT, with(7));
                            }
                            return oneMoreExtension().apply(policies);
                        },
                        Actor.named("admin"),
                        Optional.empty())
                .toCompletableFuture()
                .join();

        assertThat(decided[0]).isEqualTo(2);
        assertThat(extensions()).isEqualTo(8);
    }

    @Test
    void aFailedDecisionLeavesTheWayToTheNext() {
        CompletableFuture<PolicyRevision> failed = one.change(
                        policies -> {
                            throw new IllegalStateException("bad");
                        },
                        Actor.named("admin"),
                        Optional.empty())
                .toCompletableFuture();

        one.change(oneMoreExtension(), Actor.named("admin"), Optional.empty())
                .toCompletableFuture()
                .join();

        assertThat(failed).isCompletedExceptionally();
        assertThat(extensions()).isEqualTo(1);
    }

    @Test
    void aRepeatedRequestIsMadeOnceWhicheverReplicaItComesTo() {
        Optional<RequestKey> request = Optional.of(new RequestKey(UUID.randomUUID(), "content"));

        PolicyRevision first = one.change(oneMoreExtension(), Actor.named("admin"), request)
                .toCompletableFuture()
                .join();
        PolicyRevision again = other.change(oneMoreExtension(), Actor.named("admin"), request)
                .toCompletableFuture()
                .join();

        assertThat(again).isEqualTo(first);
        assertThat(extensions()).isEqualTo(1);
    }

    private PolicyEditor editor() {
        return new PolicyEditor(tenant, store, new PolicyBook(tenant, store));
    }

    private static PolicyEditor.Decision oneMoreExtension() {
        return policies -> {
            PolicyRules before =
                    policies.policy(PolicyKey.TENANT).map(AcwPolicy::rules).orElse(PolicyRules.NONE);
            int extensions = before.isSet(PolicyField.MAX_EXTENSIONS) ? before.get(PolicyField.MAX_EXTENSIONS) : 0;
            return CompletableFuture.completedFuture(PolicyChange.of(PolicyKey.TENANT, before, with(extensions + 1)));
        };
    }

    private static PolicyRules with(int extensions) {
        return PolicyRules.NONE.with(PolicyField.MAX_EXTENSIONS, extensions);
    }

    private int extensions() {
        return store.load(tenant)
                .toCompletableFuture()
                .join()
                .policies()
                .policy(PolicyKey.TENANT)
                .orElseThrow()
                .rules()
                .get(PolicyField.MAX_EXTENSIONS);
    }
}
