package io.aftercall.engine;

import static io.aftercall.engine.StoreContract.await;
import static io.aftercall.engine.StoreContract.rootOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyContext;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of policies does. */
public abstract class PolicyStoreContract {

    private static final PolicyKey ADAS = PolicyKey.agent("ada");
    private static final PolicyRules LONG = PolicyRules.NONE.with(PolicyField.DURATION, Duration.ofMinutes(5));

    private TenantId tenant;

    protected abstract PolicyStore store();

    protected abstract AgentStore agents();

    protected abstract TenantId freshTenant();

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = freshTenant();
    }

    @Test
    void aPolicyIsCreatedWithTheTenantsNextRevision() {
        AcwPolicy created = set(PolicyKey.TENANT, LONG);

        assertThat(created.revision()).isEqualTo(1);
        assertThat(created.rules()).isEqualTo(LONG);
        assertThat(await(store().get(tenant, PolicyKey.TENANT))).contains(created);
    }

    @Test
    void everyRuleSurvives() {
        PolicyRules every = Samples.rules();

        set(PolicyKey.TENANT, every);

        assertThat(await(store().get(tenant, PolicyKey.TENANT)).orElseThrow().rules())
                .isEqualTo(every);
    }

    @Test
    void aChangeSeesThePolicyAsItIsAndGivesItANewEtag() {
        AcwPolicy before = set(ADAS, LONG);
        List<Optional<AcwPolicy>> seen = new ArrayList<>();

        AcwPolicy after = await(store().change(tenant, ADAS, "admin", current -> {
            seen.add(current);
            return Optional.of(PolicyRules.NONE);
        }));

        assertThat(seen).containsExactly(Optional.of(before));
        assertThat(after.revision()).isEqualTo(2);
        assertThat(after.etag()).isNotEqualTo(before.etag());
        assertThat(await(store().get(tenant, ADAS))).contains(after);
    }

    @Test
    void aDeletedPolicyIsGoneAndItsDeletionHasARevision() {
        set(ADAS, LONG);

        AcwPolicy deleted = await(store().change(tenant, ADAS, "admin", current -> Optional.empty()));

        assertThat(deleted.revision()).isEqualTo(2);
        assertThat(await(store().get(tenant, ADAS))).isEmpty();
        assertThat(await(store().cascade(tenant)).revision()).isEqualTo(2);
    }

    @Test
    void whatIsThrownComesOutRollsBackAndUsesUpNoRevision() {
        RuntimeException thrown = new IllegalStateException("Stale");

        assertThatThrownBy(() -> await(store().change(tenant, ADAS, "admin", current -> {
                    throw thrown;
                })))
                .satisfies(failure -> assertThat(rootOf(failure)).isSameAs(thrown));

        assertThat(await(store().get(tenant, ADAS))).isEmpty();
        assertThat(await(agents().head(tenant)).revision()).isZero();
        assertThat(set(ADAS, LONG).revision()).isEqualTo(1);
    }

    @Test
    void policiesAreListedByScopeAndThenById() {
        set(PolicyKey.agent("bob"), LONG);
        set(PolicyKey.agent("Zoe"), LONG);
        set(PolicyKey.TENANT, LONG);
        set(ADAS, LONG);

        List<AcwPolicy> all = await(store().list(tenant, Optional.empty(), 10));

        assertThat(all)
                .extracting(AcwPolicy::key)
                .containsExactly(PolicyKey.TENANT, PolicyKey.agent("Zoe"), ADAS, PolicyKey.agent("bob"));
    }

    @Test
    void aListGoesOnAfterAKey() {
        set(PolicyKey.TENANT, LONG);
        set(ADAS, LONG);
        set(PolicyKey.agent("bob"), LONG);

        List<AcwPolicy> page = await(store().list(tenant, Optional.of(PolicyKey.TENANT), 1));

        assertThat(page).extracting(AcwPolicy::key).containsExactly(ADAS);
    }

    @Test
    void theCascadeHasAllPoliciesAtTheRevisionOfTheLastPolicyChange() {
        set(PolicyKey.TENANT, LONG);
        await(agents().transact(
                        tenant,
                        StoreContract.needs(Samples.ADA),
                        loaded -> StoreContract.changes(Samples.step(Samples.idle(Samples.ADA, 1)))));

        var cascade = await(store().cascade(tenant));

        assertThat(cascade.revision()).isEqualTo(1);
        assertThat(cascade.effective(new PolicyContext("ada", null, null, null, null))
                        .get(PolicyField.DURATION))
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aPolicyChangeStandsInTheLogWithoutAnAgent() {
        set(ADAS, LONG);

        List<CommittedChange> log = await(agents().changesAfter(tenant, 0, Instant.EPOCH, 10));

        assertThat(log).extracting(CommittedChange::revision).containsExactly(1L);
        assertThat(log.get(0).change()).isEmpty();
    }

    @Test
    void policyChangesAndAgentsShareOneNumbering() {
        set(ADAS, LONG);
        await(agents().transact(
                        tenant,
                        StoreContract.needs(Samples.ADA),
                        loaded -> StoreContract.changes(Samples.step(Samples.idle(Samples.ADA, 1)))));

        AcwPolicy changed = set(ADAS, PolicyRules.NONE);

        assertThat(changed.revision()).isEqualTo(3);
    }

    @Test
    void ofManyWhoCreateTheSamePolicyAtOnceEachSeesTheOneBefore() {
        List<CompletableFuture<AcwPolicy>> all = new ArrayList<>();
        List<Optional<AcwPolicy>> seen = Collections.synchronizedList(new ArrayList<>());

        for (int i = 0; i < 8; i++) {
            all.add(store().change(tenant, ADAS, "admin", current -> {
                        seen.add(current);
                        return Optional.of(LONG);
                    })
                    .toCompletableFuture());
        }

        await(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
        assertThat(seen).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(all)
                .extracting(one -> one.join().revision())
                .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    private AcwPolicy set(PolicyKey key, PolicyRules rules) {
        return await(store().change(tenant, key, "admin", current -> Optional.of(rules)));
    }
}
