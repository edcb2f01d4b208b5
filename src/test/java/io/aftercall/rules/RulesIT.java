package io.aftercall.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.ServerProcess;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.Subscriber;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of rules, played on the packaged server: all rows at once, each with an agent of its own. */
class RulesIT {

    static final int CAP_SECONDS = 10;
    private static final int AT_ONCE = 16;

    private static ServerProcess server;
    private static Client client;
    private static ExecutorService players;
    private static Map<Rule, CompletableFuture<Void>> played;

    static List<Rule> commands() {
        return CommandTable.ROWS;
    }

    static List<Rule> policies() {
        return PolicyTable.ROWS;
    }

    static List<Rule> whatHasBittenOthers() {
        return BittenTable.ROWS;
    }

    @BeforeAll
    static void playAllRows() throws Exception {
        server = ServerProcess.onFreshData().start();
        client = server.client();
        client.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                                .setMaxDurationCap(Client.seconds(CAP_SECONDS)))
                        .build());
        players = Executors.newFixedThreadPool(AT_ONCE);
        // Those that wait come first.
        played = Stream.of(whatHasBittenOthers(), policies(), commands())
                .flatMap(List::stream)
                .collect(Collectors.toMap(
                        Function.identity(),
                        rule -> CompletableFuture.runAsync(() -> rule.play(new Scene(client)), players)));
    }

    @AfterAll
    static void stop() throws Exception {
        if (client != null) {
            client.close();
            players.shutdownNow();
        }
        server.close();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theCommandsDoWhatTheTableSays(Rule rule) {
        assertHolds(rule);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void thePoliciesDoWhatTheTableSays(Rule rule) {
        assertHolds(rule);
    }

    @ParameterizedTest
    @MethodSource("whatHasBittenOthers")
    void whatHasBittenOthersDoesNotBiteHere(Rule rule) {
        assertHolds(rule);
    }

    @Test
    void theWarningBeforeTheEndComesExactlyOnce() {
        Scene scene = new Scene(client);
        scene.policy(p -> p.setDuration(Client.seconds(3)).setWarningBeforeEnd(Client.seconds(1)));
        Subscriber subscriber = Subscriber.to(
                        client.channel(),
                        StreamAgentStatesRequest.newBuilder()
                                .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
                                .build())
                .untilSnapshotEnd();

        scene.start("call");
        subscriber.untilEvent(event -> event.getChange().getState().getAgentId().equals(scene.agent)
                && event.getChange().getCause() == AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_ENDED);

        List<AgentStateChangeCause> causes = subscriber.changes().stream()
                .filter(change -> change.getState().getAgentId().equals(scene.agent))
                .map(AgentStateChange::getCause)
                .toList();
        assertThat(causes)
                .containsExactly(
                        AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_STARTED,
                        AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_ENDING,
                        AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_ENDED);
        subscriber.cancel();
    }

    /** The sixth rule that has bitten others: deadlines are absolute and stored. */
    @Test
    void aRestartOfTheServerMovesNoDeadline() throws Exception {
        played.values().forEach(row -> row.exceptionally(failed -> null).join());
        Scene scene = new Scene(client);
        scene.policy(p -> p.setMode(AcwMode.ACW_MODE_TIMED).setDuration(Client.seconds(600)));
        scene.start("call");
        AfterCallWork before = scene.open("call");

        server.killForcibly();
        server.start();

        assertThat(scene.open("call")).isEqualTo(before);
    }

    private static void assertHolds(Rule rule) {
        // Fails with what the row failed with.
        assertThat(played.get(rule)).succeedsWithin(java.time.Duration.ofSeconds(60));
    }
}
