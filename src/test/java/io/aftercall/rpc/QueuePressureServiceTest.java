package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.AcwPressureAction;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.ReportQueuePressureRequest;
import io.aftercall.api.v1.ReportQueuePressureResponse;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.boot.DatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class QueuePressureServiceTest {

    @RegisterExtension
    final Client client = new Client();

    private final String queue = Client.fresh("queue");
    private final String agent = Client.fresh("agent");

    @Test
    void acwShrinksWhileTooManyWaitAndNoLongerAfterwards() {
        shrink();
        AfterCallWork open = start("1");

        ReportQueuePressureResponse calm = report(5);
        ReportQueuePressureResponse busy = report(6);
        AfterCallWork shortened = client.state(agent).getAcws(0);
        AfterCallWork started = start("2");
        ReportQueuePressureResponse still = report(5);
        ReportQueuePressureResponse over = report(4);

        assertThat(calm.getUnderPressure()).isFalse();
        assertThat(busy.getUnderPressure()).isTrue();
        assertThat(busy.getShortenedAcwsCount()).isEqualTo(1);
        assertThat(seconds(open)).isEqualTo(600);
        assertThat(seconds(shortened)).isBetween(30L, 40L);
        assertThat(shortened.getShortenedDuration().getSeconds()).isGreaterThan(500);
        assertThat(seconds(started)).isEqualTo(30);
        assertThat(started.getShortenedDuration()).isEqualTo(Client.seconds(570));
        assertThat(still.getUnderPressure()).isTrue();
        assertThat(over.getUnderPressure()).isFalse();
        assertThat(seconds(start("3"))).isEqualTo(600);
    }

    @Test
    void extensionsAreRefusedMeanwhile() {
        shrink();
        report(6);
        start("1");

        GrpcError error = GrpcError.of(() -> client.acw()
                .extendAcw(ExtendAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(agent + "1")
                        .build()));

        assertThat(error.reason()).isEqualTo("QUEUE_UNDER_PRESSURE");
    }

    @Test
    void aReportThatCannotBeIsRefused() {
        GrpcError error = GrpcError.of(() -> client.policies()
                .reportQueuePressure(ReportQueuePressureRequest.newBuilder()
                        .setWaitingCount(-1)
                        .setLongestWaitDuration(Client.seconds(-1))
                        .build()));

        assertThat(error.fields()).containsExactly("queue_id", "waiting_count", "longest_wait_duration");
    }

    @Test
    void thresholdsAreThoseOfAQueueAndNotOfAnAgent() {
        GrpcError error =
                GrpcError.of(() -> client.rules(agent, Policy.newBuilder().setPressureWaitingCount(3)));

        assertThat(error.fields()).containsExactly("policy.pressure_waiting_count");
    }

    private void shrink() {
        client.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_QUEUE)
                                .setScopeId(queue)
                                .setDuration(Client.seconds(600))
                                .setOnPressure(AcwPressureAction.ACW_PRESSURE_ACTION_SHRINK)
                                .setPressureMinDuration(Client.seconds(30))
                                .setPressureWaitingCount(5))
                        .build());
    }

    private ReportQueuePressureResponse report(int waiting) {
        return client.policies()
                .reportQueuePressure(ReportQueuePressureRequest.newBuilder()
                        .setQueueId(queue)
                        .setWaitingCount(waiting)
                        .build());
    }

    private AfterCallWork start(String call) {
        return client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(Client.call(agent + call).setQueueId(queue))
                        .build())
                .getAcw();
    }

    private static long seconds(AfterCallWork acw) {
        return acw.getDeadlineTime().getSeconds() - acw.getStartTime().getSeconds();
    }
}
