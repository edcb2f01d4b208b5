package io.aftercall.engine;

import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.aftercall.disposition.Disposition;
import io.aftercall.disposition.DispositionChange;
import io.aftercall.disposition.DispositionScope;
import io.aftercall.engine.PolicyStore.Changes;
import io.aftercall.engine.PolicyStore.Edition;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyContext;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyReset;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.PolicyRules;
import io.aftercall.policy.QueueLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of policies does. */
public abstract class PolicyStoreContract {

    private static final PolicyKey ADAS = PolicyKey.agent("ada");
    private static final PolicyRules LONG = PolicyRules.NONE.with(PolicyField.DURATION, Duration.ofMinutes(5));
    private static final PolicyRules HIDDEN = LONG.with(PolicyField.VISIBLE, false);

    private TenantId tenant;

    protected abstract PolicyStore store();

    protected abstract AgentStore agents();

    protected abstract TenantId freshTenant();

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = freshTenant();
    }

    @Test
    void aChangeHasTheTenantsNextRevision() {
        PolicyRevision made = set(PolicyKey.TENANT, LONG);

        assertThat(made.revision()).isEqualTo(1);
        assertThat(made.actor()).isEqualTo("admin");
        assertThat(policy(PolicyKey.TENANT)).contains(new AcwPolicy(PolicyKey.TENANT, LONG, 1, made.time()));
    }

    @Test
    void everyRuleAndConditionSurvives() {
        PolicyRules every = Samples.rules();
        PolicyKey key = PolicyKey.queue("sales").when(Channel.CHAT, Direction.OUTBOUND);

        set(key, every);

        assertThat(policy(key).orElseThrow().rules()).isEqualTo(every);
        assertThat(history(key).get(0).change()).isEqualTo(PolicyChange.of(key, PolicyRules.NONE, every));
    }

    @Test
    void aPolicyThatSetsNothingIsGone() {
        set(ADAS, LONG);

        PolicyRevision removed = set(ADAS, PolicyRules.NONE);

        assertThat(removed.revision()).isEqualTo(2);
        assertThat(policy(ADAS)).isEmpty();
        assertThat(load().policies().revision()).isEqualTo(2);
    }

    @Test
    void whatWasDecidedOnOtherPoliciesIsNotMadeAndUsesUpNoRevision() {
        Edition before = load();
        set(ADAS, LONG);

        assertThatThrownBy(() -> await(store().commit(
                                tenant,
                                before,
                                PolicyChange.of(ADAS, PolicyRules.NONE, HIDDEN),
                                Actor.named("admin"),
                                Optional.empty())))
                .satisfies(failure -> assertThat(StoreContract.rootOf(failure)).isInstanceOf(StalePolicies.class));

        assertThat(await(agents().head(tenant)).revision()).isEqualTo(1);
        assertThat(policy(ADAS).orElseThrow().rules()).isEqualTo(LONG);
    }

    @Test
    void ofManyChangesAtOnceThatWereDecidedOnTheSamePoliciesOneIsMade() {
        Edition edition = load();
        List<CompletableFuture<PolicyRevision>> all = new ArrayList<>();

        for (int i = 0; i < 8; i++) {
            all.add(store().commit(
                            tenant,
                            edition,
                            PolicyChange.of(ADAS, PolicyRules.NONE, LONG),
                            Actor.named("admin"),
                            Optional.empty())
                    .toCompletableFuture());
        }

        await(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).exceptionally(stale -> null));
        assertThat(all).filteredOn(one -> !one.isCompletedExceptionally()).hasSize(1);
    }

    @Test
    void thePoliciesHaveTheRevisionOfTheLastPolicyChange() {
        set(PolicyKey.TENANT, LONG);
        changeAnAgent();

        PolicyCascade policies = load().policies();

        assertThat(policies.revision()).isEqualTo(1);
        assertThat(policies.effective(new PolicyContext("ada", null, null, null, null))
                        .get(PolicyField.DURATION))
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void whatChangedSinceLeadsToWhatIsReadAnew() {
        set(ADAS, HIDDEN);
        Edition before = load();
        set(PolicyKey.agent("bob"), HIDDEN);
        reset(PolicyKey.TENANT, LONG, PolicyField.VISIBLE);
        set(ADAS, PolicyRules.NONE);

        Changes changes = await(store().changesAfter(tenant, before.policies().revision()));

        PolicyCascade policies = before.policies();
        for (PolicyRevision change : changes.changes()) {
            policies = policies.after(change);
        }
        assertThat(changes.continues(before)).isTrue();
        assertThat(policies.ordered()).isEqualTo(load().policies().ordered());
        assertThat(policies.revision()).isEqualTo(changes.revision());
    }

    @Test
    void aResetClearsOnlyWhatWasSetBeforeIt() {
        set(ADAS, HIDDEN);
        reset(PolicyKey.TENANT, PolicyRules.NONE.with(PolicyField.VISIBLE, true), PolicyField.VISIBLE);
        set(PolicyKey.agent("bob"), HIDDEN);

        assertThat(policy(ADAS).orElseThrow().rules()).isEqualTo(LONG);
        assertThat(policy(ADAS).orElseThrow().revision()).isEqualTo(2);
        assertThat(policy(PolicyKey.agent("bob")).orElseThrow().rules()).isEqualTo(HIDDEN);
    }

    @Test
    void aResetThatIsTakenBackIsUndoneWhereNobodyHasChangedAPolicySince() {
        set(ADAS, HIDDEN);
        set(PolicyKey.agent("bob"), HIDDEN);
        PolicyRevision reset = reset(PolicyKey.TENANT, LONG, PolicyField.VISIBLE);
        set(PolicyKey.agent("bob"), LONG);
        Edition before = load();

        PolicyChange back =
                PolicyChange.of(PolicyKey.TENANT, LONG, PolicyRules.NONE).rollingBackTo(2, Set.of(reset.revision()));
        await(store().commit(tenant, before, back, Actor.named("admin"), Optional.empty()));

        assertThat(policy(ADAS).orElseThrow().rules()).isEqualTo(HIDDEN);
        assertThat(policy(PolicyKey.agent("bob")).orElseThrow().rules()).isEqualTo(LONG);
        assertThat(policy(ADAS).orElseThrow().revision()).isGreaterThan(reset.revision());
        assertThat(policy(PolicyKey.agent("bob")).orElseThrow().revision()).isEqualTo(reset.revision() + 1);
        assertThat(history(ADAS)).extracting(PolicyRevision::takenBack).containsExactly(false, true, false);
        Changes changes = await(store().changesAfter(tenant, before.policies().revision()));
        assertThat(changes.continues(before)).isTrue();
        assertThat(changes.on(before).policies().policy(ADAS)).isEqualTo(policy(ADAS));
    }

    @Test
    void theHistoryIsThatOfThePolicyAndOfWhatReachedNarrowerOnes() {
        PolicyRevision created = set(ADAS, LONG);
        set(PolicyKey.agent("bob"), LONG);
        set(PolicyKey.TENANT, LONG);
        PolicyRevision reset = reset(PolicyKey.TENANT, HIDDEN, PolicyField.VISIBLE, PolicyField.DURATION);

        assertThat(history(ADAS)).containsExactly(created, reset);
        assertThat(await(store().history(tenant, Long.MAX_VALUE, 3)))
                .extracting(PolicyRevision::revision)
                .containsExactly(4L, 3L, 2L);
    }

    @Test
    void pressureOnAQueueIsAChangeOfThePoliciesAndSoIsItsEnd() {
        set(ADAS, LONG);
        Edition before = load();

        press("hotline", true);
        Changes pressed = await(store().changesAfter(tenant, 1));
        Edition meanwhile = load();
        press("hotline", false);
        Changes released = await(store().changesAfter(tenant, 1));

        assertThat(pressed.continues(before)).isTrue();
        assertThat(pressed.on(before).policies().underPressure("hotline")).isTrue();
        assertThat(pressed.on(before).policies().revision()).isEqualTo(2);
        assertThat(meanwhile.policies().underPressure("hotline")).isTrue();
        assertThat(released.on(before).policies().underPressure("hotline")).isFalse();
        assertThat(load().policies().underPressure("hotline")).isFalse();
        assertThat(load().policies().revision()).isEqualTo(3);
    }

    @Test
    void aChangeOfDispositionsIsAChangeOfTheRules() {
        set(ADAS, LONG);
        Edition before = load();
        Disposition sale = new Disposition(
                "SALE",
                "Sale \"€\"",
                Optional.of("ALL"),
                DispositionScope.QUEUE,
                "sales",
                true,
                false,
                -3,
                "{\"type\":\"object\"}",
                0,
                null);

        long revision = await(store().commit(
                        tenant,
                        before,
                        new DispositionChange(List.of(sale, Disposition.named("ALL", "All")), Set.of()),
                        Actor.named("admin")));

        Changes changes = await(store().changesAfter(tenant, before.policies().revision()));
        assertThat(changes.continues(before)).isTrue();
        for (Edition after : List.of(load(), changes.on(before))) {
            assertThat(after.policies().revision()).isEqualTo(revision).isEqualTo(2);
            assertThat(after.policies().policy(ADAS)).isPresent();
            assertThat(after.dispositions().inOrder())
                    .extracting(Disposition::code)
                    .containsExactly("ALL", "SALE");
            Disposition stored = after.dispositions().find("SALE").orElseThrow();
            assertThat(stored.says(sale)).isTrue();
            assertThat(stored.revision()).isEqualTo(revision);
            assertThat(stored.updateTime()).isNotNull();
        }
    }

    @Test
    void dispositionsAreTakenAwayAndChangedInOneStep() {
        await(store().commit(
                        tenant,
                        load(),
                        new DispositionChange(
                                List.of(Disposition.named("OLD", "Old"), Disposition.named("KEPT", "Kept")), Set.of()),
                        Actor.named("admin")));
        Edition before = load();

        await(store().commit(
                        tenant,
                        before,
                        new DispositionChange(List.of(Disposition.named("KEPT", "Kept on")), Set.of("OLD")),
                        Actor.named("admin")));

        assertThat(load().dispositions().inOrder())
                .extracting(Disposition::label, Disposition::revision)
                .containsExactly(tuple("Kept on", 2L));
        assertThat(await(store().changesAfter(tenant, 2)).dispositions()).isEmpty();
    }

    @Test
    void whatWasDecidedOnOtherRulesIsNotDone() {
        Edition stale = load();
        set(ADAS, LONG);
        DispositionChange change = new DispositionChange(List.of(Disposition.named("SALE", "Sale")), Set.of());

        assertThatThrownBy(() -> await(store().commit(tenant, stale, change, Actor.named("admin"))))
                .hasRootCauseInstanceOf(StalePolicies.class);
        assertThat(load().dispositions().isEmpty()).isTrue();
    }

    @Test
    void aReportThatChangesNothingUsesUpNoRevision() {
        await(store().report(tenant, "hotline", new QueueLoad(3, Duration.ofSeconds(5))));
        await(store().report(tenant, "hotline", new QueueLoad(4, Duration.ofMillis(5_500))));

        assertThat(load().policies().revision()).isZero();
        assertThat(await(store().silentQueues(tenant, Duration.ofSeconds(-1)))).isEmpty();
    }

    @Test
    void aQueueUnderPressureOfWhichNobodyReportsIsSilent() {
        press("hotline", true);

        assertThat(await(store().silentQueues(tenant, Duration.ofMinutes(1)))).isEmpty();
        assertThat(await(store().silentQueues(tenant, Duration.ofSeconds(-1)))).containsExactly("hotline");
    }

    private void press(String queue, boolean pressed) {
        await(store().commitPressure(tenant, load(), queue, new QueueLoad(9, Duration.ZERO), pressed, "router"));
    }

    @Test
    void aRequestWithAnIdIsFoundAgain() {
        RequestKey request = new RequestKey(UUID.randomUUID(), "content");

        PolicyRevision made = await(store().commit(
                        tenant,
                        load(),
                        PolicyChange.of(ADAS, PolicyRules.NONE, LONG).affecting(7),
                        Actor.named("admin"),
                        Optional.of(request)));

        assertThat(await(store().recorded(tenant, request.requestId())))
                .contains(new PolicyStore.Recorded(request, made));
        assertThat(await(store().recorded(tenant, UUID.randomUUID()))).isEmpty();
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
        changeAnAgent();

        assertThat(set(ADAS, HIDDEN).revision()).isEqualTo(3);
    }

    private void changeAnAgent() {
        await(agents().transact(
                        tenant,
                        StoreContract.needs(Samples.ADA),
                        loaded -> StoreContract.changes(Samples.step(Samples.idle(Samples.ADA, 1)))));
    }

    private PolicyRevision set(PolicyKey key, PolicyRules rules) {
        return commit(key, change -> change, rules);
    }

    private PolicyRevision reset(PolicyKey key, PolicyRules rules, PolicyField<?>... fields) {
        PolicyReset reset = new PolicyReset(key, Set.of(fields), Set.of());
        return commit(key, change -> change.resetting(reset, 1), rules);
    }

    private PolicyRevision commit(
            PolicyKey key, java.util.function.UnaryOperator<PolicyChange> more, PolicyRules rules) {
        Edition edition = load();
        PolicyRules before =
                edition.policies().policy(key).map(AcwPolicy::rules).orElse(PolicyRules.NONE);
        PolicyChange change = more.apply(PolicyChange.of(key, before, rules));
        return await(store().commit(tenant, edition, change, Actor.named("admin"), Optional.empty()));
    }

    private Edition load() {
        return await(store().load(tenant));
    }

    private Optional<AcwPolicy> policy(PolicyKey key) {
        return load().policies().policy(key);
    }

    private List<PolicyRevision> history(PolicyKey key) {
        return await(store().historyOf(tenant, key));
    }
}
