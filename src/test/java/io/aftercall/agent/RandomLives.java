package io.aftercall.agent;

import static io.aftercall.agent.Fixtures.AGENT;
import static io.aftercall.agent.Fixtures.AVAILABLE;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.NOTES_ONLY;
import static io.aftercall.agent.Fixtures.OFFLINE;
import static io.aftercall.agent.Fixtures.SALE;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import io.aftercall.wrapup.WrapUp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Random lives of one agent. They go by chapters of few interactions, so that commands meet, repeat and overtake each
 * other, and what one chapter leaves open lasts into the next. Policies change under open ACWs; timers fire late, early
 * or never.
 */
class RandomLives extends DomainContextBase {

    private static final int CHAPTERS = 4;

    /** Some time passes, then a command comes in; it falls under the one policy of the life or the other. */
    record Step(Duration later, boolean underOther, Command command) {
        @Override
        public String toString() {
            return "%n+%s %s%s".formatted(later, command, underOther ? " under other" : "");
        }
    }

    /** What happens to one agent, in order. */
    record Life(EffectivePolicy policy, EffectivePolicy other, List<Step> steps) {

        /** Only the timers among the commands fire, late and by chance. */
        AgentDriver lived() {
            AgentDriver agent = AgentDriver.unseenAgent();
            steps.forEach(
                    step -> agent.later(step.later()).under(policyOf(step)).send(step.command()));
            return agent;
        }

        /** The same life, in which every timer fires when it is due. */
        AgentDriver livedPunctually() {
            AgentDriver agent = AgentDriver.unseenAgent();
            steps.forEach(step -> agent.punctuallyUntil(agent.now().plus(step.later()))
                    .under(policyOf(step))
                    .send(step.command()));
            return agent;
        }

        private EffectivePolicy policyOf(Step step) {
            return step.underOther() ? other : policy;
        }

        @Override
        public String toString() {
            return "under %s, other %s: %s".formatted(shown(policy), shown(other), steps);
        }

        private static PolicyRules shown(EffectivePolicy policy) {
            return policy.rules().differingFrom(PolicyRules.DEFAULTS);
        }
    }

    @Provide
    Arbitrary<Life> lives() {
        List<Arbitrary<List<Step>>> chapters =
                IntStream.range(0, CHAPTERS).mapToObj(RandomLives::steps).toList();
        Arbitrary<List<Step>> steps = Combinators.combine(chapters)
                .as(parts -> parts.stream().flatMap(List::stream).toList());
        return Combinators.combine(RandomPolicies.policies(), RandomPolicies.policies(), steps)
                .as(Life::new);
    }

    @Provide
    Arbitrary<StartAcw> startOfTheFirstChapter() {
        return starts(0);
    }

    @Provide
    Arbitrary<CompleteAcw> completionOfTheLastChapter() {
        return completions(CHAPTERS - 1);
    }

    private static Arbitrary<List<Step>> steps(int chapter) {
        return Combinators.combine(pauses(), oneIn(3), commands(chapter))
                .as(Step::new)
                .list()
                .ofMaxSize(12)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Duration> pauses() {
        return Arbitraries.frequencyOf(
                Tuple.of(9, secondsBetween(0, 4)),
                Tuple.of(3, secondsBetween(5, 30)),
                Tuple.of(1, secondsBetween(31, 200)));
    }

    private static Arbitrary<Command> commands(int chapter) {
        return Arbitraries.frequencyOf(
                Tuple.of(5, begins(chapter)),
                Tuple.of(6, starts(chapter)),
                Tuple.of(2, completions(chapter)),
                Tuple.of(3, saves(chapter)),
                Tuple.of(1, Arbitraries.of(Fixtures.offer("next"), Fixtures.withdraw(null))),
                Tuple.of(
                        2,
                        Combinators.combine(ids(chapter), oneIn(3))
                                .as((id, granted) -> new ExtendAcw(AGENT, id, granted))),
                Tuple.of(1, ids(chapter).map(id -> new RequestAcw(AGENT, id))),
                Tuple.of(1, Arbitraries.just(new EndAcws(AGENT, null, null, "closing"))),
                Tuple.of(2, Arbitraries.just(new ApplyPolicy(AGENT, PolicyKey.TENANT))),
                Tuple.of(1, Arbitraries.just(new ApplyPressure(AGENT, "hotline"))),
                Tuple.of(1, presences().map(presence -> new SetPresence(AGENT, presence))),
                Tuple.of(1, Arbitraries.just(new ExpireDue(AGENT))));
    }

    private static Arbitrary<BeginInteraction> begins(int chapter) {
        return Combinators.combine(interactions(chapter), oneIn(2))
                .as((interaction, override) -> new BeginInteraction(AGENT, interaction, override));
    }

    private static Arbitrary<StartAcw> starts(int chapter) {
        Arbitrary<UUID> acwIds = Arbitraries.longs().map(n -> new UUID(chapter, n));
        return Combinators.combine(interactions(chapter), oneIn(5), acwIds)
                .as((interaction, missed, acwId) ->
                        new StartAcw(AGENT, missed ? Fixtures.missed(interaction) : interaction, acwId));
    }

    private static Arbitrary<CompleteAcw> completions(int chapter) {
        Arbitrary<WrapUp> wrapUps = Arbitraries.of(SALE, NOTES_ONLY);
        return Combinators.combine(ids(chapter), wrapUps.optional(), presences().optional(0.3), oneIn(4))
                .as((id, wrapUp, next, forced) ->
                        new CompleteAcw(AGENT, id, wrapUp, "", next, forced ? "late" : null, Map.of()));
    }

    private static Arbitrary<SaveWrapUp> saves(int chapter) {
        Arbitrary<String> etags = Arbitraries.of("", "0", "1", "2");
        return Combinators.combine(ids(chapter), Arbitraries.of(SALE, NOTES_ONLY, WrapUp.EMPTY), etags)
                .as((id, wrapUp, etag) -> new SaveWrapUp(AGENT, id, wrapUp, etag));
    }

    private static Arbitrary<InteractionId> ids(int chapter) {
        return interactions(chapter).map(Interaction::id);
    }

    /** Two chats, so that a channel of several slots fills up in two chapters. */
    private static Arbitrary<Interaction> interactions(int chapter) {
        return Arbitraries.of(
                Fixtures.of("hotline", Fixtures.call("call-" + chapter)),
                Fixtures.chat("chat-" + chapter),
                Fixtures.chat("other-chat-" + chapter),
                Fixtures.email("email-" + chapter),
                Fixtures.call("asked-" + chapter).requestingAcw());
    }

    private static Arbitrary<PresenceSetting> presences() {
        return Arbitraries.of(AVAILABLE, AVAILABLE, LUNCH, OFFLINE);
    }

    private static Arbitrary<Boolean> oneIn(int n) {
        return Arbitraries.integers().between(1, n).map(i -> i == n);
    }

    private static Arbitrary<Duration> secondsBetween(long min, long max) {
        return Arbitraries.longs().between(min, max).map(Fixtures::seconds);
    }
}
