package io.aftercall.bench.stage;

import io.aftercall.bench.client.Failures;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyContext;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What it takes to find out which rules hold, in the server's own memory: that is all that StartAcw has of policies. */
public final class PolicyResolveStage implements Stage {
    /** In microseconds, of one thread. */
    public static final String MICROS = "µs each";

    private static final int AGENTS = 50_000;
    private static final int TEAMS = 100;
    private static final int QUEUES = 200;
    private static final int CONTEXTS = 1 << 16;

    private final int policies;

    /**
     * Measures.
     *
     * @param policies 1 for only that of the tenant; above 500, also one for each of 100 teams and two for each of 200
     *     queues, and for as many agents as are left
     */
    public PolicyResolveStage(int policies) {
        this.policies = policies;
    }

    @Override
    public List<Measurement> run(Duration duration) {
        PolicyCascade cascade = new PolicyCascade(policies(), 1);
        List<PolicyContext> contexts =
                IntStream.range(0, CONTEXTS).mapToObj(this::context).toList();
        long end = System.nanoTime() + duration.toNanos();
        long begin = System.nanoTime();
        long resolved = 0;
        // Looked at, so that nothing of it can be left out.
        long seconds = 0;
        do {
            for (PolicyContext context : contexts) {
                seconds += cascade.effective(context).duration().getSeconds();
            }
            resolved += CONTEXTS;
        } while (System.nanoTime() - end < 0);
        Failures failures = new Failures();
        failures.count("no duration", seconds == 0 ? 1 : 0);
        return List.of(Measurement.ofFigures("rules found among %,d policies".formatted(policies), failures)
                .with(MICROS, (System.nanoTime() - begin) / 1e3 / resolved));
    }

    /** Where there are more policies, four hold for each interaction, and for one of a few agents' five. */
    private PolicyContext context(int number) {
        return new PolicyContext(
                LoadedAgents.id(number * 7_919 % AGENTS),
                "team-" + number % TEAMS,
                "queue-" + number % QUEUES,
                Channel.VOICE,
                Direction.INBOUND);
    }

    private List<AcwPolicy> policies() {
        List<AcwPolicy> made = new ArrayList<>();
        made.add(policy(PolicyKey.TENANT, made.size()));
        for (int team = 0; team < TEAMS && made.size() < policies; team++) {
            made.add(policy(PolicyKey.team("team-" + team), made.size()));
        }
        for (int queue = 0; queue < QUEUES && made.size() + 1 < policies; queue++) {
            PolicyKey key = PolicyKey.queue("queue-" + queue);
            made.add(policy(key, made.size()));
            made.add(policy(key.when(Channel.VOICE, null), made.size()));
        }
        while (made.size() < policies) {
            made.add(policy(PolicyKey.agent(LoadedAgents.id(made.size())), made.size()));
        }
        return made;
    }

    private static AcwPolicy policy(PolicyKey key, int number) {
        PolicyRules rules = PolicyRules.NONE.with(PolicyField.DURATION, Duration.ofSeconds(5 + number % 900));
        return new AcwPolicy(key, rules, 1, Instant.EPOCH);
    }
}
