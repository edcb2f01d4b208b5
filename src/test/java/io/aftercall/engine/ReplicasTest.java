package io.aftercall.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicasTest {

    private static final List<AgentId> AGENTS =
            IntStream.range(0, 3_000).mapToObj(i -> new AgentId("agent-" + i)).toList();

    private final InMemoryReplicaStore store = new InMemoryReplicaStore();
    private final List<Replicas> all = IntStream.rangeClosed(1, 4)
            .mapToObj(i -> new Replicas(new UUID(0, i), store))
            .toList();

    @Test
    void whoIsAloneNeverWaits() {
        Replicas alone = all.get(0);
        alone.beat();

        assertThat(AGENTS).allSatisfy(agent -> assertThat(alone.patience(agent)).isZero());
    }

    @Test
    void forEveryAgentOneReplicaDoesNotWaitAndTheOthersWaitInTurn() {
        all.subList(0, 3).forEach(Replicas::beat);
        all.subList(0, 3).forEach(Replicas::beat);

        assertThat(AGENTS).allSatisfy(agent -> assertThat(all.subList(0, 3))
                .extracting(replica -> replica.patience(agent))
                .containsExactlyInAnyOrder(Duration.ZERO, Duration.ofMillis(300), Duration.ofMillis(600)));
    }

    @Test
    void nobodyWaitsLongerThanTheThird() {
        all.forEach(Replicas::beat);
        all.forEach(Replicas::beat);

        assertThat(AGENTS).allSatisfy(agent -> assertThat(all)
                .extracting(replica -> replica.patience(agent))
                .contains(Duration.ZERO)
                .allSatisfy(patience -> assertThat(patience).isLessThanOrEqualTo(Duration.ofMillis(600))));
    }

    @Test
    void theWorkIsSharedAboutEqually() {
        all.forEach(Replicas::beat);
        all.forEach(Replicas::beat);

        assertThat(all).allSatisfy(replica -> assertThat(
                        AGENTS.stream().filter(agent -> replica.patience(agent).isZero()))
                .hasSizeBetween(650, 850));
    }

    @Test
    void whoLeavesIsNotWaitedFor() {
        Replicas stays = all.get(0);
        Replicas leaves = all.get(1);
        leaves.beat();
        stays.beat();

        leaves.leave();
        stays.beat();

        assertThat(AGENTS).allSatisfy(agent -> assertThat(stays.patience(agent)).isZero());
    }
}
