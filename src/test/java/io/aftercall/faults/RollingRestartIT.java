package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import io.aftercall.ServerProcess;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.Subscriber;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A release takes the place of another in the middle of a call centre's day: the tables are migrated, then three replicas
 * are replaced one after the other. The old release is this build too, and the next one is stood for by migrations that
 * this build does not know, with triggers that write what it has never heard of; or {@code -Dold.app=…/quarkus-app} is
 * the old one, and this build the next.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollingRestartIT {

    private static final int REPLICAS = 3;
    /** As is promised: the second of the sweep, which ends what timers have missed. */
    private static final long LATEST_MILLIS = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Optional<Path> OLD_APP =
            Optional.ofNullable(System.getProperty("old.app")).map(Path::of);

    private static final List<ServerProcess> OLD = new ArrayList<>();
    private static final List<ServerProcess> NEXT = new ArrayList<>();

    private static Rollout rollout;
    private static BusyDay day;

    @BeforeAll
    static void openCallCentre() throws Exception {
        rollout = new Rollout();
        for (int i = 0; i < REPLICAS; i++) {
            ServerProcess server = rollout.replica("old-release");
            OLD.add(OLD_APP.map(server::from).orElse(server));
        }
        rollout.start(OLD);
        try (Client client = OLD.get(0).client()) {
            client.policies()
                    .updatePolicy(UpdatePolicyRequest.newBuilder()
                            .setPolicy(Policy.newBuilder()
                                    .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                                    .setDuration(Client.seconds(1))
                                    .setExtensionDuration(Client.seconds(1)))
                            .build());
        }
        day = new BusyDay(rollout);
    }

    @AfterAll
    static void stop() throws IOException {
        if (day != null) {
            day.close();
        }
        rollout.close();
    }

    @Test
    @Order(1)
    void theOldReleaseServesWhileTheTablesAreMigratedAndAfterwards() throws SQLException {
        assumeThat(OLD_APP).as("the next release migrates when it starts").isEmpty();

        int migrations = rollout.migrateToNextRelease();

        assertThat(migrations).isEqualTo(2);
        day.goOn();
        assertThat(OLD).allMatch(server -> server.answers("ready") == 200);
    }

    @Test
    @Order(2)
    void aReplicaOfTheNextReleaseServesTheSameAgentsBesideTheOldOnes() throws Exception {
        startNext();
        day.goOn();
        try (Client ofOld = OLD.get(0).client();
                Client ofNext = NEXT.get(0).client()) {
            long rules = ofOld.rules("zoe", Policy.newBuilder().setDuration(Client.seconds(100)))
                    .getRevision();
            Subscriber first = Subscriber.to(ofOld.channel(), zoe("")).untilSnapshotEnd();
            for (int turn = 0; turn < 10; turn++) {
                assertHandedOver(ofNext, ofOld, "a-" + turn, rules, 100);
                assertHandedOver(ofOld, ofNext, "b-" + turn, rules, 100);
            }
            untilTold(first, ofOld);
            rules = ofNext.rules("zoe", Policy.newBuilder().setDuration(Client.seconds(200)))
                    .getRevision();
            assertHandedOver(ofOld, ofNext, "c", rules, 200);
            Subscriber second = Subscriber.to(ofNext.channel(), zoe(first.lastToken()));
            untilTold(second, ofNext);
            Subscriber third = Subscriber.to(ofOld.channel(), zoe(second.lastToken()));
            assertHandedOver(ofNext, ofOld, "d", rules, 200);
            long last = untilTold(third, ofOld);

            assertThat(Stream.of(first, second, third)
                            .flatMap(each -> each.changes().stream())
                            .map(change -> change.getState().getVersion()))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, last).boxed().toList());
        }
        assertThat(writtenByTheNextRelease()).isEqualTo(OLD_APP.isEmpty());
    }

    private static StreamAgentStatesRequest zoe(String token) {
        return StreamAgentStatesRequest.newBuilder()
                .setFilter(AgentStateFilter.newBuilder().addAgentIds("zoe"))
                .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
                .setResumeToken(token)
                .build();
    }

    /** Ends the stream when it has told the agent's version, which is returned. */
    private static long untilTold(Subscriber subscriber, Client client) {
        long version = client.state("zoe").getVersion();
        subscriber
                .untilEvent(event -> event.getChange().getState().getVersion() == version)
                .cancel();
        return version;
    }

    /** What one has acknowledged the other reads, and goes on with. */
    private static void assertHandedOver(Client one, Client other, String call, long rules, long seconds) {
        AfterCallWork acw = one.startAcw("zoe", call).getAcw();

        assertThat(acw.getPolicyRevision()).isEqualTo(rules);
        assertThat(Timestamps.between(acw.getStartTime(), acw.getDeadlineTime()))
                .isEqualTo(Client.seconds(seconds));
        assertThat(other.state("zoe").getAcwsList()).containsExactly(acw);
        other.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId("zoe")
                        .setInteractionId(call)
                        .build());
        assertThat(one.state("zoe").getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
        assertThat(one.startAcw("zoe", call).getAlreadyStarted()).isTrue();
    }

    /** Else the old one has not shown that it can live with it. */
    private static boolean writtenByTheNextRelease() throws SQLException {
        return rollout.has("FROM change_log WHERE state::jsonb ? 'of_the_next_release'");
    }

    @Test
    @Order(3)
    void replicasGoAndComeOneAfterTheOther() throws Exception {
        for (ServerProcess old : OLD) {
            int exitCode = rollout.stop(old);

            assertThat(exitCode).as("stopped as asked: 0, or 128 + SIGTERM").isIn(0, 143);
            assertThat(old.log())
                    .noneMatch(line -> line.contains("were not finished before") || line.contains("were cut before"));
            day.goOn();
            if (NEXT.size() < REPLICAS) {
                startNext();
            }
        }
    }

    private static void startNext() throws IOException {
        // The first finds tables that it may have to migrate, the others may not: as pods after their init containers.
        ServerProcess next = rollout.replica("next-release")
                .with("QUARKUS_FLYWAY_MIGRATE_AT_START", Boolean.toString(NEXT.isEmpty()));
        rollout.start(List.of(next));
        NEXT.add(next);
    }

    @Test
    @Order(4)
    void theReplicaThatCameLastGetsCallsOfChannelsThatWereOpenBefore() {
        Map<ServerProcess, Double> before = NEXT.stream().collect(Collectors.toMap(next -> next, Rollout::offers));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(NEXT).allMatch(next -> Rollout.offers(next) > before.get(next)));
    }

    @Test
    @Order(5)
    void everyCallIsAnsweredAtOnceOrWhenItIsRepeatedAsRoutersAreTold() throws Exception {
        Run played = day.end();

        System.out.printf(
                "%d commands, failed beyond gRPC's own retries: %s; longest to an answer: %d ms%n",
                day.calls().answered(),
                day.calls().failures(),
                day.calls().longest().toMillis());
        assertThat(day.calls().unanswered()).isEmpty();
        assertThat(day.calls().neverRepeated()).isEmpty();
        assertThat(played.log().stream()
                        .filter(change -> change.cause().equals(LoggedChange.STARTED))
                        .map(LoggedChange::acwId))
                .containsAll(day.calls().acws());
    }

    @Test
    @Order(6)
    void nothingIsLostOrDoubledInTheLogOrForWhoeverResumesByToken() throws Exception {
        Run played = day.end();

        assertThat(played.watches())
                .allSatisfy(watch -> assertThat(watch.sessions()).hasSizeGreaterThan(1));
        assertThat(EnumSet.complementOf(EnumSet.of(Property.ACKNOWLEDGED, Property.LINEARIZABLE)))
                .allSatisfy(property -> assertThat(property.violations(played)).isEmpty());
    }

    @Test
    @Order(7)
    void acwsEndWhenTheyAreDueWhoeverComesOrGoes() throws Exception {
        List<Long> late = LogCheck.lateness(day.end());

        assertThat(late).hasSizeGreaterThan(BusyDay.AGENTS);
        long median = late.get(late.size() / 2);
        long almostAll = late.get(late.size() * 99 / 100);
        long latest = late.get(late.size() - 1);
        System.out.printf(
                "%d ACWs timed out, late by p50 %d, p99 %d, max %d ms%n", late.size(), median, almostAll, latest);
        assertThat(late.get(0)).isNotNegative();
        assertThat(latest).isLessThanOrEqualTo(LATEST_MILLIS);
    }
}
